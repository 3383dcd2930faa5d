import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ownersOf } from './owners.ts';

const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `node-${i}`);

function loads(owners: readonly (readonly string[])[]): number[] {
  const load = new Map<string, number>();
  for (const node of owners.flat()) load.set(node, (load.get(node) ?? 0) + 1);
  return [...load.values()];
}

test('each part has its holders, all different, whoever asks in which order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{1,8}$/), { maxLength: 40 }),
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 4 }),
      (nodes, parts, replicas) => {
        const owners = ownersOf(nodes, { parts, replicas });
        expect(owners).toHaveLength(parts);
        for (const holders of owners) {
          expect(holders).toHaveLength(Math.min(replicas, nodes.length));
          expect(new Set(holders).size).toBe(holders.length);
        }
        expect(ownersOf(nodes.toReversed(), { parts, replicas })).toEqual(owners);
      },
    ),
    { numRuns: 100 },
  );
});

test.each([
  [4, 256],
  [16, 256],
  [100, 1024],
])('of %i nodes and %i parts the fullest has little more than the mean', (nodes, parts) => {
  const mean = (2 * parts) / nodes;
  const load = loads(ownersOf(names(nodes), { parts, replicas: 2 }));
  expect(Math.max(...load)).toBeLessThanOrEqual(Math.ceil(1.05 * mean) + 1);
  expect(load).toHaveLength(nodes);
});

test.each([
  [4, 256],
  [16, 256],
  [100, 1024],
])('when one of %i nodes goes or one comes, few of %i parts move', (nodes, parts) => {
  const before = ownersOf(names(nodes), { parts, replicas: 2 });
  const moved = (after: readonly (readonly string[])[]): number =>
    after.reduce((sum, holders, part) => sum + holders.filter((node) => !before[part]?.includes(node)).length, 0);
  const least = (2 * parts) / nodes;
  expect(moved(ownersOf(names(nodes).slice(1), { parts, replicas: 2 }))).toBeLessThan(3 * least);
  expect(moved(ownersOf(names(nodes + 1), { parts, replicas: 2 }))).toBeLessThan(3 * least);
});
