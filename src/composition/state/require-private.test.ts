/** A state directory that others can change is not taken. */

import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StateDirectory } from './state-directory.ts';
import { writeDurably } from './write-durably.ts';

let path: string;
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'whorl-private-'));
  mkdirSync(join(path, 'keys'), { mode: 0o700 });
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

test.skipIf(process.platform === 'win32').each([
  ['itself is open to all', () => chmodSync(path, 0o777), /can be written by other users: chmod go-w/],
  [
    'has keys open to a group',
    () => chmodSync(join(path, 'keys'), 0o770),
    /keys can be written by other users: chmod go-w/,
  ],
  [
    'has a file that all may write',
    () => {
      writeFileSync(join(path, 'keys', 'master.keys'), '');
      chmodSync(join(path, 'keys', 'master.keys'), 0o666);
    },
    /master\.keys can be written by other users/,
  ],
  [
    'has a key that is a link',
    () => symlinkSync(join(path, 'elsewhere'), join(path, 'keys', 'master.keys')),
    /master\.keys is a link: .*rm /,
  ],
] as const)('A state directory that %s is refused, and nothing is written', (_, damage, message) => {
  damage();
  expect(() => StateDirectory.take(path)).toThrowError(
    expect.objectContaining({ code: 'WHORL_E_CONFIGURATION', message: expect.stringMatching(message) }),
  );
  expect([existsSync(join(path, 'lock')), existsSync(join(path, 'elsewhere'))]).toEqual([false, false]);
});

test('A file is not written through a link that lies where it is made', () => {
  symlinkSync(join(path, 'elsewhere'), join(path, 'keys', 'file.new'));
  writeDurably(join(path, 'keys', 'file'), 'secret');
  expect(existsSync(join(path, 'elsewhere'))).toBe(false);
});
