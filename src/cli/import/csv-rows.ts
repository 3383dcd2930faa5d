/** Rows of a table (CSV), of any size: a record at a time is in memory. */

import { createReadStream } from 'node:fs';
import { basename, dirname } from 'node:path';
import { pipeline } from 'node:stream';
import { CsvError, type Info, type Parser, parse } from 'csv-parse';
import { BiometricError } from '../../core/biometric-error.ts';
import type { TemplateRow } from '../../exports/whorl/index.ts';
import { csvEncoding } from './csv-encoding.ts';
import { decodeText } from './decode-text.ts';
import { readFileBelow } from './file-below.ts';
import type { ImportSource, SourceRow } from './import-source.ts';

/** A record may hold a picture as text, and nothing larger. */
const MAX_RECORD_CHARACTERS = 32 << 20;
/** What a column may hold. */
const MEANINGS = ['person', 'finger', 'template', 'image', 'format'] as const;
type Meaning = (typeof MEANINGS)[number];
/** Place of each meaning among the columns. */
type Columns = Readonly<Partial<Record<Meaning, number>>>;

/**
 * The rows of a table whose first record names the columns. `naming` says which of its names mean what, as
 * `person=UserID,template=Tmpl`. Rejects with E_INVALIDARG for a table without these columns.
 */
export async function csvRows(path: string, naming: string | undefined): Promise<ImportSource> {
  const names = namesOf(naming);
  const { characters, separator, sizeBytes } = await csvEncoding(path);
  const file = createReadStream(path);
  const parser = parse({
    delimiter: separator,
    bom: true,
    info: true,
    trim: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_CHARACTERS,
  });
  // A fault of any part ends all of them, and comes out of the last.
  pipeline(
    file,
    (bytes) => decoded(bytes, characters),
    parser,
    () => {},
  );
  const done = () => (sizeBytes === 0 ? undefined : Math.min(1, file.bytesRead / sizeBytes));
  return { rows: rowsOf(parser, path, names), done };
}

async function* decoded(bytes: AsyncIterable<Uint8Array>, characters: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(characters);
  for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

async function* rowsOf(parser: Parser, path: string, names: ReadonlyMap<string, Meaning>): AsyncGenerator<SourceRow> {
  let columns: Columns | undefined;
  const folder = dirname(path);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      if (columns === undefined) columns = columnsOf(record, names, basename(path));
      else yield { place: `line ${info.lines}`, row: rowOf(record, columns, folder) };
    }
  } catch (thrown) {
    throw thrown instanceof CsvError ? faultOf(thrown) : thrown;
  }
  if (columns === undefined) throw new BiometricError('E_INVALIDARG', `${basename(path)} is empty`);
}

function rowOf(record: readonly string[], columns: Columns, folder: string): TemplateRow {
  const cell = (meaning: Meaning) => {
    const at = columns[meaning];
    return at === undefined ? '' : (record[at] ?? '');
  };
  const [finger, format, print] = [cell('finger'), cell('format'), cell('template') || cell('image')];
  return {
    person: cell('person'),
    ...(finger !== '' && { finger }),
    ...(format !== '' && { format: format as NonNullable<TemplateRow['format']> }),
    // A path has an extension; neither base64 nor hexadecimal digits have a dot.
    print: () => (print.includes('.') ? readFileBelow(folder, print) : decodeText(print)),
  };
}

function namesOf(naming: string | undefined): ReadonlyMap<string, Meaning> {
  const names = new Map<string, Meaning>(MEANINGS.map((meaning) => [meaning, meaning]));
  for (const pair of naming?.split(',') ?? []) {
    const [meaning = '', name = ''] = pair.split('=').map((each) => each.trim());
    const known = MEANINGS.find((each) => each === meaning);
    if (known === undefined || name === '') {
      throw new BiometricError('E_INVALIDARG', `--columns: '${pair}'; give ${MEANINGS.join('=..., ')}=...`);
    }
    names.set(name.toLowerCase(), known);
  }
  return names;
}

function columnsOf(header: readonly string[], names: ReadonlyMap<string, Meaning>, file: string): Columns {
  const columns: Partial<Record<Meaning, number>> = {};
  for (const [at, name] of header.entries()) {
    const meaning = names.get(name.trim().toLowerCase());
    if (meaning !== undefined) columns[meaning] = at;
  }
  if (columns.person !== undefined && (columns.template ?? columns.image) !== undefined) return columns;
  const missing = columns.person === undefined ? 'person' : 'template or image';
  const found = header.map((name) => (name.length > 40 ? '(long text)' : name)).join(', ');
  const text = `the first line of ${file} names no column ${missing}: it has ${found}; --columns says which is which`;
  throw new BiometricError('E_INVALIDARG', text);
}

/** What the parser found, in words; the table cannot be followed after it. */
function faultOf(thrown: CsvError): BiometricError {
  const { code, lines } = thrown as CsvError & { readonly lines?: number };
  const where = lines === undefined ? '' : `line ${lines}: `;
  const words: Readonly<Record<string, string>> = {
    CSV_MAX_RECORD_SIZE: 'a row has more than 32 million characters; is the end of a quote missing?',
    CSV_QUOTE_NOT_CLOSED: 'a quote is not closed',
  };
  const text = `${where}${words[code] ?? thrown.message}`;
  return new BiometricError(code === 'CSV_MAX_RECORD_SIZE' ? 'WHORL_E_LIMIT_EXCEEDED' : 'WHORL_E_MALFORMED', text, {
    cause: thrown,
  });
}
