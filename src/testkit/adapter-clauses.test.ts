import { expect, test } from 'vitest';
import { UNTESTED_CLAUSES } from './adapter-clauses.ts';
import { sensorSuite } from './sensor-suite.ts';
import { storageSuite } from './storage-suite.ts';

const never = () => Promise.reject(new TypeError('the suites are only listed'));
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `A-${String(from + i).padStart(3, '0')}`);

test('every clause about sensors, storages and control functions is tested or has its reason', () => {
  const tested = [...sensorSuite(never), ...storageSuite(never)].map(({ id }) => id);
  const untested = UNTESTED_CLAUSES.map(({ id }) => id);
  expect(new Set(untested).size).toBe(untested.length);
  expect(untested.filter((id) => tested.includes(id))).toEqual([]);
  const clauses = [...range(41, 72), ...range(126, 174)];
  expect(clauses.filter((id) => !tested.includes(id) && !untested.includes(id))).toEqual([]);
});

test('every title begins with its id', () => {
  for (const { id, title } of [...sensorSuite(never), ...storageSuite(never)])
    expect(title.startsWith(`${id}: `)).toBe(true);
});
