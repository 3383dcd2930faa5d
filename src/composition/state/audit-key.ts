/** The key that chains the lines of an audit log. Only a file that was written with the master key is believed. */

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { BiometricError } from '../../core/biometric-error.ts';
import type { Keyring } from '../../storage/sealed/keyring.ts';
import { readAuthenticated, writeAuthenticated } from './authenticated-file.ts';
import { writeDurably } from './write-durably.ts';

const KEY_BYTES = 32;
const KEY = /^[0-9a-f]{64}$/;

/** How the key is known to be ours. */
export interface AuditKeyTrust {
  /** Keys that the file is authenticated with. Default: none, and it is taken as it is. */
  readonly keyring?: Keyring | undefined;
  /** Whether a file of before there was such authentication is believed once. Default: false. */
  readonly believesOld?: boolean | undefined;
}

/** Makes a key where there is none; authenticates one that is believed. */
export function makeAuditKey(path: string, { keyring, believesOld = false }: AuditKeyTrust = {}): void {
  const isNew = !existsSync(path);
  if (!isNew && !(believesOld && keyring !== undefined && KEY.test(readFileSync(path, 'utf8').trim()))) return;
  const key = isNew ? randomBytes(KEY_BYTES).toString('hex') : readFileSync(path, 'utf8').trim();
  if (keyring === undefined) writeDurably(path, `${key}\n`);
  else writeAuthenticated(path, key, keyring);
}

/** Reads the key. Throws WHORL_E_KEY_MISSING, and WHORL_E_MALFORMED for one that was not written with the keyring. */
export function readAuditKey(path: string, { keyring }: AuditKeyTrust = {}): Uint8Array {
  const text = existsSync(path) ? (keyring ? readAuthenticated(path, keyring) : firstLine(path)) : '';
  if (KEY.test(text)) return Buffer.from(text, 'hex');
  throw new BiometricError('WHORL_E_KEY_MISSING', `there is no key of the audit log in ${path}`);
}

function firstLine(path: string): string {
  const [line = ''] = readFileSync(path, 'utf8').split('\n');
  return line.trim();
}
