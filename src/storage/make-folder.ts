/** Makes a folder, and those above it that are missing. */

import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Each new folder gets `mode`. Throws the error of the file system, which names the folder that cannot be made. Step by step,
 * because the recursive `mkdirSync` of Node.js never returns below folders such as `/proc`.
 */
export function makeFolder(path: string, mode: number): void {
  const missing: string[] = [];
  for (let at = resolve(path); !existsSync(at); at = dirname(at)) missing.unshift(at);
  for (const folder of missing) {
    try {
      mkdirSync(folder, { mode });
    } catch (thrown) {
      // Another process may have been first.
      if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw thrown;
    }
  }
  // Fails on a file that has the name of the folder.
  if (missing.length === 0 && !statSync(path).isDirectory()) mkdirSync(path, { mode });
}
