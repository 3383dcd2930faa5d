/** Saves a text that arrives in pieces as a downloaded file. */

import { saveFile } from './save-file.ts';

export async function saveText(name: string, pieces: AsyncIterable<string>, type = 'text/csv'): Promise<void> {
  const all: string[] = [];
  for await (const piece of pieces) all.push(piece);
  saveFile(name, all, `${type};charset=utf-8`);
}
