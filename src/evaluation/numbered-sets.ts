/** Data sets whose impressions are numbered across all of them: what is done to an impression depends on its number. */

import { basename } from 'node:path';
import { BiometricError } from '../core/biometric-error.ts';
import { type DatasetImpression, loadDataset } from './load-dataset.ts';

/** A data set of a measurement. */
export interface NumberedSet {
  readonly name: string;
  readonly impressions: readonly DatasetImpression[];
  /** Number of its first impression, from 0; sets are counted in the order of their names. */
  readonly firstNumber: number;
}

/**
 * Loads folders, in the order given. Rejects with E_INVALIDARG one that cannot be read or has not both mated and
 * non-mated pairs.
 */
export function loadSets(folders: readonly string[]): NumberedSet[] {
  const sets = folders.map((folder) => ({ name: basename(folder), impressions: loadComparable(folder) }));
  return sets.map((set) => {
    const before = sets.filter(({ name }) => name < set.name);
    return { ...set, firstNumber: before.reduce((sum, { impressions }) => sum + impressions.length, 0) };
  });
}

function loadComparable(folder: string): DatasetImpression[] {
  const impressions = loadDataset(folder);
  const fingers = new Set(impressions.map(({ finger }) => finger)).size;
  if (fingers > 1 && fingers < impressions.length) return impressions;
  throw new BiometricError('E_INVALIDARG', `folder ${folder} has not several impressions of several fingers`);
}
