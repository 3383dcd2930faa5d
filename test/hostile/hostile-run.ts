/** Sends a daemon what no client would, while an honest client keeps asking: the daemon stays up, quick and small. */

import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { connect, type WhorlService } from '../../src/exports/whorl/index.ts';
import { decodeFrame, encodeFrame } from '../../src/protocol/binary-codec.ts';
import { FRAME_HEADER_BYTES, FrameSplitter } from '../../src/protocol/frame-splitter.ts';
import { PROTOCOL_VERSION } from '../../src/protocol/messages.ts';
import { seededRandom } from '../../src/testkit/seeded-random.ts';
import { startProcess, temporaryFolder } from '../daemon/start.ts';
import { HonestClient } from './honest-client-process.ts';

const LANES = 32;
const CROWD = 1000;
/** How long latency is measured without an attack, and memory is given to settle, unless told otherwise, milliseconds. */
const MEASURE_MS = 3000;
/** Looks at the memory while it settles. */
const LOOKS = 5;
/**
 * An honest request follows each hostile one: its answer, or the end of the connection, shows that the hostile one was
 * handled.
 */
const PROBE_ID = 4_000_000;
const PROBE = encodeFrame({ type: 'call', id: PROBE_ID, request: { kind: 'get-setting', setting: 'enabled' } });
const HELLO = encodeFrame({ type: 'hello', version: PROTOCOL_VERSION });
const identity = { type: 'sid', sid: 'S-1-22-1-1000' };

/** One message of each kind a client sends; hostile frames are mutations of these. */
const CORPUS = [
  { type: 'hello', version: PROTOCOL_VERSION, token: 'x' },
  {
    type: 'open',
    id: 1,
    request: {
      kind: 'open-session',
      handleKind: 'asynchronous',
      factor: 8,
      poolType: 1,
      flags: 0,
      units: null,
      unitCount: 0,
      database: null,
    },
  },
  { type: 'open', id: 2, request: { kind: 'open-framework' } },
  ...[
    { kind: 'capture-sample', purpose: 1, flags: 32 },
    { kind: 'identify' },
    { kind: 'verify', identity, subFactor: 2 },
    { kind: 'enroll-begin', subFactor: 2, unitId: 1 },
    { kind: 'enroll-select', selector: 5n },
    { kind: 'delete-template', unitId: 1, identity, subFactor: 2 },
    { kind: 'get-property', propertyType: 2, propertyId: 1, unitId: 1, identity: null, subFactor: 0 },
    {
      kind: 'set-property',
      propertyType: 3,
      propertyId: 2,
      unitId: 0,
      identity,
      subFactor: 0,
      value: new Uint8Array(8),
    },
    {
      kind: 'control-unit',
      privileged: false,
      unitId: 1,
      component: 1,
      controlCode: 1,
      sendBuffer: new Uint8Array(16),
      receiveBufferSize: 16,
    },
    { kind: 'register-event-monitor', eventMask: 1 },
    { kind: 'cancel' },
    { kind: 'close' },
  ].map((request, i) => ({ type: 'submit', id: 10 + i, handle: 1, request })),
  { type: 'call', id: 40, request: { kind: 'get-credential-state', identity, type: 1 } },
  { type: 'call', id: 41, request: { kind: 'set-credential', type: 1, credential: new Uint8Array(20), format: 1 } },
  { type: 'extension', id: 50, name: 'virtual-reader', body: { kind: 'reject', reader: 'virtual', detail: 9 } },
  { type: 'withdraw', id: 11 },
].map((message) => encodeFrame(message).subarray(FRAME_HEADER_BYTES));

/** What the run measured. */
export interface HostileReport {
  readonly frames: number;
  readonly seed: number;
  /** Frames that ended their connection; the others were answered or did nothing. */
  readonly refused: number;
  /** 99th percentile of honest requests, microseconds. */
  readonly quietP99: number;
  readonly attackedP99: number;
  /** The same under an equal load of honest clients: the effect of the load alone. */
  readonly busyP99: number;
  /** Resident memory after a tenth of the frames, and at the end of the run, bytes. */
  readonly residentBefore: number;
  readonly residentAfter: number;
  readonly crowd: number;
}

/** How an attack is watched. */
export interface HostileOptions {
  readonly log?: (line: string) => void;
  /** How long each measurement takes; who reads none of them needs little. */
  readonly measureMs?: number;
}

/** Runs the attack. Rejects when the daemon does not survive. */
export async function runHostile(
  frames: number,
  seed: number,
  { log = () => {}, measureMs = MEASURE_MS }: HostileOptions = {},
): Promise<HostileReport> {
  using folder = temporaryFolder();
  const daemon = await startProcess(folder.path, { log: { level: 'silent' } });
  const { address } = daemon;
  try {
    await using service = await connect({ address });
    const first = await fuzz(address, Math.ceil(frames / 10), seed, log);
    const residentBefore = await settledMemory(service, measureMs);
    using honest = await HonestClient.start(address);
    const quietP99 = await honest.while(delay(measureMs));
    const busyP99 = await honest.while(honestLoad(address, measureMs));
    const attack = fuzz(address, frames - Math.ceil(frames / 10), seed + 1, log);
    const attackedP99 = await honest.while(attack);
    honest[Symbol.dispose]();
    const crowd = await otherMischief(address);
    const residentAfter = await settledMemory(service, measureMs);
    if (daemon.child.exitCode !== null) throw new TypeError('the daemon ended');
    const refused = first + (await attack);
    return { frames, seed, refused, quietP99, busyP99, attackedP99, residentBefore, residentAfter, crowd };
  } finally {
    await daemon.end('SIGTERM');
  }
}

