/** Rows of ANSI/NIST-ITL transactions: an image each, of single fingers. */

import { stat } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import { BiometricError } from '../../core/biometric-error.ts';
import type { TemplateRow } from '../../exports/whorl/index.ts';
import {
  type AnsiNistImage,
  type AnsiNistRecord,
  ansiNistImages,
  decodeAnsiNistLeniently,
  encodePng,
} from '../../formats/index.ts';
import { readFileBelow } from './file-below.ts';
import { filesOf } from './files-of.ts';
import type { ImportSource, SourceRow } from './import-source.ts';

/** Pixels per inch of images that do not state it. */
const USUAL_PPI = 500;

/**
 * The images of a transaction, or of every transaction of a folder. `personFrom` is the field that says whose they are,
 * such as `2.030`; without it the name of the file does. Rejects with the fault of the file system, and with E_INVALIDARG
 * for another field.
 */
export async function transactionRows(path: string, personFrom: string | undefined): Promise<ImportSource> {
  const [, type, field] = /^(\d{1,2})\.(\d{1,3})$/.exec(personFrom ?? '2.000') ?? [];
  if (type === undefined || field === undefined) {
    throw new BiometricError('E_INVALIDARG', `--person-from: '${personFrom}'; give a field such as 2.030`);
  }
  const wanted = personFrom === undefined ? undefined : { type: Number(type), field: Number(field) };
  const isFolder = (await stat(path)).isDirectory();
  const folder = isFolder ? path : dirname(path);
  return { rows: rowsOf(folder, isFolder ? filesOf(path) : [basename(path)], wanted), done: () => undefined };
}

type Wanted = { readonly type: number; readonly field: number } | undefined;

async function* rowsOf(
  folder: string,
  files: AsyncIterable<string> | Iterable<string>,
  wanted: Wanted,
): AsyncGenerator<SourceRow> {
  for await (const file of files) {
    try {
      const { records, faults } = decodeAnsiNistLeniently(await readFileBelow(folder, file));
      const person = wanted === undefined ? basename(file, extname(file)) : fieldOf(records, wanted);
      const images = ansiNistImages(records);
      for (const [i, image] of images.entries()) yield { place: `${file}, image ${i + 1}`, row: rowOf(person, image) };
      if (images.length === 0) {
        const what = faults[0]?.text ?? 'it has no finger image of the types 4, 13 and 14';
        throw new BiometricError('WHORL_E_UNSUPPORTED_FORMAT', `nothing can be read of this transaction: ${what}`);
      }
    } catch (thrown) {
      yield { place: file, row: { person: '', print: () => Promise.reject(thrown) } };
    }
  }
}

function rowOf(person: string, image: AnsiNistImage): TemplateRow {
  const [finger] = image.positions;
  return {
    person,
    ...(finger !== undefined && { finger }),
    print: () => {
      if (finger !== undefined && finger > 12) {
        throw new BiometricError('E_INVALIDARG', 'the image has several fingers; whorl segment cuts them apart');
      }
      return encodePng(image.pixels({ unstatedPpi: USUAL_PPI }));
    },
  };
}

function fieldOf(records: readonly AnsiNistRecord[], { type, field }: NonNullable<Wanted>): string {
  const record = records.find((each) => each.type === type);
  return (record?.kind === 'tagged' && record.fields.get(field)?.[0]?.[0]) || '';
}
