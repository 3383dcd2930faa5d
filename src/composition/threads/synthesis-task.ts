/** Grows impressions of synthetic fingers, keeping the master fingers that were grown last. */

import type { GreyImage } from '../../core/grey-image.ts';
import {
  fingerSeed,
  type ImpressionOptions,
  type MasterFinger,
  synthesizeFinger,
  synthesizeImpression,
} from '../../fingerprint/index.ts';

/** One impression of one finger of one person. */
export interface SynthesisTask {
  readonly kind: 'synthesize';
  /** Seed of the person. */
  readonly person: number;
  /** `WINBIO_ANSI_381_POS_*`, 1..10. */
  readonly finger: number;
  /** Seed of the impression. */
  readonly impression: number;
  /** What is not drawn from that seed. */
  readonly placement: Omit<ImpressionOptions, 'seed'>;
}

/** Masters that a thread keeps; growing one takes most of the time. */
const KEPT_MASTERS = 16;
const masters = new Map<number, MasterFinger>();

/** The impression. */
export function synthesize(task: SynthesisTask): GreyImage {
  const seed = fingerSeed(task.person, task.finger);
  const master = masters.get(seed) ?? synthesizeFinger(seed);
  masters.delete(seed);
  masters.set(seed, master);
  for (const oldest of masters.keys()) {
    if (masters.size <= KEPT_MASTERS) break;
    masters.delete(oldest);
  }
  return synthesizeImpression(master, { ...task.placement, seed: task.impression });
}
