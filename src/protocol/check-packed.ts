/**
 * Checks MessagePack bytes before they are decoded. A few hostile bytes can declare nested lists of millions of
 * entries; here every declared length is compared with the bytes that are there.
 */

import { BiometricError } from '../core/biometric-error.ts';
import { MAX_DEPTH, MAX_VALUES } from './message-limits.ts';

/** Bytes of content by leading byte 0xc0..0xdf; undefined when a length follows, or for an extension. */
// biome-ignore format: one row of sixteen reads as the format's own table
const SIZES: readonly (number | undefined)[] = [
  0, undefined, 0, 0, undefined, undefined, undefined, undefined, undefined, undefined, 4, 8, 1, 2, 4, 8,
  1, 2, 4, 8, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined, undefined,
];

/** Throws WHORL_E_PROTOCOL unless the bytes are one plain value: no extension, nothing missing, nothing left over. */
export function checkPacked(bytes: Uint8Array, maxValues = MAX_VALUES): void {
  /** Values still expected, by depth. */
  const open: number[] = [1];
  let at = 0;
  let values = 0;
  const need = (count: number) => {
    if (count > bytes.length - at) throw malformed('is cut off');
  };
  const take = (count: number) => {
    need(count);
    at += count;
  };
  const lengthOf = (width: 1 | 2 | 4): number => {
    need(width);
    let length = 0;
    for (const end = at + width; at < end; at++) length = 256 * length + (bytes[at] ?? 0);
    return length;
  };
  const enter = (count: number) => {
    need(count);
    open.push(count);
    if (open.length > MAX_DEPTH) throw malformed('is nested too deep');
  };
  while (open.length > 0) {
    const left = open.at(-1) ?? 0;
    if (left === 0) {
      open.pop();
      continue;
    }
    open[open.length - 1] = left - 1;
    values += 1;
    if (values > maxValues) throw malformed('has too many values');
    need(1);
    const lead = bytes[at] ?? 0;
    at += 1;
    if (lead < 0x80 || lead >= 0xe0) continue; // small integers
    if (lead < 0x90) enter(2 * (lead & 0x0f));
    else if (lead < 0xa0) enter(lead & 0x0f);
    else if (lead < 0xc0) take(lead & 0x1f);
    else {
      const size = SIZES[lead - 0xc0];
      if (size !== undefined) take(size);
      else if (lead === 0xc4 || lead === 0xd9) take(lengthOf(1));
      else if (lead === 0xc5 || lead === 0xda) take(lengthOf(2));
      else if (lead === 0xc6 || lead === 0xdb) take(lengthOf(4));
      else if (lead === 0xdc) enter(lengthOf(2));
      else if (lead === 0xdd) enter(lengthOf(4));
      else if (lead === 0xde) enter(2 * lengthOf(2));
      else if (lead === 0xdf) enter(2 * lengthOf(4));
      else throw malformed('has an extension');
    }
  }
  if (at !== bytes.length) throw malformed('has bytes left over');
}

function malformed(what: string): BiometricError {
  return new BiometricError('WHORL_E_PROTOCOL', `a message ${what}`);
}
