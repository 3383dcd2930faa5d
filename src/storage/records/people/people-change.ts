/** A change of the directory of people, as services tell it to each other: rows with what is sealed of them. */

import type { Position } from '../../../adapters/shared-history.ts';
import type { LogEntry, NewLogEntry } from '../../../adapters/shared-log.ts';
import { BiometricError } from '../../../core/biometric-error.ts';

/** What a row is of. */
export type PeopleRowKind = 'person' | 'picture' | 'work';

/** A row after a change. */
export interface PeopleRow {
  readonly kind: PeopleRowKind;
  /** What the person is called in columns, hexadecimal. */
  readonly pseudonym: string;
  /** Of a person with a number: what the number is called, hexadecimal. */
  readonly mark?: string | undefined;
  /** What is sealed; undefined for a row that is gone. */
  readonly sealed: Uint8Array | undefined;
}

/** A change that was tried and not made, and what it would answer. */
export interface ProposedChange {
  readonly result: unknown;
  readonly rows: readonly PeopleRow[];
}

/** Where the rows of a change belong in the history. */
export interface PeopleStep {
  readonly rows: readonly PeopleRow[];
  /** The secret that pseudonyms are made with, sealed; absent unless the step tells it. */
  readonly secret?: Uint8Array | undefined;
  readonly position: Position;
}

/** Key of the secret that pseudonyms are made with. */
export const SECRET_KEY = 'secret/pseudonyms';
const MARK_BYTES = 16;

/** The entry that tells of a row. A person is told with a byte that says whether a number's mark follows. */
export function entryOf({ kind, pseudonym, mark, sealed }: PeopleRow): NewLogEntry {
  const key = `${kind}/${pseudonym}`;
  if (sealed === undefined || kind !== 'person') return { key, body: sealed };
  const head = mark === undefined ? [Uint8Array.of(0)] : [Uint8Array.of(1), Buffer.from(mark, 'hex')];
  return { key, body: Buffer.concat([...head, sealed]) };
}

/** What an entry tells. Throws WHORL_E_NEWER_FORMAT for a key that this version does not know. */
export function stepOf({ key, body, isGone, position }: LogEntry): PeopleStep {
  // A later entry with its key tells what it is now.
  if (isGone) return { rows: [], position };
  if (key === SECRET_KEY) return { rows: [], secret: body, position };
  const [kind = '', pseudonym = ''] = key.split('/');
  if (!isKind(kind)) throw new BiometricError('WHORL_E_NEWER_FORMAT', 'people are shared by a newer version');
  if (body === undefined || kind !== 'person') return { rows: [{ kind, pseudonym, sealed: body }], position };
  const start = body[0] === 1 ? 1 + MARK_BYTES : 1;
  const mark = body[0] === 1 ? Buffer.from(body.subarray(1, start)).toString('hex') : undefined;
  return { rows: [{ kind, pseudonym, mark, sealed: Uint8Array.from(body.subarray(start)) }], position };
}

function isKind(kind: string): kind is PeopleRowKind {
  return kind === 'person' || kind === 'picture' || kind === 'work';
}
