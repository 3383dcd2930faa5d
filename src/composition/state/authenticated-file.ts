/** Files that nobody can write without the keys of the service: the last line is a code over the rest, and its key. */

import { createHmac, timingSafeEqual } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { BiometricError } from '../../core/biometric-error.ts';
import type { Keyring, SealingKey } from '../../storage/sealed/keyring.ts';
import { writeDurably } from './write-durably.ts';

/** The keys that files are written and read with. */
export type FileKeys = Keyring;

const LAST_LINE = /\n# ([0-9a-f]{8}) ([0-9a-f]{64})\n$/;

/** Replaces the file. */
export function writeAuthenticated(path: string, content: string, { current }: Keyring): void {
  writeDurably(
    path,
    `${content}\n# ${current.keyId.toString(16).padStart(8, '0')} ${codeOf(path, content, current)}\n`,
  );
}

/**
 * What the file holds. Throws WHORL_E_MALFORMED unless it was written with a key of the ring, under this name, and
 * WHORL_E_KEY_MISSING when that key is not on the ring.
 */
export function readAuthenticated(path: string, keyring: Keyring): string {
  const text = readFileSync(path, 'utf8');
  const [line, keyId = '', code = ''] = LAST_LINE.exec(text) ?? [];
  const key = line === undefined ? undefined : keyring.byId(Number.parseInt(keyId, 16));
  if (line !== undefined && key === undefined) {
    throw new BiometricError('WHORL_E_KEY_MISSING', `${path} was written with a key that is not there`);
  }
  const content = text.slice(0, text.length - (line?.length ?? 0));
  if (key !== undefined && timingSafeEqual(Buffer.from(codeOf(path, content, key)), Buffer.from(code))) return content;
  throw new BiometricError('WHORL_E_MALFORMED', `${path} was not written by this service`);
}

/** Writes the file again unless it is under the key that seals now; a file that is not ours stays as it is, and is refused. */
export function authenticateAnew(path: string, keyring: Keyring): void {
  if (!existsSync(path)) return;
  const [, keyId = ''] = LAST_LINE.exec(readFileSync(path, 'utf8')) ?? [];
  if (Number.parseInt(keyId, 16) === keyring.current.keyId) return;
  let content: string;
  try {
    content = readAuthenticated(path, keyring);
  } catch {
    return;
  }
  writeAuthenticated(path, content, keyring);
}

function codeOf(path: string, content: string, key: SealingKey): string {
  return createHmac('sha256', key.derive(`whorl file ${basename(path)}`))
    .update(content)
    .digest('hex');
}
