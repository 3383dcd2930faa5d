/** `whorl images`: which images a file has, so that `--image` can choose one. */

import { detectFormat, fileImages } from '../../formats/index.ts';
import { transactionFaults } from './deviation-words.ts';
import { readInput } from './read-print.ts';

/** Prints a line an image. */
export async function images(path: string, options: { readonly json?: boolean } = {}): Promise<void> {
  const bytes = await readInput(path);
  const found = fileImages(bytes).map(({ pixels: _, ...image }, i) => ({ image: i + 1, ...image }));
  const report = { file: path, format: detectFormat(bytes), images: found, deviations: transactionFaults(bytes) };
  const lines = found.map(({ image, format, recordType, positions, widthPx, heightPx, compression }) =>
    [
      `${image}`.padStart(3),
      recordType === undefined ? format : `type ${recordType}`,
      positions && `position ${positions.join(' or ')}`,
      widthPx && `${widthPx} x ${heightPx}`,
      compression,
    ]
      .filter((part) => part !== undefined)
      .join('  '),
  );
  lines.push(...report.deviations.map((deviation) => `deviation: ${deviation}`));
  process.stdout.write(options.json === true ? `${JSON.stringify(report)}\n` : `${lines.join('\n')}\n`);
}
