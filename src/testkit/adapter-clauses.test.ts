import { expect, test } from 'vitest';
import { ADAPTER_CLAUSES } from '../../test/adapter-conformance/clauses.ts';
import { INAPPLICABLE_CLAUSES } from './adapter-clauses.ts';
import { ADAPTER_FUNCTIONS } from './adapter-functions.ts';
import { engineSuite } from './suites/engine/engine-suite.ts';
import { sensorSuite } from './suites/sensor/sensor-suite.ts';
import { storageSuite } from './suites/storage/storage-suite.ts';

const never = () => Promise.reject(new TypeError('the suites are only listed'));
const suites = [...sensorSuite(never), ...engineSuite(never), ...storageSuite(never)];

test('the clauses are A-001 to A-243, each once', () => {
  const all = Array.from({ length: 243 }, (_, i) => `A-${String(i + 1).padStart(3, '0')}`);
  expect(ADAPTER_CLAUSES.map(({ id }) => id).sort()).toEqual(all);
});

test('a clause that does not apply is one of them, named once, with a reason, and no suite tests it', () => {
  const ids = INAPPLICABLE_CLAUSES.map(({ id }) => id);
  const tested = suites.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !ADAPTER_CLAUSES.some((clause) => clause.id === id))).toEqual([]);
  expect(ids.filter((id) => tested.includes(id))).toEqual([]);
  for (const { reason } of INAPPLICABLE_CLAUSES) expect(reason.length).toBeGreaterThan(20);
});

test('every title of a suite begins with its id', () => {
  for (const { id, title } of suites) expect(title.startsWith(`${id}: `)).toBe(true);
});

test('no function of the adapters is listed twice, and what has no counterpart has its reason', () => {
  const names = ADAPTER_FUNCTIONS.map(({ adapter, name }) => `${adapter} ${name}`);
  expect(new Set(names).size).toBe(names.length);
  const unexplained = ADAPTER_FUNCTIONS.filter(({ here, note }) => here === '' && note === undefined);
  expect(unexplained.every(({ name }) => name.startsWith('Reserved'))).toBe(true);
});
