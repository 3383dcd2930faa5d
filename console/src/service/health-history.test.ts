import { expect, test } from 'vitest';
import type { AnsweredRequest, ServiceHealth } from '../../../src/exports/whorl/client/browser.ts';
import { HealthHistory, percentile } from './health-history.ts';

const request = (atMs: number, durationMs: number, kind = 'enum-enrollments'): AnsweredRequest => ({
  number: 1,
  atMs,
  kind,
  hresult: 0,
  unitId: 1,
  durationMs,
  sid: 'S-1-22-1-0',
});

const health = (answered: readonly AnsweredRequest[], busyMs = 0): ServiceHealth => ({
  version: '0',
  pid: 1,
  uptimeSeconds: 1,
  residentBytes: 1e8,
  faults: [],
  connections: 1,
  handles: 0,
  waiting: 0,
  engine: { threads: 2, tasksWaiting: 0, busyMs },
  units: [],
  answered,
});

test('rates are of the time since the last reading, latencies of the last seconds without those of people', () => {
  const history = new HealthHistory();
  history.add(1000, health([]));
  history.add(3000, health([request(1500, 2), request(2500, 4), request(2900, 9000, 'identify')]));
  expect(history.points.map(({ requestsPerSecond, p50Ms, p99Ms }) => [requestsPerSecond, p50Ms, p99Ms])).toEqual([
    [0, undefined, undefined],
    [1.5, 2, 4],
  ]);
  history.add(14_000, health([]));
  expect(history.points.at(-1)?.p50Ms).toBeUndefined();
});

test('threads are busy for a share of the time since the last reading', () => {
  const history = new HealthHistory();
  history.add(1000, health([], 5000));
  history.add(3000, health([], 6000));
  history.add(4000, health([], 6000));
  expect(history.points.map(({ utilization }) => utilization)).toEqual([0, 0.25, 0]);
});

test('forgets what is older than its span', () => {
  const history = new HealthHistory(5000);
  for (let at = 0; at < 60_000; at += 1000) history.add(at, health([]));
  expect(history.points.map(({ atMs }) => atMs)).toEqual([55_000, 56_000, 57_000, 58_000, 59_000]);
});

test('percentiles are by nearest rank', () => {
  const values = [5, 1, 4, 2, 3];
  expect([percentile(values, 0.5), percentile(values, 0.99), percentile([], 0.5)]).toEqual([3, 5, undefined]);
});
