/** HRESULT values: 32-bit, kept unsigned, compared as numbers. "Failed" means bit 31 is set. Runs anywhere. */

/** A 32-bit result code as an unsigned number (0..0xFFFFFFFF). */
export type HRESULT = number & { readonly __brand?: 'HRESULT' };

/** True for success codes, which include S_FALSE and WINBIO_I_MORE_DATA. */
export function SUCCEEDED(hr: HRESULT): boolean {
  return hr >>> 0 < 0x80000000;
}

/** True when bit 31 is set. */
export function FAILED(hr: HRESULT): boolean {
  return hr >>> 0 >= 0x80000000;
}

/** Prints a code as `0x%08X`. */
export function formatHresult(hr: HRESULT): `0x${string}` {
  return `0x${(hr >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
}
