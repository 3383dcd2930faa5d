/** Account security identifiers as text (`S-1-5-21-...`) and as bytes. */

import { BiometricError } from './biometric-error.ts';

/** Most sub-authorities a SID can have. WBF: structures 2. */
const MAX_SUB_AUTHORITIES = 15;

/** Local System, the account services run under. */
export const LOCAL_SYSTEM_SID = 'S-1-5-18';

/** SID of a Unix user, mapped as Samba maps it. */
export function unixUserSid(uid: number): string {
  return `S-1-22-1-${uid}`;
}

/** User number of the SID of a Unix user; undefined for any other SID. */
export function unixUserId(sid: string): number | undefined {
  const [, uid] = /^S-1-22-1-(\d{1,10})$/.exec(sid) ?? [];
  return uid === undefined ? undefined : Number(uid);
}

/** True for the text form of a SID with at most 15 sub-authorities. */
export function isSid(value: unknown): value is string {
  if (typeof value !== 'string' || !/^S-1-\d{1,15}(-\d{1,10}){0,15}$/.test(value)) return false;
  const [authority = 0, ...parts] = value.split('-').slice(2).map(Number);
  return authority < 2 ** 48 && parts.every((part) => part < 2 ** 32);
}

/**
 * The bytes of a SID: revision, count, authority (6 bytes big endian), sub-authorities (little endian). Throws
 * E_INVALIDARG.
 */
export function sidToBytes(sid: string): Uint8Array {
  if (!isSid(sid)) throw new BiometricError('E_INVALIDARG', 'not a SID');
  const [authority = 0, ...parts] = sid.split('-').slice(2).map(Number);
  const bytes = new Uint8Array(8 + 4 * parts.length);
  const view = new DataView(bytes.buffer);
  bytes[0] = 1;
  bytes[1] = parts.length;
  view.setUint16(2, Math.floor(authority / 2 ** 32));
  view.setUint32(4, authority >>> 0);
  for (const [i, part] of parts.entries()) view.setUint32(8 + 4 * i, part, true);
  return bytes;
}

/** The SID in the bytes; what follows its own length is ignored. Throws E_INVALIDARG when they are malformed. */
export function sidFromBytes(bytes: Uint8Array): string {
  const count = bytes[1] ?? 0;
  if (bytes.length < 8 || bytes[0] !== 1 || count > MAX_SUB_AUTHORITIES || bytes.length < 8 + 4 * count) {
    throw new BiometricError('E_INVALIDARG', 'not the bytes of a SID');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const authority = view.getUint16(2) * 2 ** 32 + view.getUint32(4);
  let text = `S-1-${authority}`;
  for (let i = 0; i < count; i++) text += `-${view.getUint32(8 + 4 * i, true)}`;
  return text;
}
