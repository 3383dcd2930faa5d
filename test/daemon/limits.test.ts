/** What one client, or one account, can take from the others: as much as docs/limits.md says. */

import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { unixUserSid } from '../../src/core/sid.ts';
import type { DaemonConfiguration } from '../../src/daemon/configuration/daemon-configuration.ts';
import type { Daemon } from '../../src/daemon/daemon.ts';
import { connect } from '../../src/exports/whorl/index.ts';
import { encodeFrame } from '../../src/protocol/binary-codec.ts';
import { pairingsOf, startHere, temporaryFolder } from './start.ts';

const ORIGIN = 'https://example.org';
let folder: ReturnType<typeof temporaryFolder>;
let daemon: Daemon;
const start = async (change: DaemonConfiguration) => {
  daemon = await startHere(folder.path, { http: { port: 0, origins: [ORIGIN] }, ...change });
};
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await daemon[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

async function raw(): Promise<Socket> {
  const socket = createConnection(daemon.address);
  await once(socket, 'connect');
  socket.on('error', () => {});
  return socket;
}

async function webSocket(): Promise<WebSocket> {
  const socket = new WebSocket(`${(daemon.url ?? '').replace('http', 'ws')}/connect`, { origin: ORIGIN });
  socket.on('error', () => {});
  await once(socket, 'open');
  return socket;
}

/** Resolves when it is closed; a reset on the way is no fault here. */
function closeOf(socket: Socket | WebSocket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
  });
}

/** The daemon still answers. */
async function answers(): Promise<boolean> {
  await using service = await connect({ address: daemon.address });
  return (await service.units()).length === 1;
}

const header = (length: number) =>
  Buffer.from([length >>> 24, (length >>> 16) & 0xff, (length >>> 8) & 0xff, length & 0xff]);

test('a client that has not greeted sends no long message, by either door', async () => {
  await start({});
  const socket = await raw();
  const ended = closeOf(socket);
  socket.write(header(5000));
  await ended;
  const page = await webSocket();
  const closed = closeOf(page);
  page.send(JSON.stringify({ type: 'hello', version: 1, token: 'x'.repeat(5000) }));
  await closed;
  // Many frames that never become a message are a long message too.
  const pieces = await webSocket();
  const over = closeOf(pieces);
  for (let i = 0; i < 100; i++) pieces.send('x'.repeat(100), { fin: false });
  await over;
  expect(await answers()).toBe(true);
});

test('a page that was let in sends no message of countless values', async () => {
  await start({});
  const { token } = pairingsOf(folder.path).add({
    origin: ORIGIN,
    sid: unixUserSid(process.getuid?.() ?? 0),
    administrator: false,
    mayEnroll: false,
  });
  const deep = `${'['.repeat(50)}${']'.repeat(50)}`;
  // Too many values, too deep, too long.
  for (const hostile of [`[${'[],'.repeat(300_000)}[]]`, deep, JSON.stringify('x'.repeat(1_100_000))]) {
    const page = await webSocket();
    page.send(JSON.stringify({ type: 'hello', version: 1, token }));
    expect(String((await once(page, 'message'))[0])).toContain('welcome');
    const closed = closeOf(page);
    page.send(hostile);
    await closed;
  }
  expect(await answers()).toBe(true);
});

test('an account has no more unanswered requests than its budget', async () => {
  await start({ limits: { operationsPerAccount: 5 } });
  await using service = await connect({ address: daemon.address });
  const sessions = await Promise.all(Array.from({ length: 4 }, () => service.openSession()));
  const stop = new AbortController();
  const waiting = sessions.map((session) => session.identify({ signal: stop.signal }).catch(({ name }) => name));
  await using other = await connect({ address: daemon.address });
  // Its fifth is taken, its sixth has no room.
  const fifth = await other.openSession();
  const taken = fifth.identify({ signal: stop.signal }).catch(({ name }) => name);
  await expect(other.openSession()).rejects.toMatchObject({ code: 'E_OUTOFMEMORY' });
  stop.abort();
  expect(await Promise.all([...waiting, taken])).toEqual(Array(5).fill('AbortError'));
  await (await other.openSession()).close();
});

test('an account has no more unhandled bytes than its budget, and gets them back', async () => {
  await start({ limits: { bytesPerAccount: 1 << 20 } });
  for (let round = 0; round < 3; round++) {
    const socket = await raw();
    socket.write(encodeFrame({ type: 'hello', version: 1 }));
    await once(socket, 'data');
    const closed = closeOf(socket);
    socket.write(header(3 << 20));
    socket.write(new Uint8Array(2 << 20));
    await closed;
    expect(await answers()).toBe(true);
  }
});

test('a request over HTTP has to arrive in time', { timeout: 20_000 }, async () => {
  await start({});
  const { hostname, port } = new URL(daemon.url ?? '');
  const slow = createConnection(Number(port), hostname);
  slow.on('error', () => {});
  await once(slow, 'connect');
  const closed = closeOf(slow);
  slow.write('GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ');
  const [answer] = await once(slow, 'data');
  expect(String(answer)).toContain('408');
  await closed;
});
