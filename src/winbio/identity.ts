/** WINBIO_IDENTITY as an object, and the way to and from the identities the rest of Whorl uses. */

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

/** WBF: structures 2. One member of `Value` is present, chosen by `Type`. */
export interface WINBIO_IDENTITY {
  Type: number;
  Value: {
    Null?: number;
    Wildcard?: number;
    /** GUID as text. */
    TemplateGuid?: string;
    /** `Size` bytes of `Data` are the SID. */
    AccountSid?: { Size: number; Data: Uint8Array };
  };
}

/** The structure of an identity. */
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
 * The identity of a structure, by `Type` alone (D-32); null when there is none. What is no identity comes back as
 * `undefined`, which the argument rules answer with E_INVALIDARG.
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
