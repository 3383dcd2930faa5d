/** What the command line says of what people type, before anything begins. */

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/command-table.ts';
import { temporaryFolder } from './start.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder[Symbol.dispose]());

function whorl(...args: readonly string[]) {
  const env = { ...process.env, WHORL_HOME: folder.path, WHORL_SOCKET: join(folder.path, 'none.sock'), NO_COLOR: '1' };
  return spawnSync(process.execPath, ['src/cli/main.ts', ...args], { env, encoding: 'utf8' });
}

test.each([
  [['identify', '--seconds', '-1'], /--seconds is -1; give seconds, 0 to/],
  [['identify', '--unit', '0'], /--unit is 0; give a whole number/],
  [['identify', '--unit', 'front'], /option '--unit <n>' argument 'front' is invalid. give a number/],
  [['identify', '--private', 'x'], /--private is 'x'; give the GUID of a database/],
  [['verify', '--identity', 'me'], /--identity is 'me'; give a SID or a GUID/],
  [['enroll', '--finger', 'right-indx'], /--finger is 'right-indx'; give 'right-index'/],
  [['touch', '--image', '/nope.png'], /--image is '\/nope\.png'; give a file that exists/],
  [['touch', 'right-indx'], /\[what\] is 'right-indx'; give 'right-index'/],
  [['capture', '/nope/finger.png'], /<file> is '.*'; give a file in a folder that exists: \/nope does not/],
  [['export', '/nope/backup', '--passphrase-file', '/nope'], /<file> is .*folder that exists/],
  [['export', 'backup'], /required option '--passphrase-file <file>' not specified/],
  [['extract', 'none.png'], /cannot read none\.png/],
  [['bench', 'accuracy', 'none'], /cannot read folder none/],
  [['compare', 'a.png', 'b.png', '--max-fmr', '2'], /--max-fmr is 2; give a rate/],
  [['pool', 'create', '--record-limit', '0'], /--record-limit is 0/],
  [['serve', '--http', '70000'], /--http is '70000'; give a port/],
  [['completion', 'bsh'], /<shell> is 'bsh'; give 'bash'/],
  [['identfy'], /unknown command 'identfy' \(Did you mean identify\?\)/],
  [['keys', 'rotat'], /unknown command 'rotat' \(Did you mean rotate\?\)/],
  [['identify', '--secnds', '3'], /unknown option '--secnds' \(Did you mean --seconds\?\)/],
])('%j is refused by name, with what it may be', (args, says) => {
  const { status, stdout, stderr } = whorl(...args);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(says);
  // A code, what is wrong, what to do; no help of a page, and no stack.
  expect(stderr).toMatch(/^E_INVALIDARG: .*\n.*\n$/);
});

test('help fits a terminal of 80 columns, in columns', () => {
  const { stdout } = whorl('--help');
  expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(stdout).toMatch(/^ {2}tour {2,}walk through/m);
});

test('every flag that takes a value has a rule', () => {
  const without = COMMANDS.flatMap(({ name, options }) =>
    options.filter(([flags, , rule]) => /[<[]/.test(flags) && rule === undefined).map(([flags]) => `${name} ${flags}`),
  );
  expect(without).toEqual([]);
});

test('a reader that has seen enough ends the command quietly', async () => {
  const child = spawn('bash', [
    '-c',
    `"${process.execPath}" src/cli/main.ts completion bash | true; echo "\${PIPESTATUS[0]}"`,
  ]);
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    err += text;
  });
  await once(child, 'close');
  expect([out, err]).toEqual(['0\n', '']);
});

describe('Node.js that is too old', () => {
  const old = oldNode();
  test.skipIf(old === undefined)('is told so, before anything else is loaded', () => {
    const entry = join(folder.path, 'main.mjs');
    writeFileSync(entry, stripTypeScriptTypes(readFileSync('src/cli/main.ts', 'utf8')));
    const { status, stderr } = spawnSync(old ?? '', [entry], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^Whorl needs Node\.js 24 or later; this is v\d+\.[\d.]+\.\n$/),
    ]);
  });
});

/** A node of this machine that is older than the one Whorl needs; undefined where there is none to test with. */
function oldNode(): string | undefined {
  const found = (process.env.PATH ?? '').split(delimiter).map((path) => join(path, 'node'));
  return found.find((path) => {
    if (!existsSync(path)) return false;
    const [, major] = /^v(\d+)/.exec(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout) ?? [];
    return Number(major) < 24;
  });
}
