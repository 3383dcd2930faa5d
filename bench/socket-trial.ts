/** One trial of one row over the socket of a daemon process; prints { value, floor }. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type WhorlService } from '../src/exports/whorl/index.ts';
import { encodeFrame } from '../src/protocol/binary-codec.ts';
import { FrameSplitter } from '../src/protocol/frame-splitter.ts';
import { cancelTimes, getProperty, openAsyncSession } from './async-session.ts';
import { cpuTime } from './cpu-time.ts';
import { percentile, type Trial, timed } from './trial.ts';

const WARM_UP = 2000;
const ROUNDS = 5000;
/** As large as a request and its answer. */
const PAYLOAD = {
  type: 'done',
  id: 1,
  completion: { hresult: 0, sequence: 1, startedAtMs: 1.7e12, unitId: 1, values: {} },
};

const trials: Record<string, (folder: string) => Promise<Trial>> = {
  'socket-round-trip': roundTrip,
  'socket-round-trip-cpu': roundTripCpu,
  'socket-cancel': cancel,
  'first-session': firstSession,
  'idle-memory': idleMemory,
};
const folder = mkdtempSync(join(tmpdir(), 'whorl-bench-'));
try {
  console.log(JSON.stringify(await trials[process.argv[2] ?? '']?.(folder)));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function roundTrip(path: string): Promise<Trial> {
  const times = await withDaemon(path, async (service) => {
    const session = await openAsyncSession(service);
    return await timed(ROUNDS, WARM_UP, () => session.once(() => getProperty(session)));
  });
  return { value: percentile(times, 0.5), floor: percentile(await echoTimes(path), 0.5) };
}

/** Microseconds of CPU time a round trip, of both processes. */
async function roundTripCpu(path: string): Promise<Trial> {
  const value = await withDaemon(path, async (service, pid) => {
    const session = await openAsyncSession(service);
    return await cpuPerRound(pid, () => session.once(() => getProperty(session)));
  });
  await using echo = await startEcho(path);
  return { value, floor: await cpuPerRound(echo.pid, echo.ask) };
}

/** Microseconds of CPU time of a round, of this process and another one, after a warm-up. */
async function cpuPerRound(pid: number, action: () => Promise<void>): Promise<number> {
  await timed(0, WARM_UP, action);
  const before = cpuTime([pid]);
  await timed(10 * ROUNDS, 0, action);
  return (cpuTime([pid]) - before) / (10 * ROUNDS);
}

async function cancel(path: string): Promise<Trial> {
  const times = await withDaemon(path, async (service) => cancelTimes(service, await openAsyncSession(service)));
  return { value: percentile(times, 0.99), floor: percentile(await echoTimes(path), 0.99) };
}

/** Milliseconds from the start of the process; the floor is a process that prints a line. */
async function firstSession(path: string): Promise<Trial> {
  const start = performance.now();
  const value = await withDaemon(path, async (service) => {
    await service.openSession();
    return performance.now() - start;
  });
  const began = performance.now();
  const child = spawn(process.execPath, ['-e', 'console.log(1)'], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const floor = performance.now() - began;
  await once(child, 'exit');
  return { value, floor };
}

/** Megabytes; the floor is a process that does nothing. */
async function idleMemory(path: string): Promise<Trial> {
  const value = await withDaemon(path, async (service) => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const status = (await service.channel.ask('administration', { kind: 'status' })) as { residentBytes: number };
    return status.residentBytes / 2 ** 20;
  });
  const child = spawn(process.execPath, ['-e', 'console.log(process.memoryUsage.rss())'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [rss] = (await once(child.stdout, 'data')) as [Buffer];
  await once(child, 'exit');
  return { value, floor: Number(rss.toString()) / 2 ** 20 };
}

async function withDaemon<T>(path: string, use: (service: WhorlService, pid: number) => Promise<T>): Promise<T> {
  const address = join(path, 'whorl.sock');
  const child = spawn(process.execPath, ['packages/daemon/dist/cli/main.js', 'serve'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, WHORL_HOME: path },
  });
  try {
    await once(child.stdout, 'data');
    const service = await connect({ address });
    const used = await use(service, child.pid ?? 0);
    await service.close();
    return used;
  } finally {
    await end(child);
  }
}

async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

/** Round trips of a bare echo of another process. */
async function echoTimes(path: string): Promise<number[]> {
  await using echo = await startEcho(path);
  return await timed(ROUNDS, WARM_UP, echo.ask);
}

/** A bare echo of another process. */
async function startEcho(path: string) {
  const address = join(path, 'echo.sock');
  const child = spawn(process.execPath, ['bench/echo-socket.ts', address], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const socket = createConnection(address);
  await once(socket, 'connect');
  let arrived = () => {};
  const splitter = new FrameSplitter(1 << 20);
  socket.on('data', (bytes) => {
    for (const _ of splitter.push(bytes)) arrived();
  });
  const frame = encodeFrame(PAYLOAD);
  return {
    pid: child.pid ?? 0,
    ask: () =>
      new Promise<void>((resolve) => {
        arrived = resolve;
        socket.write(frame);
      }),
    async [Symbol.asyncDispose]() {
      socket.destroy();
      await end(child);
    },
  };
}
