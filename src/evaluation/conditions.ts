/** What a measurement depends on: no figure is published without it. */

import { cpus } from 'node:os';
import { ENGINE_VERSION } from '../fingerprint/engine-version.ts';

/** Machine, versions and seed. */
export interface Conditions {
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  readonly engineVersion: number;
  readonly seed: number;
}

export function conditions(seed: number): Conditions {
  const all = cpus();
  return {
    cpu: all[0]?.model.trim() ?? 'unknown',
    cores: all.length,
    node: process.version,
    engineVersion: ENGINE_VERSION,
    seed,
  };
}
