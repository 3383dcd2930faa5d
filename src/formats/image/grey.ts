/** How colours become grey, the same in every image format. */

/** Luma of a colour (ITU-R BT.601), 0..255; equal channels give that value exactly. */
export function luma(red: number, green: number, blue: number): number {
  return Math.round((299 * red + 587 * green + 114 * blue) / 1000);
}

/** Grey over a white background; alpha 255 is opaque. */
export function overWhite(grey: number, alpha: number): number {
  return alpha === 255 ? grey : Math.round((grey * alpha + 255 * (255 - alpha)) / 255);
}

/** The grey of each palette entry; `stride` bytes an entry, red first unless `blueFirst`. */
export function greyPalette(entries: Uint8Array, stride: number, blueFirst = false): Uint8Array {
  return Uint8Array.from({ length: Math.floor(entries.length / stride) }, (_, i) => {
    const [first = 0, green = 0, third = 0] = entries.subarray(i * stride, i * stride + 3);
    return blueFirst ? luma(third, green, first) : luma(first, green, third);
  });
}
