/** Files that an import may read: those below its folder, so that a table cannot name `/etc/shadow`. */

import { readFile, realpath, stat } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { BiometricError } from '../../core/biometric-error.ts';

/** As large as a print may be. */
const MAX_BYTES = 16 << 20;

/**
 * The bytes of a file below a folder, links followed. Rejects with E_INVALIDARG for others, WHORL_E_LIMIT_EXCEEDED above
 * 16 MiB.
 */
export async function readFileBelow(folder: string, path: string): Promise<Uint8Array> {
  const wanted = await realpath(resolve(folder, path)).catch(() => undefined);
  const outside =
    wanted === undefined ? isOutside(folder, resolve(folder, path)) : isOutside(await realpath(folder), wanted);
  if (outside) throw new BiometricError('E_INVALIDARG', `${path} is outside ${folder}: only files below it are read`);
  if (wanted === undefined) throw new BiometricError('E_INVALIDARG', `${path} does not exist`);
  const { size } = await stat(wanted);
  if (size > MAX_BYTES) throw new BiometricError('WHORL_E_LIMIT_EXCEEDED', `${path} has more than 16 MiB`);
  return new Uint8Array(await readFile(wanted));
}

function isOutside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '..' || way.startsWith('../') || way.startsWith('..\\') || isAbsolute(way);
}
