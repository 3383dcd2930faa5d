/** WINBIO_IDENTITY as an object, converted to and from the identities of `whorl`. */

import {
  SECURITY_MAX_SID_SIZE,
  WINBIO_ID_TYPE_GUID,
  WINBIO_ID_TYPE_NULL,
  WINBIO_ID_TYPE_SID,
  WINBIO_ID_TYPE_WILDCARD,
  WINBIO_IDENTITY_WILDCARD,
} from '../core/constants.ts';
import { isGuid, normalizeGuid } from '../core/guid.ts';
import { type Identity, NULL_IDENTITY, WILDCARD_IDENTITY } from '../core/identity.ts';
import { sidFromBytes, sidToBytes } from '../core/sid.ts';

/** An identity; `Type` tells which member of `Value` is present. WBF: structures 2. */
export interface WINBIO_IDENTITY {
  /** `WINBIO_ID_TYPE_*`. */
  Type: number;
  /** The identity itself. */
  Value: {
    /** With `WINBIO_ID_TYPE_NULL`: 0. */
    Null?: number;
    /** With `WINBIO_ID_TYPE_WILDCARD`: `WINBIO_IDENTITY_WILDCARD`. */
    Wildcard?: number;
    /** With `WINBIO_ID_TYPE_GUID`: the GUID as text. */
    TemplateGuid?: string;
    /** With `WINBIO_ID_TYPE_SID`: the account. */
    AccountSid?: {
      /** Bytes of the SID, 8 to 68. */
      Size: number;
      /** 68 bytes, the SID at their start. */
      Data: Uint8Array;
    };
    /** With `WINBIO_ID_TYPE_SECURE_ID`: 32 bytes, known to a secure component; no function takes or reports it. */
    SecureId?: Uint8Array;
  };
}

/**
 * The structure of an identity; of the null identity by default. Throws E_INVALIDARG for a malformed SID.
 *
 * @example
 * ```ts
 * const claim = toWinbioIdentity({ type: 'sid', sid: 'S-1-22-1-1000' });
 * await winbio.WinBioVerify(session.value, claim, WINBIO_SUBTYPE_ANY, unit, match, rejectDetail);
 * ```
 */
export function toWinbioIdentity(identity: Identity = NULL_IDENTITY): WINBIO_IDENTITY {
  switch (identity.type) {
    case 'null':
      return { Type: WINBIO_ID_TYPE_NULL, Value: { Null: 0 } };
    case 'wildcard':
      return { Type: WINBIO_ID_TYPE_WILDCARD, Value: { Wildcard: WINBIO_IDENTITY_WILDCARD } };
    case 'guid':
      return { Type: WINBIO_ID_TYPE_GUID, Value: { TemplateGuid: identity.guid } };
    case 'sid': {
      const sid = sidToBytes(identity.sid);
      const Data = new Uint8Array(SECURITY_MAX_SID_SIZE);
      Data.set(sid);
      return { Type: WINBIO_ID_TYPE_SID, Value: { AccountSid: { Size: sid.length, Data } } };
    }
    default:
      return identity satisfies never;
  }
}

/**
 * The identity in a structure, by `Type` alone (D-32); null when the structure is missing, undefined when it is
 * malformed.
 *
 * @example
 * ```ts
 * const owner = fromWinbioIdentity(identity.value);
 * if (owner?.type === 'sid') open(owner.sid);
 * ```
 */
export function fromWinbioIdentity(structure: WINBIO_IDENTITY | null | undefined): Identity | null | undefined {
  if (structure === null || structure === undefined) return null;
  const value = structure.Value;
  switch (structure.Type) {
    case WINBIO_ID_TYPE_NULL:
      return NULL_IDENTITY;
    case WINBIO_ID_TYPE_WILDCARD:
      return WILDCARD_IDENTITY;
    case WINBIO_ID_TYPE_GUID:
      return isGuid(value?.TemplateGuid) ? { type: 'guid', guid: normalizeGuid(value.TemplateGuid) } : undefined;
    case WINBIO_ID_TYPE_SID:
      return sidOf(value?.AccountSid);
    default:
      return undefined;
  }
}

function sidOf(account: { Size: number; Data: Uint8Array } | undefined): Identity | undefined {
  if (!(account?.Data instanceof Uint8Array) || !Number.isInteger(account.Size)) return undefined;
  if (account.Size < 8 || account.Size > Math.min(SECURITY_MAX_SID_SIZE, account.Data.length)) return undefined;
  const bytes = account.Data.subarray(0, account.Size);
  const count = bytes[1] ?? 0;
  if (bytes[0] !== 1 || account.Size !== 8 + 4 * count) return undefined;
  return { type: 'sid', sid: sidFromBytes(bytes) };
}
