/**
 * A line as it stands in the file: columns to find it by, whom it is about sealed beside them, and its code.
 *
 * The code of a line is keyed, over the code of the line before, the columns, and a digest of the sealed part with a
 * salt of its own. What is sealed can be forgotten: the digest stays, and without the salt it tells nothing.
 */

import { hash } from 'node:crypto';
import { BiometricError } from '../../../core/biometric-error.ts';
import { identityKey, type OwnerIdentity } from '../../../core/identity.ts';
import type { JournalEntry, JournalLine, ScoreClass } from '../../../core/journal-line.ts';
import { codeOf, type RecordSeal, randomPart } from '../record-keys.ts';
import { KINDS } from './journal-format.ts';
import type { JournalWords } from './journal-words.ts';

/** Bytes of a code and of a digest. */
export const CODE_BYTES = 16;
const SALT_BYTES = 16;
const PSEUDONYM_BYTES = 12;
const SCORES: readonly ScoreClass[] = ['low', 'middle', 'high'];

/** The columns of a line, without its code. */
export interface LineColumns {
  readonly number: number;
  readonly atMs: number;
  readonly kind: number;
  readonly spot: number;
  readonly asker: number | null;
  readonly person: Uint8Array | null;
  readonly subFactor: number | null;
  readonly scoreClass: number | null;
  readonly reason: number | null;
  readonly rejectDetail: number | null;
  readonly correctedMs: number | null;
  readonly corrects: number | null;
  readonly who: Uint8Array | null;
  readonly whoDigest: Uint8Array | null;
}

/** What is sealed. */
interface Who {
  readonly salt: string;
  readonly identity?: OwnerIdentity;
  readonly name?: string;
  /** What somebody wrote by hand. */
  readonly reason?: string;
}

/** What lines are written and read with. */
export interface LineKeys {
  readonly seal: RecordSeal;
  readonly chain: Uint8Array;
  readonly pseudonyms: Uint8Array;
  readonly words: JournalWords;
  /** Who stands now for a person of the past. */
  readonly resolve: (identity: OwnerIdentity) => OwnerIdentity;
}

/** What a person is called in the columns. */
export function pseudonymOf({ pseudonyms }: Pick<LineKeys, 'pseudonyms'>, identity: OwnerIdentity): Uint8Array {
  return codeOf(pseudonyms, PSEUDONYM_BYTES, identity.type, identityKey(identity));
}

/** The columns of an entry. */
export function columnsOf(keys: LineKeys, number: number, atMs: number, entry: JournalEntry): LineColumns {
  const { words } = keys;
  const { person, reader = '', title = '', place = '', reason, scoreClass } = entry;
  const identity = person && keys.resolve(person.identity);
  // An account that was asking for itself is forgotten with itself.
  const isSelf = identity?.type === 'sid' && identity.sid === entry.sid;
  const byHand = entry.kind === 'corrected' ? reason : undefined;
  const hasWho = person !== undefined || byHand !== undefined;
  const salt = randomPart(SALT_BYTES).toString('base64url');
  const who: Who = { salt, ...person, ...(byHand !== undefined && { reason: byHand }) };
  const content = Buffer.from(JSON.stringify(who));
  return {
    number,
    atMs,
    kind: KINDS.indexOf(entry.kind),
    spot: reader === '' ? 0 : words.spotId({ reader, title: title || reader, place }),
    asker: isSelf ? null : words.wordId(entry.sid),
    person: identity === undefined ? null : pseudonymOf(keys, identity),
    subFactor: entry.subFactor ?? null,
    scoreClass: scoreClass === undefined ? null : SCORES.indexOf(scoreClass),
    reason: reason === undefined || byHand !== undefined ? null : words.wordId(reason),
    rejectDetail: entry.rejectDetail ?? null,
    correctedMs: entry.correctedMs ?? null,
    corrects: entry.corrects ?? null,
    who: hasWho ? keys.seal.seal(content, whoBound(number)) : null,
    whoDigest: hasWho ? digestOf(content) : null,
  };
}

