/** What a hostile client tries: each attack goes to one limit of docs/limits.md, and goes on until its process ends. */

import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { WINBIO_POOL_SYSTEM, WINBIO_TYPE_FINGERPRINT } from '../../src/core/constants.ts';
import { encodeFrame } from '../../src/protocol/binary-codec.ts';
import { type ClientMessage, PROTOCOL_VERSION } from '../../src/protocol/messages.ts';

/** Where the service is. */
export interface Target {
  readonly address: string;
  readonly url: string;
  readonly origin: string;
}

/** Counts what the attacker has done, or what was done to it. */
export type Tally = (what: 'connections' | 'closed' | 'messages' | 'answers', count?: number) => void;

export interface Attack {
  readonly name: string;
  readonly run: (target: Target, tally: Tally) => Promise<void>;
}

const MIB = 1 << 20;
const HELLO = encodeFrame({ type: 'hello', version: PROTOCOL_VERSION });
const SILENCE = new Uint8Array();
/** Its handle is 1. */
const OPEN_SESSION = encodeFrame({
  type: 'open',
  id: 1,
  request: {
    kind: 'open-session',
    handleKind: 'asynchronous',
    factor: WINBIO_TYPE_FINGERPRINT,
    poolType: WINBIO_POOL_SYSTEM,
    flags: 0,
    units: null,
    unitCount: 0,
    database: null,
  },
} as ClientMessage);
const ASK = { kind: 'get-setting', setting: 'enabled' } as const;

