/** HRESULT values: 32-bit, kept unsigned, compared as numbers. "Failed" means bit 31 is set. */

/** A 32-bit result code as an unsigned number (0..0xFFFFFFFF). */
export type HRESULT = number & { readonly __brand?: 'HRESULT' };

/**
 * True for success codes, which include S_FALSE and WINBIO_I_MORE_DATA.
 *
 * @example
 * ```ts
 * if (SUCCEEDED(await winbio.WinBioEnrollCapture(session.value, rejectDetail))) console.log('good');
 * ```
 */
export function SUCCEEDED(hr: HRESULT): boolean {
  return hr >>> 0 < 0x80000000;
}

/**
 * True for failure codes: bit 31 is set. Signed numbers are accepted too.
 *
 * @example
 * ```ts
 * const hr = await winbio.WinBioIdentify(session.value, unit, identity, subFactor, rejectDetail);
 * if (FAILED(hr)) console.error(formatHresult(hr));
 * ```
 */
export function FAILED(hr: HRESULT): boolean {
  return hr >>> 0 >= 0x80000000;
}

/**
 * Prints a code as `0x%08X`.
 *
 * @example
 * ```ts
 * formatHresult(0x80098005); // '0x80098005'
 * ```
 */
export function formatHresult(hr: HRESULT): `0x${string}` {
  return `0x${(hr >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
}
