/** Loads a folder of `{finger}_{impression}.png` with its `dataset.json`. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GreyImage } from '../src/core/grey-image.ts';
import { decodePngGrey } from './png-grey.ts';

/** One impression of the data set. */
export interface DatasetImpression {
  readonly name: string;
  readonly finger: string;
  readonly impression: number;
  readonly image: GreyImage;
}

/** Impressions ordered by finger and number. */
export function loadDataset(folder: string): DatasetImpression[] {
  const { dpi } = JSON.parse(readFileSync(join(folder, 'dataset.json'), 'utf8')) as { dpi: number };
  return readdirSync(folder)
    .flatMap((file) => {
      const match = /^(.+)_(\d+)\.png$/.exec(file);
      return match === null ? [] : [{ file, finger: match[1]!, impression: Number(match[2]) }];
    })
    .sort((a, b) => a.finger.localeCompare(b.finger) || a.impression - b.impression)
    .map(({ file, finger, impression }) => {
      const { widthPx, heightPx, pixels } = decodePngGrey(readFileSync(join(folder, file)));
      return { name: file, finger, impression, image: { widthPx, heightPx, resolutionPpi: dpi, pixels } };
    });
}
