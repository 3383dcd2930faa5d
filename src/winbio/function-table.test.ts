import { expect, test } from 'vitest';
import { createHost } from '../exports/whorl/testkit.ts';
import { FUNCTIONS } from './function-table.ts';

test('the table lists exactly the functions of the binding', async () => {
  await using host = await createHost();
  const bound = Object.keys(host.process().winbio).filter((name) => name.startsWith('WinBio'));
  expect(FUNCTIONS.map(({ name }) => name).sort()).toEqual(bound.sort());
  // 52 functions are described, the fifth legacy one and the two enumeration families included.
  expect(new Set(FUNCTIONS.map(({ name }) => name)).size).toBe(52);
});
