import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BoundedLog } from './bounded-log.ts';

test('holds the latest, in order, and no more than its bound', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), fc.array(fc.array(fc.integer())), (bound, batches) => {
      const log = new BoundedLog<number>(bound);
      for (const batch of batches) log.add(batch);
      expect(log.entries).toEqual(batches.flat().slice(-bound));
      log.clear();
      expect(log.entries).toEqual([]);
    }),
  );
});
