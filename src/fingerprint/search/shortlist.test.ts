/** The shortlist as the beginning of a sorted list. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeShortlists, ShortlistBuilder } from './shortlist.ts';

/** Slots of one to three views that come one after the other, each with its score. */
const scored = fc.uniqueArray(fc.tuple(fc.nat(300), fc.array(fc.nat(9), { minLength: 1, maxLength: 3 })), {
  selector: ([slot]) => slot,
  maxLength: 200,
});

describe('ShortlistBuilder', () => {
  it('keeps the best slots, however they are dealt out', () => {
    fc.assert(
      fc.property(scored, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 4 }), (rows, keep, parts) => {
        const builders = Array.from({ length: parts }, () => new ShortlistBuilder(keep));
        for (const [i, [slot, scores]] of rows.entries()) {
          for (const score of scores) builders[i % parts]!.add(slot, score);
        }
        const best = rows.map(([slot, scores]) => [slot, Math.max(...scores)] as const);
        const sorted = [...best].sort(([a, p], [b, q]) => q - p || a - b).slice(0, keep);
        const merged = mergeShortlists(
          builders.map((builder) => builder.finish()),
          keep,
        );
        expect([...merged]).toEqual(sorted.map(([slot]) => slot));
      }),
    );
  });
});
