/** Which minutiae record format bytes are in. */

import type { MinutiaeFormat } from './minutiae-record.ts';

const LEAST_ANSI_2004_BYTES = 26;
const LEAST_ISO_2005_BYTES = 24;
const ISO_2011_HEADER_BYTES = 15;

/**
 * The record format of the bytes, told by version and, where two formats share one, by how their lengths fit; undefined
 * when they are not a minutiae record. Never fails.
 *
 * @example
 * detectMinutiaeFormat(bytes); // 'iso-19794-2-2005'
 */
export function detectMinutiaeFormat(bytes: Uint8Array): MinutiaeFormat | undefined {
  if (bytes.length < ISO_2011_HEADER_BYTES || bytes[3] !== 0 || bytes[7] !== 0) return undefined;
  const text = String.fromCharCode(...bytes.subarray(0, 7));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (text.replace('\0', '/')) {
    case 'FMR/ 20':
    // A deviation seen in samples of ANSI 378-2004.
    case 'FMR/020':
      return isIso2005(view) ? 'iso-19794-2-2005' : 'ansi-378-2004';
    case 'FMR/030':
      return isIso2011(view) ? 'iso-19794-2-2011' : 'ansi-378-2009';
    case 'FMR/035':
      return 'ansi-378-2009-am1';
    default:
      return undefined;
  }
}

/** ISO has a length of four bytes, ANSI one of two (or a zero and four more for long records). */
function isIso2005(view: DataView): boolean {
  const high = view.getUint16(8);
  return high === 0 ? view.getUint16(10) >= LEAST_ISO_2005_BYTES : high < LEAST_ANSI_2004_BYTES;
}

/** In ISO the lengths of the representations add up to that of the record; a cut-off record fits as far as it goes. */
function isIso2011(view: DataView): boolean {
  const total = view.getUint32(8);
  const count = view.getUint16(12);
  if (count === 0 || view.getUint8(14) > 1) return false;
  let at = ISO_2011_HEADER_BYTES;
  for (let i = 0; i < count; i++) {
    if (at + 4 > view.byteLength) return total >= view.byteLength;
    const length = view.getUint32(at);
    if (length < 34 || at + length > total) return false;
    at += length;
  }
  return at === total;
}
