/** The key that chains the lines of an audit log. */

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { BiometricError } from '../../core/biometric-error.ts';
import { writeDurably } from './write-durably.ts';

const KEY_BYTES = 32;

/** Makes a key where there is none. */
export function makeAuditKey(path: string): void {
  if (!existsSync(path)) writeDurably(path, `${randomBytes(KEY_BYTES).toString('hex')}\n`);
}

/** Reads the key. Throws WHORL_E_KEY_MISSING. */
export function readAuditKey(path: string): Uint8Array {
  const text = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  if (/^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, 'hex');
  throw new BiometricError('WHORL_E_KEY_MISSING', `there is no key of the audit log in ${path}`);
}
