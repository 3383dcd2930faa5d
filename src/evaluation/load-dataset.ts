/** Loads a folder of `{finger}_{impression}.png` with its `dataset.json`. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BiometricError } from '../core/biometric-error.ts';
import type { GreyImage } from '../core/grey-image.ts';
import { decodePng } from '../formats/image/png.ts';

/** One impression of the data set. */
export interface DatasetImpression {
  readonly name: string;
  readonly finger: string;
  readonly impression: number;
  readonly image: GreyImage;
}

/**
 * Impressions ordered by finger and number, at the resolution `dataset.json` states (`dpi`; 500 without one).
 * Rejects a folder that has none, or cannot be read, with E_INVALIDARG.
 */
export function loadDataset(folder: string): DatasetImpression[] {
  const resolutionPpi = resolutionOf(folder);
  const impressions = namesIn(folder)
    .flatMap((name) => {
      const match = /^(.+)_(\d+)\.png$/.exec(name);
      return match === null ? [] : [{ name, finger: match[1]!, impression: Number(match[2]) }];
    })
    .sort((a, b) => a.finger.localeCompare(b.finger) || a.impression - b.impression)
    .map((entry) => ({ ...entry, image: decodePng(readFileSync(join(folder, entry.name)), { resolutionPpi }) }));
  if (impressions.length > 0) return impressions;
  throw new BiometricError('E_INVALIDARG', `folder ${folder} has no {finger}_{impression}.png`);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    throw new BiometricError('E_INVALIDARG', `cannot read folder ${folder}`, { cause });
  }
}

function resolutionOf(folder: string): number {
  let text: string;
  try {
    text = readFileSync(join(folder, 'dataset.json'), 'utf8');
  } catch {
    return 500;
  }
  try {
    const { dpi } = JSON.parse(text) as { dpi: number };
    if (dpi > 0) return dpi;
  } catch (cause) {
    throw new BiometricError('E_INVALIDARG', `${folder}/dataset.json is not JSON`, { cause });
  }
  throw new BiometricError('E_INVALIDARG', `${folder}/dataset.json states no dpi`);
}
