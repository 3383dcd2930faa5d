/** A log that makes room for itself. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LogFile } from './log-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whorl-log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a file that is large becomes the earlier one, and only one is kept', () => {
  const path = join(folder, 'whorl.log');
  using log = new LogFile(path, 8);
  for (const line of ['first\n', 'second\n', 'third\n', 'fourth\n', 'fifth\n']) log.write(line);
  expect([readFileSync(`${path}.1`, 'utf8'), readFileSync(path, 'utf8')]).toEqual(['third\nfourth\n', 'fifth\n']);
});

test('a file goes on where it ended, and nothing is written after its end', () => {
  const path = join(folder, 'whorl.log');
  for (const line of ['one\n', 'two\n']) {
    const log = new LogFile(path);
    log.write(line);
    log[Symbol.dispose]();
    log[Symbol.dispose]();
    log.write('too late\n');
  }
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
});
