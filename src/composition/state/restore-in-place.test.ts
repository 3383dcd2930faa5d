/** A backup is moved in, whatever instant a kill comes at: the next start goes on. */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { markReady, RESTORING_FOLDER, restorationOf, restoreInPlace } from './restore-in-place.ts';

let directory: string;
const at = (...names: string[]) => join(directory, ...names);

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'whorl-restore-'));
  for (const folder of ['databases', 'keys', 'backups', RESTORING_FOLDER]) mkdirSync(at(folder));
  for (const folder of ['databases', 'keys']) mkdirSync(at(RESTORING_FOLDER, folder));
  const write = (value: string, ...names: string[]) => writeFileSync(at(...names), value);
  write('now', 'databases', 'a.db');
  write('now', 'keys', 'master.keys');
  write('now', 'audit.log');
  write('now', 'people.db-wal');
  write('kept', 'whorl.config.json');
  write('kept', 'backups', 'b');
  write('then', RESTORING_FOLDER, 'databases', 'a.db');
  write('then', RESTORING_FOLDER, 'keys', 'master.keys');
  write('then', RESTORING_FOLDER, 'audit.log');
  markReady(directory);
});
afterEach(() => rmSync(directory, { recursive: true }));

function expectRestored(): void {
  expect(restorationOf(directory)).toBeUndefined();
  for (const names of [['databases', 'a.db'], ['keys', 'master.keys'], ['audit.log']]) {
    expect(readFileSync(at(...names), 'utf8')).toBe('then');
  }
  // What belongs to the state of now alone is not beside the state of then.
  expect(existsSync(at('people.db-wal'))).toBe(false);
  expect(readFileSync(at('whorl.config.json'), 'utf8')).toBe('kept');
  expect(readFileSync(at('backups', 'b'), 'utf8')).toBe('kept');
  const [aside = ''] = readdirSync(at('before-restore'));
  for (const names of [['databases', 'a.db'], ['keys', 'master.keys'], ['audit.log'], ['people.db-wal']]) {
    expect(readFileSync(at('before-restore', aside, ...names), 'utf8')).toBe('now');
  }
}

test('at once', () => {
  restoreInPlace(directory);
  expectRestored();
});

test('after a kill while the state of now was moved aside', () => {
  const stamp = readFileSync(at('restoring.ready'), 'utf8').trim();
  mkdirSync(at('before-restore', stamp), { recursive: true });
  renameSync(at('databases'), at('before-restore', stamp, 'databases'));
  renameSync(at('audit.log'), at('before-restore', stamp, 'audit.log'));
  restoreInPlace(directory);
  expectRestored();
});

test('after a kill while the backup was moved in', () => {
  const stamp = readFileSync(at('restoring.ready'), 'utf8').trim();
  mkdirSync(at('before-restore', stamp), { recursive: true });
  for (const name of ['databases', 'keys', 'audit.log', 'people.db-wal']) {
    renameSync(at(name), at('before-restore', stamp, name));
  }
  writeFileSync(at('restoring.moved'), stamp);
  renameSync(at(RESTORING_FOLDER, 'keys'), at('keys'));
  mkdirSync(at('databases'));
  writeFileSync(at('databases', 'lock'), '');
  restoreInPlace(directory);
  expectRestored();
});

test('after a kill when all was in place but the marks', () => {
  restoreInPlace(directory);
  writeFileSync(at('restoring.moved'), '');
  restoreInPlace(directory);
  expectRestored();
});
