/** What SQLite reports, as codes of the storage contract. WBF: storage 14.3. */

import { BiometricError, isBiometricError } from '../../core/biometric-error.ts';
import type { CodeName } from '../../core/codes.ts';

/** What was being done; decides the code of errors that are not specific. */
export type SqliteAction = 'open' | 'create' | 'read' | 'write' | 'close' | 'erase';

const BUSY = 5;
const LOCKED = 6;
const CONSTRAINT_UNIQUE = 2067;
const IO_ERROR_READ = 266;
const IO_ERROR_SHORT_READ = 522;

/** Primary result codes (the low byte) that mean the same whatever was being done. */
const BY_PRIMARY_CODE: Readonly<Record<number, CodeName>> = {
  [BUSY]: 'WINBIO_E_DATABASE_LOCKED',
  [LOCKED]: 'WINBIO_E_DATABASE_LOCKED',
  11: 'WINBIO_E_DATABASE_CORRUPTED',
  13: 'WINBIO_E_DATABASE_FULL',
  14: 'WINBIO_E_DATABASE_CANT_OPEN',
  26: 'WINBIO_E_DATABASE_CORRUPTED',
};

const BY_ACTION: Readonly<Record<SqliteAction, CodeName>> = {
  open: 'WINBIO_E_DATABASE_CANT_OPEN',
  create: 'WINBIO_E_DATABASE_CANT_CREATE',
  read: 'WINBIO_E_DATABASE_READ_ERROR',
  write: 'WINBIO_E_DATABASE_WRITE_ERROR',
  close: 'WINBIO_E_DATABASE_CANT_CLOSE',
  erase: 'WINBIO_E_DATABASE_CANT_ERASE',
};

/** The BiometricError for anything thrown while a database was used. */
export function storageError(thrown: unknown, action: SqliteAction): BiometricError {
  if (isBiometricError(thrown)) return thrown;
  const errcode = sqliteCode(thrown);
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return new BiometricError(codeOf(errcode, action), `${action}: ${text}`, { cause: thrown });
}

/** True when another process holds the lock that was needed. */
export function isBusy(thrown: unknown): boolean {
  const primary = (sqliteCode(thrown) ?? 0) & 0xff;
  return primary === BUSY || primary === LOCKED;
}

function codeOf(errcode: number | undefined, action: SqliteAction): CodeName {
  if (errcode === undefined) return BY_ACTION[action];
  if (errcode === CONSTRAINT_UNIQUE) return 'WINBIO_E_DUPLICATE_ENROLLMENT';
  if (errcode === IO_ERROR_READ || errcode === IO_ERROR_SHORT_READ) return 'WINBIO_E_DATABASE_READ_ERROR';
  return BY_PRIMARY_CODE[errcode & 0xff] ?? BY_ACTION[action];
}

/** Extended result code of an error of node:sqlite. */
function sqliteCode(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('errcode' in thrown)) return undefined;
  return typeof thrown.errcode === 'number' ? thrown.errcode : undefined;
}
