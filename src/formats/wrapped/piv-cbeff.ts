/** Biometric data of a PIV card: one record behind a CBEFF header of 88 bytes. NIST SP 800-76-2, 9. */

import { ByteReader } from '../bytes/byte-reader.ts';

const FORMAT = 'PIV CBEFF';
const HEADER_VERSION = 3;
const HEADER_BYTES = 88;
const PREFIX_BYTES = 8;

/** True when the bytes are a header of this kind and, by their number, what it announces. */
export function isPivCbeff(bytes: Uint8Array): boolean {
  if (bytes.length <= HEADER_BYTES || bytes[0] !== HEADER_VERSION) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return HEADER_BYTES + view.getUint32(2) + view.getUint16(6) === bytes.length;
}

/**
 * The record inside: finger minutiae (`FMR`) or a finger image (`FIR`), as bytes. The signature is not checked. Throws
 * WHORL_E_MALFORMED unless the lengths of the header add up to those of the bytes.
 *
 * @example
 * const { views } = decodeMinutiaeRecord(unwrapPivCbeff(bytes));
 */
export function unwrapPivCbeff(bytes: Uint8Array): Uint8Array {
  const reader = new ByteReader(FORMAT, bytes);
  if (!isPivCbeff(bytes)) throw reader.malformed('BDB length', 'does not fit the bytes', 2);
  reader.skip(2, 'header version');
  const length = reader.u32('BDB length');
  reader.skip(HEADER_BYTES - PREFIX_BYTES + 2, 'header');
  return reader.bytes(length, 'BDB').slice();
}
