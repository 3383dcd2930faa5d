/** Values that are given one by one to an option that takes several. */

import { expect, test } from 'vitest';
import { PEOPLE_COMMANDS } from './people.ts';

const ruleOf = (command: string, flag: string) =>
  PEOPLE_COMMANDS.find(({ name }) => name === command)?.options.find(([flags]) => flags.startsWith(flag))?.[2];

test.each(['journal list', 'journal follow', 'journal export'])(
  '%s --kind takes kinds, and says what may be',
  (name) => {
    const rule = ruleOf(name, '--kind ');
    for (const value of ['recognised', ['recognised', 'not-valid']]) expect(rule?.(value)).toBeUndefined();
    for (const value of ['nonsense', ['recognised', 'nonsense']]) expect(rule?.(value)).toContain('not-valid');
  },
);
