/** Command lines of Windows, by the examples of the C runtime's reference. */

import { expect, test } from 'vitest';
import { commandLineOf } from './command-line.ts';

test.each([
  [['serve'], 'serve'],
  [['a b c', 'd', 'e'], '"a b c" d e'],
  [['ab"c', '\\', 'd'], '"ab\\"c" \\ d'],
  [['a\\\\b', 'de fg', 'h'], 'a\\\\b "de fg" h'],
  [['a\\"b c'], '"a\\\\\\"b c"'],
  [['C:\\with space\\'], '"C:\\with space\\\\"'],
  [[''], '""'],
])('%j becomes %s', (args, text) => {
  expect(commandLineOf('C:\\Program Files\\node.exe', args)).toBe(`"C:\\Program Files\\node.exe" ${text}`);
});
