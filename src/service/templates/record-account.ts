/**
 * The account that a record of a private pool belongs to. Its owner is a GUID, which says nothing about accounts; the
 * SID stands in the payload of the record, which is sealed with the template.
 */

import { isSid } from '../../core/sid.ts';

const TITLE = 'account ';

/** The payload of a record that an account has made. */
export function payloadOfAccount(sid: string): Uint8Array {
  return new TextEncoder().encode(TITLE + sid);
}

/** The account of a record; undefined for one that belongs to none, such as imported ones. */
export function accountOfPayload(payload: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(payload);
  const sid = text.startsWith(TITLE) ? text.slice(TITLE.length) : '';
  return isSid(sid) ? sid : undefined;
}
