/** A WINBIO_IDENTITY of the program in memory, sound or not: the library judges it. WBF: structures 2. */

import * as c from '../core/constants.ts';
import { guidToBytes, isGuid } from '../core/guid.ts';
import { LAYOUTS } from '../drivers/winbio/layouts.ts';
import type { WINBIO_IDENTITY } from '../winbio/identity.ts';

const AT = LAYOUTS.WINBIO_IDENTITY.fields;

/** Its 76 bytes; undefined for what has no place in them. */
export function encodeIdentity(identity: WINBIO_IDENTITY): Uint8Array | undefined {
  if (typeof identity !== 'object' || !isWord(identity.Type)) return undefined;
  const bytes = new Uint8Array(LAYOUTS.WINBIO_IDENTITY.bytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(AT.Type[0], identity.Type, true);
  const { Wildcard = c.WINBIO_IDENTITY_WILDCARD, TemplateGuid, AccountSid, SecureId } = identity.Value ?? {};
  switch (identity.Type) {
    case c.WINBIO_ID_TYPE_WILDCARD:
      if (!isWord(Wildcard)) return undefined;
      view.setUint32(AT['Value.Wildcard'][0], Wildcard, true);
      return bytes;
    case c.WINBIO_ID_TYPE_GUID:
      if (!isGuid(TemplateGuid)) return undefined;
      bytes.set(guidToBytes(TemplateGuid), AT['Value.TemplateGuid'][0]);
      return bytes;
    case c.WINBIO_ID_TYPE_SID:
      if (!isWord(AccountSid?.Size) || !fits(AccountSid?.Data, c.SECURITY_MAX_SID_SIZE)) return undefined;
      view.setUint32(AT['Value.AccountSid.Size'][0], AccountSid.Size, true);
      bytes.set(AccountSid.Data, AT['Value.AccountSid.Data'][0]);
      return bytes;
    case c.WINBIO_ID_TYPE_SECURE_ID:
      if (!fits(SecureId, 32)) return undefined;
      bytes.set(SecureId, AT['Value.SecureId'][0]);
      return bytes;
    default:
      return bytes;
  }
}

function isWord(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 0xffffffff;
}

function fits(value: unknown, length: number): value is Uint8Array {
  return value instanceof Uint8Array && value.length <= length;
}
