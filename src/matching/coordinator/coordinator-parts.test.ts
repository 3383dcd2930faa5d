import { expect, test } from 'vitest';
import type { Member } from '../members/members.ts';
import { HedgeBudget } from './hedge-budget.ts';
import { mergeCandidates } from './merge-candidates.ts';
import { NodeLoad } from './node-load.ts';

test('one of twenty requests may be repeated, and not many at once', () => {
  const budget = new HedgeBudget(0.05);
  let spent = 0;
  for (let request = 0; request < 1000; request++) {
    budget.earn();
    if (budget.spend()) spent += 1;
  }
  expect(spent).toBeGreaterThanOrEqual(50);
  expect(spent).toBeLessThanOrEqual(52);
  for (let request = 0; request < 10_000; request++) budget.earn();
  let burst = 0;
  while (budget.spend()) burst += 1;
  expect(burst).toBe(10);
  const none = new HedgeBudget(0);
  none.earn();
  expect(none.spend()).toBe(false);
});

test('lists become one: by score, then by number, each record once with its best', () => {
  const merged = mergeCandidates([
    [
      { recordId: 4, score: 7 },
      { recordId: 2, score: 6 },
    ],
    [
      { recordId: 3, score: 7 },
      { recordId: 2, score: 8 },
    ],
  ]);
  expect(merged.map(({ recordId, score }) => [recordId, score])).toEqual([
    [2, 8],
    [3, 7],
    [4, 7],
  ]);
});

test('the less busy of two is asked, by what it said and what it was asked since', () => {
  const load = new NodeLoad();
  const [idle, busy] = [
    { address: 'idle', queue: 0 },
    { address: 'busy', queue: 3 },
  ] as Member[];
  let turn = 0;
  const both = () => (turn++ % 2) * 0.9;
  for (let i = 0; i < 4; i++) expect(load.choose([busy!, idle!], both)).toBe(idle);
  const asking = Array.from({ length: 5 }, () => load.asking('idle'));
  for (let i = 0; i < 4; i++) expect(load.choose([busy!, idle!], both)).toBe(busy);
  for (const each of asking) each[Symbol.dispose]();
  expect(load.of(idle!)).toBe(0);
  expect(load.choose([], both)).toBeUndefined();
  expect(load.lateMs).toBeUndefined();
  for (const ms of [10, 100, 1000]) load.took(ms);
  expect(load.lateMs).toBe(300);
});
