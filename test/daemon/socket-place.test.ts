/** The place of the socket: what lies there, who owns it, and what is left behind. */

import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect } from '../../src/exports/whorl/index.ts';
import { startHere, temporaryFolder } from './start.ts';

const isRoot = process.getuid?.() === 0;
let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => {
  delete process.env.WHORL_HOME;
  folder[Symbol.dispose]();
});

test('a file at the path is not removed', async () => {
  const socket = join(folder.path, 'precious.txt');
  writeFileSync(socket, 'precious');
  await expect(startHere(join(folder.path, 'state'), { socket })).rejects.toMatchObject({
    code: 'WHORL_E_CONFIGURATION',
    message: expect.stringContaining('no socket'),
  });
  expect(readFileSync(socket, 'utf8')).toBe('precious');
});

test('a second service does not take the socket of the first, whichever state it has', async () => {
  const socket = join(folder.path, 'whorl.sock');
  await using first = await startHere(join(folder.path, 'one'), { socket });
  await expect(startHere(join(folder.path, 'two'), { socket })).rejects.toMatchObject({
    message: expect.stringContaining('another service listens'),
  });
  await using service = await connect({ address: first.address });
  expect(await service.units()).toHaveLength(1);
});

test('a service that ends leaves the socket of its successor alone', async () => {
  const address = join(folder.path, 'whorl.sock');
  const daemon = await startHere(join(folder.path, 'one'), { socket: address });
  // Someone removed the socket and started another service there.
  rmSync(address);
  const successor = createServer().listen(address);
  await once(successor, 'listening');
  await daemon[Symbol.asyncDispose]();
  expect(existsSync(address)).toBe(true);
  await new Promise((resolve) => successor.close(resolve));
});

test.runIf(isRoot)(
  'what answers at a socket of another user is not trusted unless it is named (needs root)',
  async () => {
    const state = join(folder.path, 'whorl');
    mkdirSync(state);
    const address = join(state, 'whorl.sock');
    const impostor = createServer().listen(address);
    await once(impostor, 'listening');
    chownSync(address, 65_534, 65_534);
    process.env.WHORL_HOME = state;
    await expect(connect()).rejects.toMatchObject({
      code: 'E_ACCESSDENIED',
      stage: 'reach',
      message: expect.stringContaining('belongs to the user 65534'),
    });
    chownSync(address, 0, 0);
    chmodSync(state, 0o777);
    await expect(connect()).rejects.toMatchObject({ message: expect.stringContaining('other users may change') });
    await new Promise((resolve) => impostor.close(resolve));
  },
);
