/** A service that cannot have its files where it should says so at once: which path, and what to do. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '../../src/exports/whorl/index.ts';
import { startHere, temporaryFolder } from './start.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

const PLACES: [name: string, place: () => string, message: RegExp][] = [
  ['below a device', () => '/dev/null/whorl', /^state directory: \/dev\/null\/whorl: a part of the path is no folder/],
  [
    'that is a file',
    () => {
      const path = join(folder.path, 'state');
      writeFileSync(path, '');
      return path;
    },
    /state: it is no folder; give a folder that this user can make and write \(WHORL_HOME/,
  ],
  [
    'with a file for the databases',
    () => {
      writeFileSync(join(folder.path, 'databases'), '');
      return folder.path;
    },
    /databases: it is no folder/,
  ],
  [
    'with a folder for the lock',
    () => {
      mkdirSync(join(folder.path, 'lock'));
      return folder.path;
    },
    /lock: it is a folder/,
  ],
  [
    'too deep for a socket',
    () => join(folder.path, 'deep/'.repeat(30)),
    /^socket: \d+ bytes, at most 107: .*give a shorter path/,
  ],
];
// A file system of the kernel, in which nothing can be made; where there is one.
if (process.platform === 'linux') {
  PLACES.push(['of the kernel', () => '/proc/whorl', /^state directory: \/proc\/whorl: no folder can be made there/]);
}

test.each(PLACES)('a state directory %s', async (_, place, message) => {
  const refused = { code: 'WHORL_E_CONFIGURATION', message: expect.stringMatching(message) };
  const directory = place();
  await expect(startHere(directory)).rejects.toMatchObject(refused);
  if (directory.length < 100) {
    await expect(connect({ embedded: { state: { directory }, engineThreads: 1 } })).rejects.toMatchObject(refused);
  }
});

test('a socket where none can be', async () => {
  const file = join(folder.path, 'file');
  writeFileSync(file, '');
  await expect(startHere(folder.path, { socket: join(file, 'folder', 'whorl.sock') })).rejects.toMatchObject({
    code: 'WHORL_E_CONFIGURATION',
    message: expect.stringMatching(/^socket: .*whorl.sock: a part of the path is no folder; give another path/),
  });
});

test('a port that is taken', async () => {
  await using server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { readonly port: number };
  await expect(startHere(folder.path, { http: { port } })).rejects.toMatchObject({
    code: 'WHORL_E_CONFIGURATION',
    message: expect.stringMatching(`cannot listen on 127.0.0.1:${port}; give another one`),
  });
});
