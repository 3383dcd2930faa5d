import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../testkit/seeded-random.ts';
import { planCluster } from './plan-cluster.ts';
import { simulateCluster } from './simulate-cluster.ts';

describe('a plan', () => {
  // References, searches a second; nodes, memory of a node in GB, median and 99th percentile in seconds.
  test.each([
    [1e6, 1, 2, 2.2, 0.1, 0.19],
    [1e6, 10, 2, 2.2, 0.11, 0.34],
    [1e6, 100, 20, 0.22, 0.02, 0.06],
    [1e7, 1, 2, 22, 1.05, 3.2],
    [1e7, 10, 20, 2.2, 0.17, 0.6],
    [1e7, 100, 194, 0.23, 0.06, 0.11],
    [1e8, 1, 20, 22, 1.7, 6.1],
    [1e8, 10, 194, 2.3, 0.32, 0.79],
    [1e9, 1, 194, 22.7, 3, 7.7],
  ])(
    'of %d references and %d searches a second is that of another model of the same',
    (references, queriesPerSecond, nodes, gigabytes, p50, p99) => {
      const plan = planCluster({ references, queriesPerSecond, random: seededRandom(1) });
      expect(plan.nodes).toBe(nodes);
      expect(plan.memoryBytesPerNode / 1e9).toBeCloseTo(gigabytes, 1);
      expect(plan.p50Seconds / p50).toBeGreaterThan(0.5);
      expect(plan.p50Seconds / p50).toBeLessThan(1.7);
      expect(plan.p99Seconds / p99).toBeGreaterThan(0.4);
      expect(plan.p99Seconds / p99).toBeLessThan(2);
    },
  );

  test('of very many nodes has their number alone tested', () => {
    expect(planCluster({ references: 1e8, queriesPerSecond: 100, random: seededRandom(1) }).nodes).toBe(1924);
  });

  test('says what decides', () => {
    const decided = (references: number, queriesPerSecond: number) =>
      planCluster({ references, queriesPerSecond, random: seededRandom(1) }).decidedBy;
    expect([decided(1e5, 0.1), decided(1e9, 0.01), decided(1e8, 10)]).toEqual(['copies', 'memory', 'computing']);
  });
});

describe('two hundred nodes', () => {
  const common = { groups: 100, replicas: 2, taskSeconds: 0.5, queriesPerSecond: 0.2, queries: 1000 };

  test('with slow tasks are much faster when these are repeated, for few tasks more', () => {
    const plain = simulateCluster({ ...common, hedgeShare: 0, random: seededRandom(1) });
    const hedged = simulateCluster({ ...common, random: seededRandom(1) });
    expect(plain.complete).toBe(1000);
    expect(hedged.complete).toBe(1000);
    // The slowest of a hundred tasks decides: most searches have one that takes five times as long.
    expect(plain.p50).toBeGreaterThan(2.3);
    expect(hedged.p99).toBeLessThan(plain.p99);
    expect(hedged.tasks / plain.tasks).toBeLessThan(1.06);
    expect(hedged.hedges).toBeGreaterThan(0);
  });

  test('that fail lose no search: each is complete, or says that it is not', () => {
    const result = simulateCluster({
      ...common,
      tasksToFailure: 2000,
      deadlineSeconds: 30,
      noticeSeconds: 2,
      backSeconds: 20,
      random: seededRandom(2),
    });
    expect(result.failures).toBeGreaterThan(20);
    expect(result.complete + result.incomplete).toBe(1000);
    expect(result.incomplete).toBeLessThan(20);
  });

  test('that are asked for more than they can fall behind, which repetitions do not make worse', () => {
    const busy = { ...common, queriesPerSecond: 3.6, queries: 300 };
    const plain = simulateCluster({ ...busy, hedgeShare: 0, random: seededRandom(3) });
    const hedged = simulateCluster({ ...busy, random: seededRandom(3) });
    expect(hedged.p99).toBeLessThan(1.3 * plain.p99);
  });

  test('repeat what a seed repeats', () => {
    const run = () => simulateCluster({ ...common, queries: 50, random: seededRandom(4) });
    expect(run()).toEqual(run());
  });
});
