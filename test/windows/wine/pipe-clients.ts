/**
 * What the tests of the socket show of clients that break the protocol, take too much or go away, over a named pipe. A
 * program for Node.js's own test runner, which runs where no other does.
 */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Daemon, type DaemonConfiguration, startDaemon } from '@whorl/daemon';
import { connect, isBiometricError } from 'whorl';
import { decodeFrame, encodeFrame } from '../../../src/protocol/binary-codec.ts';
import { FrameSplitter } from '../../../src/protocol/frame-splitter.ts';
import { PROTOCOL_VERSION } from '../../../src/protocol/messages.ts';

const folder = mkdtempSync(join(tmpdir(), 'whorl-pipe-'));
let daemon: Daemon;
let count = 0;

const start = (change: DaemonConfiguration = {}) =>
  startDaemon({ state: { directory: join(folder, String(++count)) }, engineThreads: 1, ...change });

/** What a client that sends anything hears, until the connection ends. */
async function rawClient(say: (socket: Socket) => void): Promise<readonly unknown[]> {
  const socket = createConnection(daemon.address);
  socket.on('error', () => {});
  await once(socket, 'connect');
  const heard: unknown[] = [];
  const splitter = new FrameSplitter(1 << 20);
  socket.on('data', (bytes) => {
    for (const content of splitter.push(bytes)) heard.push(decodeFrame(content));
  });
  say(socket);
  await once(socket, 'close');
  return heard;
}

async function answers(): Promise<void> {
  await using service = await connect({ address: daemon.address });
  assert.equal((await service.units()).length, 1);
}

const refusedAt = (heard: readonly unknown[]) =>
  (heard as { error?: { stage?: string } }[]).map((each) => each.error?.stage);
const hello = encodeFrame({ type: 'hello', version: PROTOCOL_VERSION });
const header = (length: number) => Uint8Array.of(length >>> 24, length >>> 16, length >>> 8, length);

