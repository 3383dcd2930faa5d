import { expect, test } from 'vitest';
import { LatestOnly } from './latest-only.ts';

test('the first and the latest run, those between do not', async () => {
  const ran: number[] = [];
  const first = Promise.withResolvers<void>();
  const last = Promise.withResolvers<void>();
  const latest = new LatestOnly();
  latest.run(async () => {
    ran.push(1);
    await first.promise;
  });
  latest.run(async () => void ran.push(2));
  latest.run(async () => {
    ran.push(3);
    last.resolve();
  });
  first.resolve();
  await last.promise;
  expect(ran).toEqual([1, 3]);
});
