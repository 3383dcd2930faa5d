/** Public test data, kept beside the repository and never in it: `$WHORL_TEST_DATA`, or `../shared/data`. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const ROOT = process.env.WHORL_TEST_DATA ?? join(REPOSITORY, '..', 'shared', 'data');

/** True when the folder is missing: pass it to `test.skipIf`, and put {@link dataNote} into the title. */
export const isDataMissing = !existsSync(ROOT);

/** Text for a test's title that says why it does not run. */
export const dataNote = isDataMissing ? ` (skipped: no test data in ${ROOT})` : '';

export function readData(path: string): Uint8Array {
  return new Uint8Array(readFileSync(join(ROOT, path)));
}

/** Files of a folder with this ending, as paths for {@link readData}; empty when there is no data. */
export function listData(folder: string, ending: string): string[] {
  if (isDataMissing) return [];
  const names = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith(ending));
  return names.sort().map((name) => `${folder}/${name}`);
}
