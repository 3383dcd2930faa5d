/** The files of a folder and of those below it, in the order of their names; hidden ones are left out. */

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Paths relative to `folder`, with slashes. Links are given as files. Rejects with the fault of the file system. */
export async function* filesOf(folder: string, below = ''): AsyncGenerator<string, void, void> {
  const entries = await readdir(join(folder, below), { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) yield* filesOf(folder, path);
    else yield path;
  }
}
