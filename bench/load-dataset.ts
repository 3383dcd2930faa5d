/** Loads a folder of `{finger}_{impression}.png` with its `dataset.json`. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GreyImage } from '../src/core/grey-image.ts';
import { decodePng } from '../src/formats/png.ts';

/** One impression of the data set. */
export interface DatasetImpression {
  readonly name: string;
  readonly finger: string;
  readonly impression: number;
  readonly image: GreyImage;
}

/** Impressions ordered by finger and number, at the resolution `dataset.json` states. */
export function loadDataset(folder: string): DatasetImpression[] {
  const { dpi } = JSON.parse(readFileSync(join(folder, 'dataset.json'), 'utf8')) as { dpi: number };
  return readdirSync(folder)
    .flatMap((name) => {
      const match = /^(.+)_(\d+)\.png$/.exec(name);
      return match === null ? [] : [{ name, finger: match[1]!, impression: Number(match[2]) }];
    })
    .sort((a, b) => a.finger.localeCompare(b.finger) || a.impression - b.impression)
    .map((entry) => ({ ...entry, image: decodePng(readFileSync(join(folder, entry.name)), { resolutionPpi: dpi }) }));
}
