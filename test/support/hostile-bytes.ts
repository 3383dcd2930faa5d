/** What every decoder is tested with: bytes that are almost right must decode or fail with a coded error. */

import fc from 'fast-check';
import { isBiometricError } from '../../src/core/biometric-error.ts';

const ALLOWED = ['WHORL_E_MALFORMED', 'WHORL_E_LIMIT_EXCEEDED', 'WHORL_E_UNSUPPORTED_FORMAT'];

/** Variants of sound bytes: some bytes changed, a piece cut out or repeated, or the end missing; also random bytes. */
export function hostileBytes(sound: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const seeds = fc.constantFrom(...sound);
  const position = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  const changed = fc
    .tuple(seeds, fc.array(fc.tuple(position, fc.nat(255)), { minLength: 1, maxLength: 6 }))
    .map(([bytes, edits]) => {
      const copy = bytes.slice();
      for (const [at, value] of edits) copy[Math.floor(at * copy.length)] = value;
      return copy;
    });
  // Damage in a header goes furthest, so half of the edits go there.
  const headChanged = fc
    .tuple(
      seeds,
      fc.array(fc.tuple(fc.nat(95), fc.constantFrom(0, 1, 2, 3, 7, 8, 16, 127, 128, 254, 255)), {
        minLength: 1,
        maxLength: 4,
      }),
    )
    .map(([bytes, edits]) => {
      const copy = bytes.slice();
      for (const [at, value] of edits) if (at < copy.length) copy[at] = value;
      return copy;
    });
  const cut = fc.tuple(seeds, position, position).map(([bytes, from, to]) => {
    const [start, end] = [Math.floor(from * bytes.length), Math.floor(to * bytes.length)].sort((a, b) => a - b);
    return new Uint8Array([...bytes.subarray(0, start), ...bytes.subarray(end)]);
  });
  const truncated = fc.tuple(seeds, position).map(([bytes, at]) => bytes.slice(0, Math.floor(at * bytes.length)));
  return fc.oneof(changed, headChanged, cut, truncated, fc.uint8Array({ maxLength: 200 }));
}

/** Runs a decoder. The test fails when it throws anything but a coded format error with field and offset. */
export function onlyCodedErrors(decode: () => unknown): void {
  try {
    decode();
  } catch (error) {
    if (!isBiometricError(error) || !ALLOWED.includes(error.code)) throw error;
    if (!/at byte \d+/.test(error.message)) throw error;
  }
}

// Repeats a run: all properties of the file then use this seed.
const seed = process.env.WHORL_FUZZ_SEED;
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(seed) });

/** Runs of a fuzz test; `WHORL_FUZZ_RUNS` raises it. */
export function fuzzRuns(normal: number): number {
  return Number(process.env.WHORL_FUZZ_RUNS ?? normal);
}
