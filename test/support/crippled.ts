/** Adapters that break one rule, which a suite must notice. */

import type { AdapterTest } from '../../src/testkit/suites/adapter-test.ts';

/** The same object with some members replaced. */
export function crippled<T extends object>(whole: T, broken: Partial<T>): T {
  return new Proxy(whole, {
    get(target, name) {
      const value = Reflect.get(name in broken ? broken : target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** Ids of the tests that fail. */
export async function failing(tests: readonly AdapterTest[]): Promise<string[]> {
  const ids: string[] = [];
  for (const each of tests) if (each.skipped === undefined) await each.run().catch(() => ids.push(each.id));
  return ids;
}
