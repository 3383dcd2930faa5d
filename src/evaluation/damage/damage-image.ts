/** Bad skin and dirty sensors, simulated: what clean data sets hardly hold. Figures of such images are figures of this model. */

import type { GreyImage } from '../../core/grey-image.ts';
import { creased } from './creased.ts';
import type { DamageInput } from './damage-input.ts';
import { dry } from './dry.ts';
import { noisy } from './noisy.ts';
import type { Plane } from './plane.ts';
import { wet } from './wet.ts';
import { xorshift } from './xorshift.ts';

/** Each kind of damage, in the order in which they take turns, and what sets its random numbers apart. */
const DAMAGE = {
  wet: { stream: 3 * 104_729 + 119, damage: wet },
  dry: { stream: 3 * 104_729 + 100, damage: dry },
  creased: { stream: 6 * 104_729 + 99, damage: creased },
  noisy: { stream: 5 * 104_729 + 110, damage: noisy },
} as const satisfies Record<string, { stream: number; damage: (input: DamageInput) => Plane }>;

/** A kind of damage. */
export type DamageKind = keyof typeof DAMAGE;

/** All kinds, in order. */
export const DAMAGE_KINDS = Object.keys(DAMAGE) as DamageKind[];

/** The image with damage of one kind; equal seeds do equal damage. */
export function damageImage(image: GreyImage, kind: DamageKind, seed: number): GreyImage {
  const { widthPx, heightPx } = image;
  const values = Float32Array.from(image.pixels);
  const sorted = values.toSorted();
  const at = (share: number): number => sorted[Math.floor(share * sorted.length)]!;
  const { stream, damage } = DAMAGE[kind];
  const random = xorshift(seed * 7919 + stream);
  const damaged = damage({ plane: { widthPx, heightPx, values }, white: at(0.95), black: at(0.03), random });
  const pixels = Uint8Array.from(damaged.values, (value) => Math.max(0, Math.min(255, Math.round(value))));
  return { ...image, pixels };
}