/** Resolves when it is closed, however that came about. */
function closed(socket: Socket | WebSocket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

/** Keeps so many connections open, beginning each with some bytes. Which are closed are opened again, after a while. */
async function crowd(size: number, open: () => Socket, begin: Uint8Array, tally: Tally): Promise<never> {
  const one = async () => {
    for (;;) {
      const socket = open();
      socket.on('error', () => {});
      socket.resume();
      socket.once('connect', () => {
        tally('connections');
        socket.write(begin);
      });
      await closed(socket);
      tally('closed');
      await delay(200);
    }
  };
  await Promise.all(Array.from({ length: size }, one));
  return await new Promise<never>(() => {});
}

/** One client that was let in, or was not: then it tries again. */
async function greeted(address: string, tally: Tally): Promise<Socket> {
  for (;;) {
    // Who never reads has many waiting for it to end.
    const socket = createConnection(address).setMaxListeners(0);
    socket.on('error', () => {});
    const ended = closed(socket);
    const begun = await Promise.race([
      once(socket, 'connect').then(() => {
        socket.write(HELLO);
        return once(socket, 'data');
      }),
      ended.then(() => undefined),
    ]).catch(() => undefined);
    if (begun !== undefined && !socket.destroyed) {
      tally('connections');
      socket.once('close', () => tally('closed'));
      return socket;
    }
    tally('closed');
    await delay(200);
  }
}

/** Clients that were let in, each doing the same again and again; who is thrown out comes back. */
async function insiders(
  size: number,
  { address }: Target,
  tally: Tally,
  act: (socket: Socket) => Promise<unknown>,
): Promise<never> {
  const one = async () => {
    for (;;) {
      const socket = await greeted(address, tally);
      while (!socket.destroyed) await act(socket);
      await delay(200);
    }
  };
  await Promise.all(Array.from({ length: size }, one));
  return await new Promise<never>(() => {});
}

/** Writes, and waits until there is room for more or the connection has ended. */
async function send(socket: Socket, bytes: Uint8Array): Promise<void> {
  if (socket.write(bytes)) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}

function frames(count: number, message: (i: number) => ClientMessage): Buffer {
  return Buffer.concat(Array.from({ length: count }, (_, i) => encodeFrame(message(i))));
}

/** The start of a frame that says it has so many bytes. */
function half(declared: number, sent: number): Buffer {
  const bytes = Buffer.alloc(4 + sent);
  bytes.writeUInt32BE(declared);
  return bytes;
}

function httpSocket({ url }: Target): () => Socket {
  const { port, hostname } = new URL(url);
  return () => createConnection(Number(port), hostname);
}

export const ATTACKS: readonly Attack[] = [
  {
    name: 'messages of 9 MB before the greeting, over WebSockets',
    async run({ url, origin }, tally) {
      const long = `[${'[],'.repeat(3 * MIB)}[]]`;
      for (;;) {
        const socket = new WebSocket(`${url.replace('http', 'ws')}/connect`, { origin });
        socket.on('error', () => {});
        const ended = closed(socket);
        socket.once('open', () => {
          tally('connections');
          socket.send(long);
          tally('messages');
        });
        await ended;
        tally('closed');
        await delay(20);
      }
    },
  },
  {
    name: '300 HTTP requests whose headers never end',
    run: (target, tally) =>
      crowd(300, httpSocket(target), Buffer.from('POST /pair HTTP/1.1\r\nHost: 127.0.0.1\r\n'), tally),
  },
  {
    name: '300 HTTP requests whose bodies never end',
    run: (target, tally) => {
      const head = `POST /pair HTTP/1.1\r\nHost: ${new URL(target.url).host}\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{`;
      return crowd(300, httpSocket(target), Buffer.from(head), tally);
    },
  },
  {
    name: '1,100 silent connections',
    run: ({ address }, tally) => crowd(1100, () => createConnection(address), SILENCE, tally),
  },
  {
    name: '1,100 connections that greet and stay',
    run: ({ address }, tally) => crowd(1100, () => createConnection(address), HELLO, tally),
  },
  {
    name: '150 unfinished messages of 10 MB',
    run: (target, tally) =>
      insiders(150, target, tally, async (socket) => {
        await send(socket, half(12 * MIB, 10 * MIB));
        tally('messages');
        await Promise.race([closed(socket), delay(30_000)]);
      }),
  },
  {
    name: '50 clients that ask without pause',
    run(target, tally) {
      const batch = frames(100, (i) => ({ type: 'call', id: i + 1, request: ASK }));
      return insiders(50, target, tally, async (socket) => {
        socket.resume();
        await send(socket, batch);
        tally('messages', 100);
        await delay(1);
      });
    },
  },
  {
    name: '20 clients that ask and do not read',
    run(target, tally) {
      const batch = frames(100, (i) => ({
        type: 'call',
        id: i + 1,
        request: { kind: 'enum-biometric-units', factor: 8 },
      }));
      return insiders(20, target, tally, async (socket) => {
        socket.pause();
        await Promise.race([send(socket, batch), delay(2000)]);
        tally('messages', 100);
        await delay(1);
      });
    },
  },
  {
    name: 'operations that wait, as many as there may be, withdrawn again',
    run(target, tally) {
      const some = 2000;
      return insiders(4, target, tally, async (socket) => {
        socket.resume();
        await send(socket, OPEN_SESSION);
        await delay(50);
        for (let first = 2; first < 40 * some && !socket.destroyed; first += some) {
          const waiting = (i: number): ClientMessage => ({
            type: 'submit',
            id: first + i,
            handle: 1,
            request: { kind: 'identify' },
          });
          await send(socket, frames(some, waiting));
          if (first > 2)
            await send(
              socket,
              frames(some, (i) => ({ type: 'withdraw', id: first - some + i })),
            );
          tally('messages', 2 * some);
          await delay(20);
        }
        socket.destroy();
      });
    },
  },
  {
    name: '8 clients that open sessions and close none',
    run(target, tally) {
      let id = 0;
      const request = { kind: 'open-framework' } as const;
      return insiders(8, target, tally, async (socket) => {
        socket.resume();
        await send(
          socket,
          frames(100, () => ({ type: 'open', id: ++id, request })),
        );
        tally('messages', 100);
        await delay(5);
      });
    },
  },
  {
    name: 'settings that change without end, each a line of the audit log',
    run(target, tally) {
      let id = 10;
      const opened = new WeakSet<Socket>();
      return insiders(4, target, tally, async (socket) => {
        socket.resume();
        if (!opened.has(socket)) await send(socket, OPEN_SESSION);
        opened.add(socket);
        const sid = `S-1-22-1-${process.getuid?.() ?? 0}`;
        const change = (i: number): ClientMessage => ({
          type: 'submit',
          id: ++id,
          handle: 1,
          request: {
            kind: 'set-property',
            propertyType: 3,
            propertyId: 1,
            unitId: 0,
            identity: { type: 'sid', sid },
            subFactor: 0,
            value: Uint8Array.of(i % 2, 0, 0, 0, 0, 0, 0, 0),
          },
        });
        await send(socket, frames(50, change));
        tally('messages', 50);
        await delay(10);
      });
    },
  },
  {
    name: '20 clients whose messages have countless values',
    run(target, tally) {
      // Arrays of arrays: a byte a value, and deep ones.
      const content = Buffer.alloc(2 * MIB, 0x90);
      content.set([0xdd, 0, 0x20, 0, 0]);
      const bytes = Buffer.concat([half(content.length, 0), content]);
      return insiders(20, target, tally, async (socket) => {
        socket.resume();
        await send(socket, bytes);
        tally('messages');
        await delay(20);
      });
    },
  },
];