/** Sends mutated frames and waits until each is handled; returns how many ended their connection. */
async function fuzz(address: string, frames: number, seed: number, log: (line: string) => void): Promise<number> {
  let sent = 0;
  let refused = 0;
  const lane = async (number: number) => {
    const random = seededRandom(seed * 1000 + number);
    let client: HostileClient | undefined;
    while (sent < frames) {
      sent += 1;
      if (sent % 50_000 === 0) log(`${sent} of ${frames} frames, ${refused} refused`);
      client ??= await HostileClient.greet(address);
      if (await client.survives(changed(random))) continue;
      refused += 1;
      client = undefined;
    }
    client?.end();
  };
  await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));
  return refused;
}

/** A frame of the corpus with some bytes changed, dropped, doubled or cut off. */
function changed(random: () => number): Uint8Array {
  const below = (limit: number) => Math.floor(random() * limit);
  let content = Uint8Array.from(CORPUS[below(CORPUS.length)] as Uint8Array);
  for (let changes = 1 + below(4); changes > 0; changes--) {
    const at = below(content.length);
    const how = below(8);
    if (how < 5) content[at] = below(256);
    else if (how === 5) content = content.slice(0, Math.max(1, at));
    else if (how === 6) content = Uint8Array.of(...content.subarray(0, at), ...content.subarray(at >> 1));
    else content = Uint8Array.of(...content.subarray(0, at), 0xdd, 0xff, 0xff, 0xff, 0xff, ...content.subarray(at));
  }
  const frame = new Uint8Array(FRAME_HEADER_BYTES + content.length);
  new DataView(frame.buffer).setUint32(0, content.length);
  frame.set(content, FRAME_HEADER_BYTES);
  return frame;
}

class HostileClient {
  readonly #socket: Socket;
  #judged: (survived: boolean) => void = () => {};

  private constructor(socket: Socket) {
    this.#socket = socket;
    const splitter = new FrameSplitter(64 << 20);
    socket.on('data', (bytes) => {
      for (const content of splitter.push(bytes)) {
        const message = decodeFrame(content) as { type: string; id?: number };
        if (message.type === 'welcome' || message.id === PROBE_ID) this.#judged(true);
      }
    });
    socket.on('error', () => {});
    socket.on('close', () => this.#judged(false));
  }

  static async greet(address: string): Promise<HostileClient> {
    const socket = createConnection(address);
    const client = new HostileClient(socket);
    await client.#say(HELLO);
    return client;
  }

  survives(frame: Uint8Array): Promise<boolean> {
    return this.#say(Buffer.concat([frame, PROBE]));
  }

  end(): void {
    this.#socket.destroy();
  }

  #say(bytes: Uint8Array): Promise<boolean> {
    return new Promise((resolve) => {
      this.#judged = resolve;
      this.#socket.write(bytes);
    });
  }
}

/** False lengths, frames that never end, and a thousand silent clients. */
async function otherMischief(address: string): Promise<number> {
  const open = async (bytes: Uint8Array): Promise<Socket> => {
    const socket = createConnection(address);
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.write(bytes);
    return socket;
  };
  const lies = await Promise.all(
    [0xffffffff, 0x7fffffff, 64 << 20].map((n) => open(Uint8Array.of(n >>> 24, n >>> 16, n >>> 8, n))),
  );
  await Promise.all(lies.map((socket) => (socket.destroyed ? undefined : once(socket, 'close'))));
  const crowd: Socket[] = [];
  for (let i = 0; i < CROWD; i++) crowd.push(await open(HELLO.subarray(0, i % HELLO.length)));
  const slow = await open(new Uint8Array());
  for (const byte of HELLO) {
    slow.write(Uint8Array.of(byte));
    await delay(2);
  }
  for (const socket of [...crowd, slow]) socket.destroy();
  return crowd.length;
}

/** Honest clients, as many as there are hostile ones. */
async function honestLoad(address: string, ms: number): Promise<void> {
  const endMs = performance.now() + ms;
  await Promise.all(
    Array.from({ length: LANES }, async () => {
      const client = await HostileClient.greet(address);
      while (performance.now() < endMs) await client.survives(new Uint8Array());
      client.end();
    }),
  );
}

/** Resident memory at rest: the least of several readings. */
async function settledMemory(service: WhorlService, withinMs: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let look = 0; look < LOOKS; look++) {
    await delay(withinMs / LOOKS);
    least = Math.min(least, (await service.administration.health()).residentBytes);
  }
  return least;
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
