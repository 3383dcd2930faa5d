/** Names of figures as people read them. */

import { expect, test } from 'vitest';
import { labelOf } from './bench-run.ts';

test.each([
  ['templateBytes', 'template, bytes'],
  ['extractMs', 'extract, ms'],
  ['compareNonMatedUs', 'compare non mated, µs'],
  ['extractionFailures', 'extraction failures'],
  ['fmr1000', 'FNMR at FMR 1/1000, %'],
  ['cpu', 'processor'],
])('%s is %j', (name, label) => {
  expect(labelOf(name)).toBe(label);
});
