/**
 * Decodes every WSQ file of a folder, compares it with the PNG of the same name, and prints the greatest difference of
 * a pixel. Usage: node tools/compare-wsq.ts <folder of WSQ files> <folder of PNG files> [--most n]. Exit code 1 when a
 * file differs by more than n (default 1) or cannot be decoded. Subfolders are matched by name.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { decodePng, decodeWsq } from '../src/formats/index.ts';

/** Not every file states a resolution, and pixels do not depend on it. */
const ppi = { resolutionPpi: 500 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { most: { type: 'string', default: '1' } },
});
const [coded, decoded] = positionals;
if (coded === undefined || decoded === undefined) {
  console.error('usage: compare-wsq <folder of WSQ files> <folder of PNG files> [--most n]');
  process.exit(2);
}
const files = readdirSync(coded, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.toLowerCase().endsWith('.wsq'))
  .map((entry) => relative(coded, join(entry.parentPath, entry.name)))
  .sort();
let compared = 0;
let worst = 0;
let failed = 0;
for (const file of files) {
  const reference = join(decoded, file.replace(/\.wsq$/i, '.png'));
  if (!existsSync(reference)) continue;
  compared += 1;
  try {
    const difference = largestDifference(readFileSync(join(coded, file)), readFileSync(reference));
    worst = Math.max(worst, difference);
    if (difference > Number(values.most)) failed += 1;
    console.log(`${file}: ${difference}`);
  } catch (thrown) {
    failed += 1;
    console.log(`${file}: ${thrown instanceof Error ? thrown.message : thrown}`);
  }
}
console.log(`${compared} files compared, max difference ${worst}, ${failed} above ${values.most} or not decoded`);
if (failed > 0 || compared === 0) process.exitCode = 1;

function largestDifference(wsq: Uint8Array, png: Uint8Array): number {
  const [image, reference] = [decodeWsq(wsq, ppi), decodePng(png, ppi)];
  if (image.widthPx !== reference.widthPx || image.heightPx !== reference.heightPx) return 255;
  let largest = 0;
  for (const [i, grey] of image.pixels.entries())
    largest = Math.max(largest, Math.abs(grey - (reference.pixels[i] ?? 0)));
  return largest;
}
