/** Many sessions leave nothing behind. `npm run -s test:leak` runs ten times as many. */

import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

const full = process.env.WHORL_LEAK_FULL === '1';
const [operations, sessions] = full ? [100_000, 1000] : [10_000, 100];

/** What the program reports as left. */
function leftOver(...args: readonly (string | number)[]) {
  // The program ends by itself, which an open handle or timer would prevent.
  const options = ['--expose-gc', 'test/leaks/leak-program.ts', ...args.map(String)];
  return JSON.parse(execFileSync(process.execPath, options, { encoding: 'utf8' }));
}

test('blocks that nobody frees are seen', () => {
  const left = leftOver(1000, 10, 'keep');
  expect(left.clientBlocks).toBeGreaterThan(1000);
  expect(left.hostBlocks).toBeGreaterThan(1000);
});

test(`${operations} operations in ${sessions} sessions leave nothing behind`, { timeout: 600_000 }, () => {
  const left = leftOver(operations, sessions);
  expect(left).toMatchObject({ clientBlocks: 0, hostBlocks: 0, idle: true, timers: 0 });
  // Modules may still be loading when the program begins to count: a resource that is gone by the end is no leak.
  const more = [...left.resourcesAtStart];
  const isNew = (name: string) => (more.includes(name) ? more.splice(more.indexOf(name), 1).length === 0 : true);
  expect(left.resources.filter(isNew)).toEqual([]);
  expect(left.clientGrowth).toBeLessThan(2 ** 20);
  expect(left.hostGrowth).toBeLessThan(2 ** 20);
});
