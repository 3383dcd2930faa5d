/** Many clients wait while one identifies fingers at a steady pace: nothing is lost, and the framework stays quick. */

import { setTimeout as delay } from 'node:timers/promises';
import { WINBIO_FP_TOO_SHORT } from '../../src/core/constants.ts';
import { type MasterFinger, synthesizeFinger, synthesizeImpression } from '../../src/exports/fingerprint/index.ts';
import {
  connect,
  FINGERS,
  type FingerName,
  fingerName,
  isBiometricError,
  type Session,
  type WhorlService,
} from '../../src/exports/whorl/index.ts';
import { startProcess, temporaryFolder } from '../daemon/start.ts';

const FINGER_NAMES = Object.keys(FINGERS).slice(0, 8) as FingerName[];
/** Impressions of each finger besides those it is enrolled with. */
const PROBES = 4;

export interface LoadOptions {
  readonly waiting: number;
  readonly perMinute: number;
  readonly minutes: number;
}

/** What the run measured; times in milliseconds. */
export interface LoadReport extends LoadOptions {
  readonly identifications: number;
  readonly identified: number;
  readonly wrong: number;
  /** Touches that nothing captured, and operations that were not answered exactly once. */
  readonly lost: number;
  /** Finger down to identified. */
  readonly identifyP50: number;
  readonly identifyP99: number;
  /** The same for WinBioLocateSensor, which uses no engine, between the identifications: the framework's own share. */
  readonly ownP50: number;
  readonly ownP99: number;
  /** The latest start of a turn, milliseconds. */
  readonly worstDelay: number;
}

export async function runLoad(options: LoadOptions, log: (line: string) => void): Promise<LoadReport> {
  using folder = temporaryFolder();
  const daemon = await startProcess(folder.path, { readers: [{ kind: 'virtual', earlyTouch: 'kept' }] });
  try {
    return await loaded(daemon.address, options, log);
  } finally {
    await daemon.end('SIGTERM');
  }
}

async function loaded(address: string, options: LoadOptions, log: (line: string) => void): Promise<LoadReport> {
  await using service = await connect({ address });
  await using session = await service.openSession();
  const fingers = FINGER_NAMES.map((finger, i) => ({ finger, master: synthesizeFinger(i + 1) }));
  for (const enrolled of fingers) await enroll(service, session, enrolled);
  const probes = fingers.flatMap(({ finger, master }) =>
    Array.from({ length: PROBES }, (_, i) => ({ finger, image: synthesizeImpression(master, { seed: 100 + i }) })),
  );
  log(`${fingers.length} fingers are enrolled`);
  await using crowd = await Crowd.wait(address, options.waiting);
  log(`${options.waiting} clients wait`);

  const reader = service.virtualReader();
  const identify: number[] = [];
  const own: number[] = [];
  const turns = Math.round(options.perMinute * options.minutes);
  const periodMs = 60_000 / options.perMinute;
  const startMs = performance.now();
  let [identified, wrong, lost, worstDelay] = [0, 0, 0, 0];
  for (let turn = 0; turn < turns; turn++) {
    const dueMs = startMs + turn * periodMs;
    await delay(Math.max(0, dueMs - performance.now()));
    worstDelay = Math.max(worstDelay, performance.now() - dueMs);
    const { finger, image } = probes[turn % probes.length] as (typeof probes)[number];
    const [outcome, touch] = await timed(identify, session.identify(), reader.present(image));
    if (touch !== 'captured') lost += 1;
    if (outcome.kind === 'identified') {
      if (fingerName(outcome.subFactor) === finger) identified += 1;
      else wrong += 1;
    }
    const [, seen] = await timed(own, session.locate(), reader.presentRejected(WINBIO_FP_TOO_SHORT));
    if (seen !== 'captured') lost += 1;
    if ((turn + 1) % options.perMinute === 0) log(`${turn + 1} of ${turns}: ${identified} identified, ${lost} lost`);
  }
  lost += await crowd.cancel();
  return {
    ...options,
    identifications: turns,
    identified,
    wrong,
    lost,
    identifyP50: percentile(identify, 0.5),
    identifyP99: percentile(identify, 0.99),
    ownP50: percentile(own, 0.5),
    ownP99: percentile(own, 0.99),
    worstDelay: Math.round(worstDelay),
  };
}

async function enroll(
  service: WhorlService,
  session: Session,
  { finger, master }: { readonly finger: FingerName; readonly master: MasterFinger },
): Promise<void> {
  await using enrollment = await session.beginEnrollment({ finger });
  for (let seed = 1, done = false; !done; seed++) {
    const image = synthesizeImpression(master, { seed });
    const [step] = await Promise.all([enrollment.capture(), service.virtualReader().present(image)]);
    done = step.kind === 'sufficient';
  }
  await enrollment.commit();
}

/** Clients that wait for a finger that never comes. */
class Crowd implements AsyncDisposable {
  readonly #services: readonly WhorlService[];
  readonly #stop = new AbortController();
  /** How each of them has ended so far. */
  readonly #endings: string[] = [];

  private constructor(services: readonly WhorlService[]) {
    this.#services = services;
  }

  static async wait(address: string, clients: number): Promise<Crowd> {
    const crowd = new Crowd(await Promise.all(Array.from({ length: clients }, () => connect({ address }))));
    for (const service of crowd.#services) {
      const session = await service.openSession();
      const { signal } = crowd.#stop;
      const ended = (thrown: unknown) => crowd.#endings.push(isBiometricError(thrown) ? thrown.code : String(thrown));
      void session.identify({ signal }).then(({ kind }) => crowd.#endings.push(kind), ended);
    }
    return crowd;
  }

  /** Cancels all of them; returns how many did not end as they should. */
  async cancel(): Promise<number> {
    const early = this.#endings.length;
    this.#stop.abort();
    while (this.#endings.length < this.#services.length) await delay(10);
    return early + this.#endings.filter((ending) => ending !== 'WINBIO_E_CANCELED').length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#services.map((service) => service.close()));
  }
}

async function timed<A, B>(times: number[], operation: Promise<A>, touch: Promise<B>): Promise<readonly [A, B]> {
  const startMs = performance.now();
  const outcome = await operation;
  times.push(performance.now() - startMs);
  return [outcome, await touch];
}

function percentile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.round(1000 * (sorted[Math.floor(share * sorted.length)] ?? Number.NaN)) / 1000;
}