before(async () => {
  daemon = await start();
});
after(async () => {
  await daemon[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

test('the address is a named pipe', () => assert.match(daemon.address, /^\\\\\.\\pipe\\whorl-/));

describe('a client that breaks the protocol', () => {
  test('of another version is told so', async () => {
    const heard = await rawClient((socket) => socket.write(encodeFrame({ type: 'hello', version: 99 } as never)));
    assert.deepEqual(refusedAt(heard), ['version']);
  });

  test('that does not greet is told so', async () => {
    const call = { type: 'call', id: 1, request: { kind: 'get-setting', setting: 'enabled' } };
    assert.deepEqual(refusedAt(await rawClient((socket) => socket.write(encodeFrame(call as never)))), ['request']);
  });

  for (const [what, message] of [
    ['a field too many', { type: 'call', id: 1, request: { kind: 'get-setting', setting: 'enabled', more: 1 } }],
    ['an unknown operation', { type: 'submit', id: 1, handle: 1, request: { kind: 'format-disk' } }],
    ['a text for a number', { type: 'submit', id: 1, handle: 'x', request: { kind: 'identify' } }],
    ['no message', 7],
  ] as const) {
    test(`with ${what} is given up, and nobody else`, async () => {
      await using other = await connect({ address: daemon.address });
      const heard = await rawClient((socket) => {
        socket.write(hello);
        socket.once('data', () => socket.write(encodeFrame(message as never)));
      });
      assert.deepEqual(heard, [{ type: 'welcome', version: PROTOCOL_VERSION }]);
      assert.equal((await other.units()).length, 1);
    });
  }

  test('with a frame that is too large is given up before it is sent', async () => {
    await rawClient((socket) => socket.write(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0)));
    await rawClient((socket) => socket.write(header(5000)));
    await answers();
  });

  test('that goes away in the middle of a frame leaves nothing', async () => {
    for (let round = 0; round < 20; round += 1) {
      const socket = createConnection(daemon.address);
      await once(socket, 'connect');
      socket.write(hello.subarray(0, 1 + (round % (hello.length - 1))));
      socket.destroy();
    }
    await answers();
  });
});

describe('clients of one service', () => {
  test('a handle is of its connection alone', async () => {
    await using one = await connect({ address: daemon.address });
    await using session = await one.openSession();
    const [unit] = await one.units();
    assert.ok(unit);
    await session.lockUnit(unit.unitId);
    const identify = { type: 'submit', id: 1, handle: 1, request: { kind: 'identify' } };
    const socket = createConnection(daemon.address);
    const splitter = new FrameSplitter(1 << 20);
    const { promise, resolve } = Promise.withResolvers<unknown>();
    socket.on('data', (bytes) => {
      for (const content of splitter.push(bytes)) {
        const message = decodeFrame(content) as { type: string };
        if (message.type === 'welcome') socket.write(encodeFrame(identify as never));
        else resolve(message);
      }
    });
    await once(socket, 'connect');
    socket.write(hello);
    const { type } = (await promise) as { type: string };
    socket.destroy();
    assert.notEqual(type, 'welcome');
    assert.equal((await one.units()).length, 1);
  });

  test('what a client held that is gone is given back at once', async () => {
    const first = await connect({ address: daemon.address });
    const holder = await first.openSession();
    const [unit] = await first.units();
    assert.ok(unit);
    await holder.lockUnit(unit.unitId);
    await using second = await connect({ address: daemon.address });
    await using session = await second.openSession();
    const lock = session.lockUnit(unit.unitId);
    first.channel.close();
    await lock;
  });

  test('one finger each in its turn', async () => {
    await using first = await connect({ address: daemon.address });
    await using second = await connect({ address: daemon.address });
    const [a, b] = await Promise.all([first.openSession(), second.openSession()]);
    const early = a.identify();
    await first.units();
    const late = b.identify();
    await second.units();
    const reader = first.virtualReader();
    await reader.touch({ person: 1, finger: 'right-index' });
    assert.equal((await late).kind, 'unknown-identity');
    await reader.touch({ person: 1, finger: 'right-index', impression: 1 });
    assert.equal((await early).kind, 'unknown-identity');
  });

  test('an account has no more unhandled bytes than its budget, and gets them back', async () => {
    const own = await start({ limits: { bytesPerAccount: 1 << 20 } });
    for (let round = 0; round < 3; round += 1) {
      const socket = createConnection(own.address);
      // The pipe ends while it is written to.
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.write(hello);
      await once(socket, 'data');
      const { promise: closed, resolve } = Promise.withResolvers<void>();
      socket.once('close', () => resolve());
      socket.write(header(3 << 20));
      socket.write(new Uint8Array(2 << 20));
      await closed;
      await using service = await connect({ address: own.address });
      assert.equal((await service.units()).length, 1);
    }
    await own[Symbol.asyncDispose]();
  });
});

describe('the place of the pipe', () => {
  test('a second service does not take the pipe of the first, whichever state it has', async () => {
    await assert.rejects(start({ socket: daemon.address }), /another service listens/);
    await answers();
  });

  test('a pipe that something else serves is not taken', async () => {
    const address = `\\\\.\\pipe\\whorl-taken-${process.pid}`;
    const other = createServer().listen(address);
    await once(other, 'listening');
    await assert.rejects(start({ socket: address }), isBiometricError);
    await new Promise((resolve) => other.close(resolve));
  });

  test('a state directory has one service', async () => {
    const directory = join(folder, String(count + 1));
    const one = await start();
    await assert.rejects(startDaemon({ state: { directory }, engineThreads: 1 }), { code: 'WHORL_E_STATE_LOCKED' });
    await one[Symbol.asyncDispose]();
  });

  test('where nobody listens, a client is told that the service does not run', async () => {
    await assert.rejects(connect({ address: '\\\\.\\pipe\\whorl-nobody' }), { code: 'WHORL_E_SERVICE_NOT_RUNNING' });
  });
});
