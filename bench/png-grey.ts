/** Least PNG reader for 8-bit grey images without interlace, as the test data has them. */

import { inflateSync } from 'node:zlib';

/** Pixels of an 8-bit grey PNG; a TypeError for any other file. */
export function decodePngGrey(bytes: Uint8Array): { widthPx: number; heightPx: number; pixels: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data: Uint8Array[] = [];
  let widthPx = 0;
  let heightPx = 0;
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === 'IHDR') {
      widthPx = view.getUint32(at + 8);
      heightPx = view.getUint32(at + 12);
      if (bytes[at + 16] !== 8 || bytes[at + 17] !== 0 || bytes[at + 20] !== 0) throw new TypeError('not 8-bit grey');
    } else if (type === 'IDAT') data.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const raw = inflateSync(Buffer.concat(data));
  const pixels = new Uint8Array(widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) unfilter(raw, y, widthPx, pixels);
  return { widthPx, heightPx, pixels };
}

function unfilter(raw: Uint8Array, y: number, width: number, pixels: Uint8Array): void {
  const filter = raw[y * (width + 1)]!;
  for (let x = 0; x < width; x++) {
    const left = x > 0 ? pixels[y * width + x - 1]! : 0;
    const up = y > 0 ? pixels[(y - 1) * width + x]! : 0;
    const corner = x > 0 && y > 0 ? pixels[(y - 1) * width + x - 1]! : 0;
    const prediction = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0;
    pixels[y * width + x] = raw[y * (width + 1) + 1 + x]! + prediction;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const toLeft = Math.abs(guess - left);
  const toUp = Math.abs(guess - up);
  const toCorner = Math.abs(guess - corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
