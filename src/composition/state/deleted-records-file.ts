/** The file that remembered deleted records before there was a ledger: one line each, `+` remembered, `-` forgotten. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Name of the file, in the folder of the keys; a ledger that has taken it over removes it. */
export const DELETED_RECORDS_FILE = 'deleted-records';

/** Records that were deleted, as `<database>:<own number>`; none where there is no such file. */
export function readDeletedRecords(keysFolder: string): readonly string[] {
  const path = join(keysFolder, DELETED_RECORDS_FILE);
  const remembered = new Set<string>();
  for (const line of existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []) {
    const [, sign, entry] = /^([+-])(\S{36}:[0-9a-f]{32})$/.exec(line) ?? [];
    if (sign === '+' && entry !== undefined) remembered.add(entry);
    else if (entry !== undefined) remembered.delete(entry);
  }
  return [...remembered];
}
