import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isBiometricError } from '../core/biometric-error.ts';
import { decodeFrame, encodeFrame } from './binary-codec.ts';
import { FRAME_HEADER_BYTES, FrameSplitter } from './frame-splitter.ts';

const RUNS = Number(process.env.WHORL_FUZZ_RUNS ?? 20_000);

const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    // Zero has one sign in a frame, and nothing of ours has a negative one.
    fc.double({ noNaN: true }).map((number) => number + 0),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
    fc.string(),
    fc.uint8Array(),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 5 },
    ),
  ),
})).value;

/** A list in a list in a list, one byte a level. */
const NESTED = new Uint8Array(100_000).fill(0x91);
const HOSTILE: readonly [string, readonly number[]][] = [
  ['a list of four thousand million entries', [0xdd, 0xff, 0xff, 0xff, 0xff]],
  ['a map that is longer than its frame', [0xdf, 0x00, 0x10, 0x00, 0x00]],
  ['a string that is longer than its frame', [0xdb, 0x7f, 0xff, 0xff, 0xff, 0x61]],
  ['an extension', [0xd4, 0x01, 0x00]],
  ['a byte that is no value', [0xc1]],
  ['a value and something behind it', [0x01, 0x02]],
  ['a number that is cut off', [0xcb, 0x00]],
];

describe('frames', () => {
  test('what is encoded is decoded, whatever it was cut into on the way', () => {
    fc.assert(
      fc.property(
        fc.array(plain, { maxLength: 6 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
        (all, cuts) => {
          const bytes = all.flatMap((message) => [...encodeFrame(message)]);
          const splitter = new FrameSplitter(1 << 20);
          const decoded: unknown[] = [];
          for (let at = 0; at < bytes.length; ) {
            const length = cuts.next().value as number;
            for (const content of splitter.push(Uint8Array.from(bytes.slice(at, at + length)))) {
              decoded.push(decodeFrame(content));
            }
            at += length;
          }
          expect(decoded).toEqual(all);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('bytes of a message are its own', () => {
    const frame = encodeFrame({ bytes: Uint8Array.of(1, 2, 3) });
    const { bytes } = decodeFrame(frame.subarray(FRAME_HEADER_BYTES)) as { bytes: Uint8Array };
    frame.fill(0);
    expect([bytes.constructor, ...bytes]).toEqual([Uint8Array, 1, 2, 3]);
  });

  test('a frame above the limit is refused by its header alone', () => {
    const splitter = new FrameSplitter(1000);
    expect(() => [...splitter.push(Uint8Array.of(0, 0, 3, 0xe9))]).toThrow(/1001 bytes, at most 1000/);
    expect(() => [...new FrameSplitter(1000).push(Uint8Array.of(0, 0, 0, 0))]).toThrow(/empty/);
  });

  test.each([...HOSTILE, ['lists in each other', [...NESTED]] as const])('%s is refused', (_, bytes) => {
    expect(() => decodeFrame(Uint8Array.from(bytes))).toThrow(
      expect.objectContaining({ code: 'WHORL_E_PROTOCOL', message: expect.stringMatching(/^a message/) }),
    );
  });

  test(`changed messages decode or are refused with a code (${RUNS} runs)`, () => {
    const messages = [
      { type: 'hello', version: 1 },
      {
        type: 'submit',
        id: 7,
        handle: 1,
        request: { kind: 'verify', identity: { type: 'sid', sid: 'S-1-5-18' }, subFactor: 2 },
      },
      {
        type: 'extension',
        id: 8,
        name: 'virtual-reader',
        body: { kind: 'present', image: { pixels: new Uint8Array(40) } },
      },
      { type: 'submit', id: 9, handle: 2, request: { kind: 'enroll-select', selector: 5n } },
    ].map((message) => encodeFrame(message).subarray(FRAME_HEADER_BYTES));
    const change = fc.tuple(
      fc.nat(messages.length - 1),
      fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 6 }),
    );
    fc.assert(
      fc.property(change, ([which, changes]) => {
        const bytes = Uint8Array.from(messages[which] as Uint8Array);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        try {
          decodeFrame(bytes);
        } catch (thrown) {
          expect(isBiometricError(thrown)).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  });
});
