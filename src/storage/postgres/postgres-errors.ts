/** What PostgreSQL and the way to it report, as codes of the storage contract. */

import { BiometricError, isBiometricError } from '../../core/biometric-error.ts';
import type { CodeName } from '../../core/codes.ts';

/** What was being done; decides the code of errors that are not specific. */
export type PostgresAction = 'open' | 'create' | 'read' | 'write' | 'erase' | 'administer';

/** A code, and what to say beside the server's own words. */
interface Meaning {
  readonly code: CodeName;
  readonly remedy?: string;
}

const OFFLINE: Meaning = { code: 'WHORL_E_OFFLINE' };
const LOCKED: Meaning = { code: 'WINBIO_E_DATABASE_LOCKED' };
const CORRUPTED: Meaning = { code: 'WINBIO_E_DATABASE_CORRUPTED' };
const FULL: Meaning = { code: 'WINBIO_E_DATABASE_FULL' };
const CERTIFICATE: Meaning = {
  code: 'WHORL_E_CONFIGURATION',
  remedy: 'the certificate of the server is not one that is trusted for this host: set tls.ca, or mend the certificate',
};
const NO_TABLES: Meaning = { code: 'WHORL_E_CONFIGURATION', remedy: 'run whorl database init' };

/** By SQLSTATE, whole or its class, by the code of Node.js, or by what `pg` says where it gives no code. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  // The way to the server.
  ECONNREFUSED: OFFLINE,
  ECONNRESET: OFFLINE,
  ECONNABORTED: OFFLINE,
  EPIPE: OFFLINE,
  ETIMEDOUT: OFFLINE,
  EHOSTUNREACH: OFFLINE,
  EHOSTDOWN: OFFLINE,
  ENETUNREACH: OFFLINE,
  ENETDOWN: OFFLINE,
  ENOTFOUND: OFFLINE,
  EAI_AGAIN: OFFLINE,
  EAI_FAIL: OFFLINE,
  ENOENT: OFFLINE,
  EPROTO: OFFLINE,
  '08': OFFLINE,
  '57P': OFFLINE,
  // A statement that took longer than timeoutMs.
  '57014': OFFLINE,
  '53300': OFFLINE,
  'timeout expired': OFFLINE,
  'timeout exceeded when trying to connect': OFFLINE,
  'Query read timeout': OFFLINE,
  'Connection terminated': OFFLINE,
  'Client has encountered a connection error and is not queryable': OFFLINE,
  'Client was closed and is not queryable': OFFLINE,
  'Cannot use a pool after calling end on the pool': OFFLINE,
  'Premature close': OFFLINE,
  // Who may connect, and how.
  '28P01': { code: 'WHORL_E_CONFIGURATION', remedy: 'correct the password: passwordCommand, or the one of url' },
  '28000': {
    code: 'WHORL_E_CONFIGURATION',
    remedy: 'pg_hba.conf of the server has to admit this user from this machine; sslmode of url says whether by TLS',
  },
  '3D000': { code: 'WHORL_E_CONFIGURATION', remedy: 'make the database (createdb), then run whorl database init' },
  'SASL: ': { code: 'WHORL_E_CONFIGURATION', remedy: 'the server asks for a password: set passwordCommand' },
  'The server does not support SSL connections': {
    code: 'WHORL_E_CONFIGURATION',
    remedy: 'set ssl = on at the server, or sslmode=disable in url if the way to it is safe',
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: CERTIFICATE,
  SELF_SIGNED_CERT_IN_CHAIN: CERTIFICATE,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT: CERTIFICATE,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: CERTIFICATE,
  CERT_HAS_EXPIRED: CERTIFICATE,
  CERT_NOT_YET_VALID: CERTIFICATE,
  CERT_SIGNATURE_FAILURE: CERTIFICATE,
  ERR_TLS_CERT_ALTNAME_INVALID: CERTIFICATE,
  ERR_SSL: CERTIFICATE,
  // What is there.
  '3F000': NO_TABLES,
  '42P01': NO_TABLES,
  '42703': { code: 'WHORL_E_CONFIGURATION', remedy: 'run whorl database migrate' },
  '42501': { code: 'WHORL_E_CONFIGURATION', remedy: 'give the user its rights: whorl database init --roles' },
  '25006': { code: 'WHORL_E_READ_ONLY' },
  '23505': { code: 'WINBIO_E_DUPLICATE_ENROLLMENT' },
  // In the way of each other.
  '55P03': LOCKED,
  '40001': LOCKED,
  '40P01': LOCKED,
  // Disks and memory.
  '53100': FULL,
  '53200': FULL,
  XX001: CORRUPTED,
  XX002: CORRUPTED,
};

const BY_ACTION: Readonly<Record<PostgresAction, CodeName>> = {
  open: 'WINBIO_E_DATABASE_CANT_OPEN',
  create: 'WINBIO_E_DATABASE_CANT_CREATE',
  read: 'WINBIO_E_DATABASE_READ_ERROR',
  write: 'WINBIO_E_DATABASE_WRITE_ERROR',
  erase: 'WINBIO_E_DATABASE_CANT_ERASE',
  administer: 'WHORL_E_CONFIGURATION',
};

/** The BiometricError for anything thrown while PostgreSQL was used. */
export function postgresError(thrown: unknown, action: PostgresAction): BiometricError {
  if (isBiometricError(thrown)) return thrown;
  // Several addresses of one host.
  const first = thrown instanceof AggregateError ? thrown.errors[0] : thrown;
  const text = first instanceof Error ? first.message : String(first);
  const { code, remedy } = meaningOf(codeOf(first), text) ?? { code: BY_ACTION[action] };
  const words = remedy === undefined ? text : `${text}: ${remedy}`;
  return new BiometricError(code, `PostgreSQL: ${words}`, { cause: thrown });
}

/** True when the server answered: the connection can be used further. */
export function isAnswer(thrown: unknown): boolean {
  const code = codeOf(thrown);
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) && !/^(?:08|57P)/.test(code) && !/^E[A-Z]{4}$/.test(code);
}

function meaningOf(code: string | undefined, text: string): Meaning | undefined {
  if (code !== undefined) {
    const exact = MEANINGS[code];
    if (exact !== undefined) return exact;
    const isState = /^[0-9A-Z]{5}$/.test(code);
    const byClass = isState ? (MEANINGS[code.slice(0, 3)] ?? MEANINGS[code.slice(0, 2)]) : undefined;
    if (byClass !== undefined) return byClass;
    if (code.startsWith('ERR_SSL')) return CERTIFICATE;
  }
  const start = Object.keys(MEANINGS).find((each) => each.includes(' ') && text.startsWith(each));
  return start === undefined ? undefined : MEANINGS[start];
}

function codeOf(thrown: unknown): string | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
