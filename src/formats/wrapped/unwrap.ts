/** Records out of the wrappers that documents and cards put around them. */

import { isIcaoDg3, unwrapIcaoDg3 } from './icao-dg3.ts';
import { isPivCbeff, unwrapPivCbeff } from './piv-cbeff.ts';

/**
 * The first record inside a PIV CBEFF or ICAO DG3 wrapper; any other bytes as they are. Throws WHORL_E_MALFORMED for a
 * broken wrapper.
 *
 * @example
 * const record = unwrap(await readFile('DG3.bin'));
 * console.log(detectFormat(record)); // 'iso-19794-4-2005'
 */
export function unwrap(bytes: Uint8Array): Uint8Array {
  if (isIcaoDg3(bytes)) return unwrapIcaoDg3(bytes)[0] ?? bytes;
  return isPivCbeff(bytes) ? unwrapPivCbeff(bytes) : bytes;
}
