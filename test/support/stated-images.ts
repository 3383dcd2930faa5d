/** An image in every format that states a resolution. */

import type { GreyImage } from '../../src/core/grey-image.ts';
import * as f from '../../src/formats/index.ts';

/** Writers of those formats, by the names of `detectFormat`. */
export const STATED_FORMATS: Readonly<Record<string, (image: GreyImage) => Uint8Array>> = {
  png: (image) => f.encodePng(image),
  bmp: (image) => f.encodeBmp(image),
  tiff: (image) => f.encodeTiff(image),
  wsq: (image) => f.encodeWsq(image),
  bir: (image) => f.encodeFingerprintSample(image, { purpose: 1 }),
  'ansi-381-2004': (image) => f.encodeFingerImageRecord(f.fingerImageRecord(image, { format: 'ansi-381-2004' })),
  'iso-19794-4-2005': (image) => f.encodeFingerImageRecord(f.fingerImageRecord(image, { format: 'iso-19794-4-2005' })),
  'iso-19794-4-2011': (image) => f.encodeFingerImageRecord(f.fingerImageRecord(image, { format: 'iso-19794-4-2011' })),
  'ansi-nist': (image) => ansiNistFile(image, 'NONE', image.pixels),
};

/** A transaction with one image of type 14. */
export function ansiNistFile(image: GreyImage, compression: string, data: Uint8Array): Uint8Array {
  const { widthPx, heightPx, resolutionPpi } = image;
  const contents = taggedRecord(1, ['002:0500', '003:1\x1f1\x1e14\x1f02', '004:TEST', '011:19.69', '012:19.69']);
  const head = ['002:02', '003:1', `006:${widthPx}`, `007:${heightPx}`, '008:1', `009:${resolutionPpi}`];
  const record = taggedRecord(14, [...head, `011:${compression}`, '012:8', '013:07'], data);
  return Uint8Array.from(Buffer.concat([contents, record]));
}

/** A record of tagged fields, the first of which is its own length. */
export function taggedRecord(type: number, fields: readonly string[], data?: Uint8Array): Uint8Array {
  const rest = fields.map((field) => `\x1d${type}.${field}`).join('') + (data === undefined ? '' : `\x1d${type}.999:`);
  const bytes = rest.length + (data?.length ?? 0) + 1;
  const lengthWith = (digits: number) => `${type}.001:`.length + digits + bytes;
  const digits = [1, 2, 3, 4, 5, 6, 7].find((count) => String(lengthWith(count)).length === count)!;
  const head = Buffer.from(`${type}.001:${lengthWith(digits)}${rest}`, 'latin1');
  return Uint8Array.from(Buffer.concat([head, data ?? new Uint8Array(), Uint8Array.of(0x1c)]));
}
