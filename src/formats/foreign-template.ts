/**
 * Templates of other products whose formats are closed, told by their first bytes, to say what someone holds. Nothing of
 * them can be read.
 */

interface Signature {
  readonly product: string;
  readonly at: number;
  readonly bytes: readonly number[];
}

const text = (letters: string) => [...letters].map((letter) => letter.charCodeAt(0));

/** As found in public programs that store such templates. */
const SIGNATURES: readonly Signature[] = [
  { product: 'a template of ZKTeco (ZKFinger 10)', at: 2, bytes: text('SS21') },
  {
    product: 'a template of DigitalPersona (One Touch)',
    at: 3,
    bytes: [1, 0xc8, 0x29, 0xe3, 0x73, 0x5c, 0xc0, 0x41, 0x37],
  },
  { product: 'a template of Griaule', at: 0, bytes: [0xa7, 0xff, 1, 0x1e] },
  { product: 'a print of libfprint', at: 0, bytes: text('FP1') },
  { product: 'a print of libfprint', at: 0, bytes: text('FP2') },
  { product: 'a print of libfprint', at: 0, bytes: text('FP3') },
  { product: 'a template of SourceAFIS', at: 1, bytes: text('gversion') },
];

/** Whose template the bytes look like, in words; undefined when nothing tells. Never fails. */
export function foreignTemplate(bytes: Uint8Array): string | undefined {
  return SIGNATURES.find(({ at, bytes: wanted }) => wanted.every((byte, i) => bytes[at + i] === byte))?.product;
}
