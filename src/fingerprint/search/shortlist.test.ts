/** The shortlist as the beginning of a sorted list. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeShortlists, ShortlistBuilder } from './shortlist.ts';

const scored = fc.array(fc.tuple(fc.nat(30), fc.nat(9)), { maxLength: 200 });

describe('ShortlistBuilder', () => {
  it('keeps the best slots, however they are dealt out', () => {
    fc.assert(
      fc.property(scored, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 4 }), (rows, keep, parts) => {
        const builders = Array.from({ length: parts }, () => new ShortlistBuilder(keep));
        for (const [i, [slot, score]] of rows.entries()) builders[i % parts]!.add(slot, score);
        const best = new Map<number, number>();
        for (const [slot, score] of rows) best.set(slot, Math.max(score, best.get(slot) ?? 0));
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
