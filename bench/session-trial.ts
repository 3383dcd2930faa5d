/** One trial of one row of the session benchmark, in a process of its own; prints { value, floor }. */

import { Worker } from 'node:worker_threads';
import { connect } from '../src/exports/connect.ts';
import * as w from '../src/exports/winbio.ts';
import { FingerprintEngine, PackedGallery } from '../src/fingerprint/index.ts';
import { enrolledFinger, galleryTemplates } from './session-gallery.ts';
import type { Trial } from './sessions.ts';

const WARM_UP = 2000;
const ROUNDS = 5000;
/** A property of a unit: the whole way of an operation, and no sensor. */
const PROPERTY = [w.WINBIO_PROPERTY_TYPE_UNIT, w.WINBIO_PROPERTY_SAMPLE_HINT] as const;
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
  cancel,
  throughput,
  'open-close': openClose,
  identify,
};
console.log(JSON.stringify(await trials[row]?.()));

async function roundTrip(): Promise<Trial> {
  await using session = await openSession();
  const times = await timed(ROUNDS, () => session.once(() => getProperty(session)));
  return { value: percentile(times, 0.5), floor: percentile(await echoTimes(), 0.5) };
}

async function cancel(): Promise<Trial> {
  await using session = await openSession();
  const { winbio, handle, notice } = session;
  const times: number[] = [];
  for (let i = 0; i < 1500; i++) {
    await winbio.WinBioCaptureSample(handle, 0, w.WINBIO_DATA_FLAG_RAW, null, null, null, null);
    // An answer to a later request says that the capture waits.
    await session.service.units();
    const ended = notice(2);
    const start = performance.now();
    await winbio.WinBioCancel(handle);
    await ended;
    if (i >= 500) times.push(1000 * (performance.now() - start));
  }
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
  const times = await timed(1000, async () => {
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
  const { encodeFingerprintSample } = await import('../src/formats/fingerprint-sample.ts');
  const sample = encodeFingerprintSample(image, { purpose: 1 });
  const floors: number[] = [];
  for (let i = 0; i < 25; i++) {
    const start = performance.now();
    const extraction = await engine.extract(sample, 0, { signal });
    if (extraction.kind === 'features') await engine.identify(extraction.features, gallery, { signal });
    if (i >= 5) floors.push(performance.now() - start);
  }
  return { value: percentile(times, 0.5), floor: percentile(floors, 0.5) };
}

function getProperty({ winbio, handle }: { winbio: w.WinBio; handle: number }): Promise<number> {
  return winbio.WinBioGetProperty(handle, ...PROPERTY, 1, null, 0, null, null);
}

/** An asynchronous session on an embedded service, with a promise for the n-th next notice. */
async function openSession() {
  const service = await connect({ embedded: { state: 'memory', engineThreads: 1 } });
  const winbio = w.bindWinBio(service);
  let missing = 0;
  let arrived = () => {};
  const callback = (result: w.WINBIO_ASYNC_RESULT) => {
    const expected = w.SUCCEEDED(result.ApiStatus) || result.ApiStatus === w.WINBIO_E_CANCELED;
    if (!expected) throw new TypeError(`an operation failed: ${result.ApiStatus}`);
    winbio.WinBioFree(result);
    missing -= 1;
    if (missing === 0) arrived();
  };
  const holder = w.out<number>();
  const { WINBIO_TYPE_FINGERPRINT: factor, WINBIO_POOL_SYSTEM: pool, WINBIO_FLAG_RAW: flags } = w;
  const method = w.WINBIO_ASYNC_NOTIFY_CALLBACK;
  const open = winbio.WinBioAsyncOpenSession;
  const hr = await open(
    factor,
    pool,
    flags,
    null,
    0,
    w.WINBIO_DB_DEFAULT,
    method,
    null,
    0,
    callback,
    null,
    false,
    holder,
  );
  if (w.FAILED(hr)) throw new TypeError(`the session did not open: ${hr}`);
  const notice = (count: number) => {
    missing = count;
    return new Promise<void>((resolve) => {
      arrived = resolve;
    });
  };
  return {
    service,
    winbio,
    handle: holder.value ?? 0,
    notice,
    once: async (start: () => Promise<number>) => {
      const next = notice(1);
      void start();
      await next;
    },
    [Symbol.asyncDispose]: () => service.close(),
  };
}

/** Microseconds of each round, after a warm-up. */
async function timed(rounds: number, action: () => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < WARM_UP + rounds; i++) {
    const start = performance.now();
    await action();
    if (i >= WARM_UP) times.push(1000 * (performance.now() - start));
  }
  return times;
}

/** Round trips of the bare port. */
async function echoTimes(): Promise<number[]> {
  const echo = new Worker(new URL('./echo-worker.ts', import.meta.url), { workerData: ANSWER });
  let arrived = () => {};
  echo.on('message', () => arrived());
  const times = await timed(
    ROUNDS,
    () =>
      new Promise<void>((resolve) => {
        arrived = resolve;
        echo.postMessage(REQUEST);
      }),
  );
  await echo.terminate();
  return times;
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

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
