/** The kernel's preparation of views against its plain form. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareImpression } from '../comparison/prepared-template.ts';
import { DESCRIPTOR_BYTES, type Impression } from '../template/impression.ts';
import { plainPreparedView } from './plain-prepared-view.ts';

const impressions = fc
  .record({
    widthPx: fc.integer({ min: 1, max: 2047 }),
    heightPx: fc.integer({ min: 1, max: 2047 }),
    count: fc.integer({ min: 0, max: 120 }),
    seed: fc.integer(),
  })
  .map(({ widthPx, heightPx, count, seed }): Impression => {
    let state = seed | 1;
    const next = (most: number): number => {
      state = Math.imul(state, 1664525) + 1013904223;
      return Math.floor(((state >>> 0) / 2 ** 32) * most);
    };
    const bytes = (length: number, most: number) => Uint8Array.from({ length }, () => next(most));
    return {
      widthPx,
      heightPx,
      quality: 50,
      count,
      x: Uint16Array.from({ length: count }, () => next(16 * widthPx)),
      y: Uint16Array.from({ length: count }, () => next(16 * heightPx)),
      direction: bytes(count, 256),
      bifurcation: bytes(count, 2),
      minutiaQuality: bytes(count, 128),
      descriptors: bytes(count * DESCRIPTOR_BYTES, 256).map((byte, i) => (i % 15 === 14 ? byte & 3 : byte)),
    };
  });

describe('kernel: prepareView', () => {
  it('is the plain form, to the bit', () => {
    fc.assert(
      fc.property(impressions, (impression) => {
        expect(prepareImpression(impression)).toEqual(plainPreparedView(impression));
      }),
      { numRuns: 60 },
    );
  });
});