/** The code of a line after the one before it. */
export function chainCode({ chain, words }: LineKeys, before: Uint8Array, line: LineColumns): Uint8Array {
  const { number, atMs, kind, asker, subFactor, scoreClass, reason, rejectDetail, correctedMs, corrects } = line;
  const { reader, title, place } = words.spot(line.spot);
  const texts = [
    reader,
    title,
    place,
    asker === null ? null : words.word(asker),
    reason === null ? null : words.word(reason),
  ];
  const columns = [number, atMs, kind, ...texts, subFactor, scoreClass, rejectDetail, correctedMs, corrects];
  return codeOf(chain, CODE_BYTES, before, JSON.stringify(columns), line.whoDigest ?? new Uint8Array());
}

/** The line that an entry has become, without reading it again. */
export function writtenLine(
  { resolve }: LineKeys,
  { number, atMs }: LineColumns,
  { reader, title = reader, person, ...entry }: JournalEntry,
  hasPicture: boolean,
): JournalLine {
  return {
    number,
    atMs,
    ...entry,
    ...(reader !== undefined && title !== undefined && { reader, title }),
    ...(person && { person: { identity: resolve(person.identity), name: person.name } }),
    ...(hasPicture && { hasPicture }),
  };
}

/** The line. Throws WINBIO_E_DATABASE_CORRUPTED when its sealed part was changed. */
export function lineOf(keys: LineKeys, columns: LineColumns, hasPicture: boolean): JournalLine {
  const { words } = keys;
  const { number, atMs, subFactor, scoreClass, rejectDetail, correctedMs, corrects } = columns;
  const who = columns.who === null ? undefined : openWho(keys, number, columns.who);
  const { reader, title, place } = words.spot(columns.spot);
  const identity = who?.identity && keys.resolve(who.identity);
  const self = identity?.type === 'sid' ? identity.sid : '';
  const reason = who?.reason ?? (columns.reason === null ? undefined : words.word(columns.reason));
  const kind = KINDS[columns.kind];
  if (kind === undefined) throw new BiometricError('WINBIO_E_DATABASE_CORRUPTED', `line ${number} is of no kind`);
  const score = scoreClass === null ? undefined : SCORES[scoreClass];
  return {
    number,
    atMs,
    kind,
    sid: columns.asker === null ? self : words.word(columns.asker),
    ...(reader !== '' && { reader, title }),
    ...(place !== '' && { place }),
    ...(identity && { person: { identity, name: who?.name ?? '' } }),
    ...(subFactor !== null && { subFactor }),
    ...(score !== undefined && { scoreClass: score }),
    ...(reason !== undefined && { reason }),
    ...(rejectDetail !== null && { rejectDetail }),
    ...(correctedMs !== null && { correctedMs }),
    ...(corrects !== null && { corrects }),
    ...(isForgotten(columns) && { forgotten: true }),
    ...(hasPicture && { hasPicture: true }),
  };
}

/** True when what was sealed is there no more. */
export function isForgotten({ who, whoDigest }: Pick<LineColumns, 'who' | 'whoDigest'>): boolean {
  return who === null && whoDigest !== null;
}

/** True when what is sealed is what was written, and the pseudonym is that of the person. */
export function isWhole(keys: LineKeys, { number, who, whoDigest, person }: LineColumns): boolean {
  if (who === null) return person === null;
  if (whoDigest === null) return false;
  const content = keys.seal.open(who, whoBound(number), `line ${number}`);
  if (!digestOf(content).equals(whoDigest)) return false;
  const { identity } = JSON.parse(Buffer.from(content).toString('utf8')) as Who;
  if (identity === undefined || person === null) return identity === undefined && person === null;
  return Buffer.from(pseudonymOf(keys, keys.resolve(identity))).equals(person);
}

/** What the sealed part of a line is bound to. */
export function whoBound(number: number): string {
  return `line ${number}`;
}

function openWho({ seal }: LineKeys, number: number, who: Uint8Array): Who {
  return seal.openJson(who, whoBound(number), `line ${number} of the journal`) as Who;
}

function digestOf(content: Uint8Array): Buffer {
  return hash('sha256', content, 'buffer').subarray(0, CODE_BYTES);
}
