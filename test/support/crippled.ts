/** A suite must notice an adapter that breaks a rule: what its tests break adapters with. */

import type { AdapterTest } from '../../src/testkit/suites/adapter-test.ts';

/** An object with some of its methods replaced; each gets the original. */
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
