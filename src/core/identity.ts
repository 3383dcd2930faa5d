/** The owner of a template: an account (system pool) or a GUID (private pool); and the wildcard and null identities. */

import { BiometricError } from './biometric-error.ts';
import {
  SECURITY_MAX_SID_SIZE,
  WINBIO_ID_TYPE_GUID,
  WINBIO_ID_TYPE_NULL,
  WINBIO_ID_TYPE_SID,
  WINBIO_ID_TYPE_WILDCARD,
  WINBIO_IDENTITY_WILDCARD,
} from './constants.ts';
import { guidFromBytes, guidToBytes, isGuid, normalizeGuid } from './guid.ts';
import { isSid, sidFromBytes, sidToBytes } from './sid.ts';

/** Size of a WINBIO_IDENTITY. WBF: structures 2. */
export const IDENTITY_SIZE_BYTES = 76;

/** An account, the owner of templates in the system pool. */
export interface SidIdentity {
  /** Tells the identities apart. */
  readonly type: 'sid';
  /** Security identifier as text: `S-1-22-1-1000`. */
  readonly sid: string;
}

/** An owner known only by a GUID, as in private pools. */
export interface GuidIdentity {
  /** Tells the identities apart. */
  readonly type: 'guid';
  /** GUID as text, upper case without braces. */
  readonly guid: string;
}

/** Every identity; legal only where an operation says so. */
export interface WildcardIdentity {
  /** Tells the identities apart. */
  readonly type: 'wildcard';
}

/** No identity, as failed operations report it. */
export interface NullIdentity {
  /** Tells the identities apart. */
  readonly type: 'null';
}

/** An identity that can own a template. */
export type OwnerIdentity = SidIdentity | GuidIdentity;

/** Any value of WINBIO_IDENTITY; `type` tells which. WBF: structures 2. */
export type Identity = OwnerIdentity | WildcardIdentity | NullIdentity;

/** The null identity. */
export const NULL_IDENTITY: NullIdentity = Object.freeze({ type: 'null' });
/** The wildcard identity: in `deleteTemplate`, all owners. */
export const WILDCARD_IDENTITY: WildcardIdentity = Object.freeze({ type: 'wildcard' });

/**
 * Identity of an account. Throws E_INVALIDARG when the SID is malformed.
 *
 * @example
 * ```ts
 * await session.verify({ identity: sidIdentity('S-1-22-1-1000') });
 * ```
 */
export function sidIdentity(sid: string): SidIdentity {
  if (!isSid(sid)) throw new BiometricError('E_INVALIDARG', 'not a SID');
  return { type: 'sid', sid };
}

/**
 * Identity of an owner in a private pool. Throws E_INVALIDARG when the GUID is malformed; braces and lower case are
 * accepted.
 *
 * @example
 * ```ts
 * const owner = guidIdentity(customer.templateGuid);
 * ```
 */
export function guidIdentity(guid: string): GuidIdentity {
  return { type: 'guid', guid: normalizeGuid(guid) };
}

/** True when the value has the shape of an identity and its SID or GUID is well formed. */
export function isIdentity(value: unknown): value is Identity {
  if (typeof value !== 'object' || value === null) return false;
  const candidate = value as { type?: unknown; sid?: unknown; guid?: unknown };
  switch (candidate.type) {
    case 'sid':
      return isSid(candidate.sid);
    case 'guid':
      return isGuid(candidate.guid);
    case 'wildcard':
    case 'null':
      return true;
    default:
      return false;
  }
}

/**
 * True for the same type and the same SID or GUID; the case of GUIDs does not count.
 *
 * @example
 * ```ts
 * if (outcome.kind === 'identified' && sameIdentity(outcome.identity, employee.identity)) open('the door');
 * ```
 */
export function sameIdentity(a: Identity, b: Identity): boolean {
  if (a.type === 'sid') return b.type === 'sid' && a.sid === b.sid;
  if (a.type === 'guid') return b.type === 'guid' && normalizeGuid(a.guid) === normalizeGuid(b.guid);
  return a.type === b.type;
}

/** A text that is equal exactly for equal identities, to use as a key. Throws E_INVALIDARG for a malformed GUID. */
export function identityKey(identity: Identity): string {
  if (identity.type === 'sid') return identity.sid;
  if (identity.type === 'guid') return normalizeGuid(identity.guid);
  return identity.type;
}

/** The 76 bytes of a WINBIO_IDENTITY. Throws E_INVALIDARG for a malformed SID or GUID. */
export function identityToBytes(identity: Identity): Uint8Array {
  const bytes = new Uint8Array(IDENTITY_SIZE_BYTES);
  const view = new DataView(bytes.buffer);
  switch (identity.type) {
    case 'null':
      view.setUint32(0, WINBIO_ID_TYPE_NULL, true);
      break;
    case 'wildcard':
      // D-32: write the constant, read the type only.
      view.setUint32(0, WINBIO_ID_TYPE_WILDCARD, true);
      view.setUint32(4, WINBIO_IDENTITY_WILDCARD, true);
      break;
    case 'guid':
      view.setUint32(0, WINBIO_ID_TYPE_GUID, true);
      bytes.set(guidToBytes(identity.guid), 4);
      break;
    case 'sid': {
      const sid = sidToBytes(identity.sid);
      view.setUint32(0, WINBIO_ID_TYPE_SID, true);
      view.setUint32(4, sid.length, true);
      bytes.set(sid, 8);
      break;
    }
    default:
      identity satisfies never;
  }
  return bytes;
}

/** The identity in the bytes of a WINBIO_IDENTITY. Throws E_INVALIDARG for unknown types and impossible sizes. */
export function identityFromBytes(bytes: Uint8Array): Identity {
  if (bytes.length < IDENTITY_SIZE_BYTES) throw new BiometricError('E_INVALIDARG', 'an identity has 76 bytes');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = view.getUint32(0, true);
  if (type === WINBIO_ID_TYPE_NULL) return NULL_IDENTITY;
  if (type === WINBIO_ID_TYPE_WILDCARD) return WILDCARD_IDENTITY;
  if (type === WINBIO_ID_TYPE_GUID) return { type: 'guid', guid: guidFromBytes(bytes.subarray(4, 20)) };
  const size = view.getUint32(4, true);
  if (type !== WINBIO_ID_TYPE_SID || size > SECURITY_MAX_SID_SIZE) {
    throw new BiometricError('E_INVALIDARG', 'not an identity');
  }
  return { type: 'sid', sid: sidFromBytes(bytes.subarray(8, 8 + size)) };
}
