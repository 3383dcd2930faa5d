/** What a picture inside a record is, told by its first bytes. */

/** How records store their pictures. */
export type Compression =
  | 'none'
  | 'bit packed'
  | 'WSQ'
  | 'JPEG'
  | 'lossless JPEG'
  | 'JPEG 2000'
  | 'lossless JPEG 2000'
  | 'PNG';

/** Kinds of picture that begin with a signature. */
export type PictureKind = 'WSQ' | 'JPEG' | 'JPEG 2000' | 'PNG';

const SIGNATURES: readonly (readonly [PictureKind, readonly number[]])[] = [
  ['WSQ', [0xff, 0xa0]],
  ['JPEG', [0xff, 0xd8, 0xff]],
  // A file of its format, and a bare codestream.
  ['JPEG 2000', [0, 0, 0, 0x0c, 0x6a, 0x50, 0x20, 0x20]],
  ['JPEG 2000', [0xff, 0x4f, 0xff, 0x51]],
  ['PNG', [0x89, 0x50, 0x4e, 0x47]],
];

/** The kind of these bytes; undefined for any other, pixels among them. */
export function pictureKind(bytes: Uint8Array): PictureKind | undefined {
  return SIGNATURES.find(([, signature]) => signature.every((byte, i) => bytes[i] === byte))?.[0];
}
