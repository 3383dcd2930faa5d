/** One trial of one row of the session benchmark, in a process of its own; prints { value, floor }. */

import { Worker } from 'node:worker_threads';
import { connect } from '../src/exports/whorl/connect.ts';
import { FingerprintEngine, PackedGallery } from '../src/fingerprint/index.ts';
import { cancelTimes, getProperty, openAsyncSession } from './async-session.ts';
import { cpuTime } from './cpu-time.ts';
import { enrolledFinger, galleryTemplates } from './session-gallery.ts';
import { percentile, type Trial, timed } from './trial.ts';

const WARM_UP = 2000;
const ROUNDS = 5000;
const REQUEST = {
  type: 'submit',
  id: 1,
  handle: 1,
  request: { kind: 'get-property', type: 2, property: 1, unitId: 1 },
};
const ANSWER = {
  type: 'done',
  id: 1,
  completion: { hresult: 0, sequence: 1, startedAtMs: Date.now(), unitId: 1, values: { property: 4 } },
};

const [row = '', directory = ''] = process.argv.slice(2);
const trials: Record<string, () => Promise<Trial>> = {
  'round-trip': roundTrip,
  'round-trip-cpu': roundTripCpu,
  cancel,
  throughput,
  'open-close': openClose,
  identify,
};
console.log(JSON.stringify(await trials[row]?.()));

async function roundTrip(): Promise<Trial> {
  await using session = await openSession();
  const times = await timed(ROUNDS, WARM_UP, () => session.once(() => getProperty(session)));
  return { value: percentile(times, 0.5), floor: percentile(await echoTimes(), 0.5) };
}

/** Microseconds of CPU time a round trip, of both threads. */
async function roundTripCpu(): Promise<Trial> {
  await using session = await openSession();
  const value = await cpuPerRound(() => session.once(() => getProperty(session)));
  await using echo = startEcho();
  return { value, floor: await cpuPerRound(echo.ask) };
}

async function cancel(): Promise<Trial> {
  await using session = await openSession();
  const times = await cancelTimes(session.service, session);
  return { value: percentile(times, 0.99), floor: percentile(await echoTimes(), 0.99) };
}

async function throughput(): Promise<Trial> {
  await using session = await openSession();
  const { notice } = session;
  const burst = 9999; // the queue of a handle holds 10,000
  const rates: number[] = [];
  for (let i = 0; i < 8; i++) {
    const all = notice(burst);
    const start = performance.now();
    for (let n = 0; n < burst; n++) void getProperty(session);
    await all;
    if (i >= 3) rates.push((1000 * burst) / (performance.now() - start));
  }
  return { value: percentile(rates, 0.5), floor: await echoRate(burst) };
}

async function openClose(): Promise<Trial> {
  await using service = await connect({ embedded: { state: 'memory', engineThreads: 1 } });
  const times = await timed(1000, WARM_UP, async () => {
    await (await service.openSession()).close();
  });
  return { value: percentile(times, 0.5), floor: 2 * percentile(await echoTimes(), 0.5) };
}

async function identify(): Promise<Trial> {
  const templates = galleryTemplates();
  const image = enrolledFinger(2);
  const configuration = { state: { directory }, readers: [{ kind: 'virtual', earlyTouch: 'kept' }] } as const;
  await using service = await connect({ embedded: configuration });
  await using session = await service.openSession();
  const reader = service.virtualReader();
  const times: number[] = [];
  for (let i = 0; i < 25; i++) {
    const identification = session.identify();
    await service.units();
    const start = performance.now();
    void reader.present(image);
    const outcome = await identification;
    if (outcome.kind !== 'identified') throw new TypeError(`the finger was not identified: ${outcome.kind}`);
    if (i >= 5) times.push(performance.now() - start);
  }
  await using engine = new FingerprintEngine();
  const gallery = new PackedGallery();
  for (const [i, template] of templates.entries()) gallery.add(i + 1, template);
  const signal = new AbortController().signal;
  const { encodeFingerprintSample } = await import('../src/formats/bir/fingerprint-sample.ts');
  const sample = encodeFingerprintSample(image, { purpose: 1 });
  const floors: number[] = [];
  for (let i = 0; i < 25; i++) {
    const start = performance.now();
    const extraction = await engine.extract(sample, 1, { signal });
    if (extraction.kind === 'features') await engine.identify(extraction.features, gallery, { signal });
    if (i >= 5) floors.push(performance.now() - start);
  }
  return { value: percentile(times, 0.5), floor: percentile(floors, 0.5) };
}

/** A session on an embedded service. */
async function openSession() {
  const service = await connect({ embedded: { state: 'memory', engineThreads: 1 } });
  const session = await openAsyncSession(service);
  return { ...session, service, [Symbol.asyncDispose]: () => service.close() };
}

/** Microseconds of CPU time of a round, after a warm-up. */
async function cpuPerRound(action: () => Promise<void>): Promise<number> {
  await timed(0, WARM_UP, action);
  const before = cpuTime();
  await timed(10 * ROUNDS, 0, action);
  return (cpuTime() - before) / (10 * ROUNDS);
}

/** Round trips of the bare port. */
async function echoTimes(): Promise<number[]> {
  await using echo = startEcho();
  return await timed(ROUNDS, WARM_UP, echo.ask);
}

/** The bare port to another thread. */
function startEcho() {
  const worker = new Worker(new URL('./echo-worker.ts', import.meta.url), { workerData: ANSWER });
  let arrived = () => {};
  worker.on('message', () => arrived());
  return {
    ask: () =>
      new Promise<void>((resolve) => {
        arrived = resolve;
        worker.postMessage(REQUEST);
      }),
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}

/** Echoes per second with `burst` requests under way. */
async function echoRate(burst: number): Promise<number> {
  const echo = new Worker(new URL('./echo-worker.ts', import.meta.url), { workerData: ANSWER });
  let missing = 0;
  let arrived = () => {};
  echo.on('message', () => {
    missing -= 1;
    if (missing === 0) arrived();
  });
  const rates: number[] = [];
  for (let i = 0; i < 8; i++) {
    const start = performance.now();
    missing = burst;
    await new Promise<void>((resolve) => {
      arrived = resolve;
      for (let n = 0; n < burst; n++) echo.postMessage(REQUEST);
    });
    if (i >= 3) rates.push((1000 * burst) / (performance.now() - start));
  }
  await echo.terminate();
  return percentile(rates, 0.5);
}
