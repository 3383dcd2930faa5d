import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CHECKLIST, TWICE } from './checklist.ts';

test('every test of fprintd is tested or answered once, by a test that is there', () => {
  const names = CHECKLIST.flatMap((row) => row.names);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length + TWICE.length).toBe(216);
  for (const row of CHECKLIST) {
    if ('answer' in row) continue;
    const source = readFileSync(join(import.meta.dirname, `${row.file}.test.ts`), 'utf8');
    expect(source, row.title).toContain(`test('${row.title}'`);
  }
});
