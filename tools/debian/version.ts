/** The version of the packages, which is that of the Debian package. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../packages/package-table.ts';

/** As `package.json` says it. */
export function version(): string {
  return (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version;
}
