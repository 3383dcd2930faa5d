/** How a table is written: its characters and what separates its columns, told by its first bytes. */

import { open } from 'node:fs/promises';
import { BiometricError } from '../../core/biometric-error.ts';

/** What its beginning tells. */
export interface CsvEncoding {
  readonly characters: 'utf-8' | 'utf-16le' | 'utf-16be';
  readonly separator: ',' | ';' | '\t';
  readonly sizeBytes: number;
}

const HEAD_BYTES = 64 << 10;
const SEPARATORS = [',', ';', '\t'] as const;

/** Reads the beginning of a file. Rejects with E_INVALIDARG for what is no file, and the fault of the file system. */
export async function csvEncoding(path: string): Promise<CsvEncoding> {
  await using file = await open(path);
  const found = await file.stat();
  if (!found.isFile()) {
    const what = found.isDirectory()
      ? 'a folder; --from folder takes pictures and records'
      : 'no file; write the table to one';
    throw new BiometricError('E_INVALIDARG', `${path} is ${what}`);
  }
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
  const head = buffer.subarray(0, bytesRead);
  const characters = charactersOf(head);
  const [line = ''] = new TextDecoder(characters).decode(head).split(/\r?\n|\r/, 1);
  const counts = SEPARATORS.map((separator) => line.split(separator).length);
  const separator = SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ',';
  return { characters, separator, sizeBytes: found.size };
}

/** By the byte order mark, or by where the zeros of Latin letters are. */
function charactersOf([first, second]: Uint8Array): CsvEncoding['characters'] {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || (first === 0 && second !== 0) ? 'utf-16be' : 'utf-8';
}
