/**
 * A long day in short: clients that come, wait, give up and go, someone who enrolls, people who touch the reader, and an
 * attacker who tries everything in turn.
 */

import { setTimeout as delay } from 'node:timers/promises';
import type { GreyImage } from '../../src/core/grey-image.ts';
import { synthesizeFinger, synthesizeImpression } from '../../src/exports/fingerprint/index.ts';
import {
  connect,
  FINGERS,
  type FingerName,
  fingerName,
  isBiometricError,
  type Session,
  SYSTEM_DATABASE_ID,
  type WhorlService,
} from '../../src/exports/whorl/index.ts';
import { seededRandom } from '../../src/testkit/seeded-random.ts';
import { HonestClient } from '../hostile/honest-client-process.ts';
import { ATTACKS } from './attack-table.ts';
import { AttackedService } from './attacked-service.ts';

export interface SoakOptions {
  readonly minutes: number;
  readonly clients: number;
  /** How long each attack lasts, milliseconds. */
  readonly attackMs: number;
  readonly seed: number;
  readonly log: (line: string) => void;
}

/** One look at the service. */
export interface SoakLook {
  readonly minute: number;
  readonly memoryMb: number;
  /** 99th percentile of an honest client's answers since the look before, microseconds. */
  readonly honestP99: number;
}

export interface SoakReport {
  readonly looks: readonly SoakLook[];
  readonly attacks: number;
  readonly operations: number;
  readonly disconnects: number;
  readonly enrollments: number;
  readonly touches: number;
  readonly identified: number;
  readonly wrong: number;
  /** Endings that no honest client should see, with their counts. */
  readonly unexpected: Readonly<Record<string, number>>;
  /** What the service holds when all have gone: only who asks. */
  readonly left: { readonly connections: number; readonly handles: number; readonly waiting: number };
  /** Fingers that are enrolled although they were deleted, or the other way round. */
  readonly misplaced: number;
}

/** Endings of an operation that its client gave up or left, or that came while somebody enrolls. */
const EXPECTED: ReadonlySet<string> = new Set([
  'WINBIO_E_CANCELED',
  'WHORL_E_DEADLINE',
  'WHORL_E_CONNECTION_LOST',
  'WINBIO_E_ENROLLMENT_IN_PROGRESS',
]);
const KEPT: FingerName = 'right-index';

/** Runs it. Rejects when the service does not survive. */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const { minutes, clients, seed, log } = options;
  await using attacked = await AttackedService.start({ readers: [{ kind: 'virtual' }] });
  const { address } = attacked.target;
  using honest = await HonestClient.start(address);
  const day = new Day(address, seededRandom(seed));
  await day.enroll(KEPT);
  const looks: SoakLook[] = [];
  const working = [
    day.attack(attacked, options.attackMs),
    day.touch(),
    day.reenroll(),
    ...Array.from({ length: clients }, () => day.client()),
  ];
  for (let minute = 1; minute <= minutes; minute++) {
    const honestP99 = await honest.while(delay(60_000));
    if (!attacked.alive) throw new TypeError('the service ended');
    const look = { minute, memoryMb: attacked.memoryMb, honestP99 };
    looks.push(look);
    log(JSON.stringify({ ...look, ...day.counts, unexpected: day.unexpected }));
  }
  day.over.abort();
  await Promise.all(working);
  honest[Symbol.dispose]();
  return { looks, ...day.counts, unexpected: day.unexpected, ...(await day.closing()) };
}

class Day {
  readonly over = new AbortController();
  readonly counts = {
    attacks: 0,
    operations: 0,
    disconnects: 0,
    enrollments: 0,
    touches: 0,
    identified: 0,
    wrong: 0,
  };
  readonly unexpected: Record<string, number> = {};
  readonly #address: string;
  #enrolling = false;
  readonly #random: () => number;
  readonly #master = synthesizeFinger(1);

  constructor(address: string, random: () => number) {
    this.#address = address;
    this.#random = random;
  }

  /** All attacks, one after the other, again and again. */
  async attack(attacked: AttackedService, attackMs: number): Promise<void> {
    for (let number = 0; !this.#isOver; number = (number + 1) % ATTACKS.length) {
      await using _attacker = await attacked.attack(number);
      this.counts.attacks += 1;
      await this.#pause(attackMs);
    }
  }

  /** One client: it connects, waits for a finger, gives up or not, and goes, with or without a word. */
  async client(): Promise<void> {
    while (!this.#isOver) {
      const service = await connect({ address: this.#address });
      try {
        for (let turns = Math.floor(5 * this.#random()); turns >= 0 && !this.#isOver; turns--) {
          await using session = await service.openSession();
          await this.#identify(session, 1000 * this.#random());
        }
        if (this.#random() < 0.5) {
          // It goes in the middle of an operation.
          const session = await service.openSession();
          const left = this.#identify(session, 60_000);
          await delay(20 * this.#random());
          await service.close();
          await left;
        }
      } catch (thrown) {
        this.#note(thrown);
      } finally {
        await service.close();
        this.counts.disconnects += 1;
      }
    }
  }

  /** A finger that is enrolled touches the reader, once or twice a second. */
  async touch(): Promise<void> {
    await using service = await connect({ address: this.#address });
    const reader = service.virtualReader();
    for (let seed = 1000; !this.#isOver; seed++) {
      // As at a desk, nobody touches while somebody else enrolls.
      if (!this.#enrolling && (await reader.present(synthesizeImpression(this.#master, { seed }))) === 'captured')
        this.counts.touches += 1;
      await this.#pause(500 + 500 * this.#random());
    }
  }

  /** Another finger comes and goes. */
  async reenroll(): Promise<void> {
    await using service = await connect({ address: this.#address });
    const { sid } = await service.administration.whoAmI();
    while (!this.#isOver) {
      await this.#pause(5000);
      if (this.#isOver) return;
      await this.enroll('left-index', 2);
      await using session = await service.openSession();
      await session.deleteTemplate({ identity: { type: 'sid', sid }, finger: 'left-index' });
    }
  }

  /** Enrolls a finger; a touch of another one on the way is as in life: the step is repeated. */
  async enroll(finger: FingerName, person = 1): Promise<void> {
    await using service = await connect({ address: this.#address });
    const master = person === 1 ? this.#master : synthesizeFinger(person);
    while (!this.#isOver) {
      await using session = await service.openSession();
      await using enrollment = await session.beginEnrollment({ finger });
      this.#enrolling = true;
      using _end = { [Symbol.dispose]: () => void (this.#enrolling = false) };
      for (let seed = 1, done = false; !done; seed++) {
        const step = enrollment.capture();
        const answered = new AbortController();
        const touching = this.#touchUntil(answered.signal, service, synthesizeImpression(master, { seed }));
        done = (await step).kind === 'sufficient';
        answered.abort();
        await touching;
      }
      const { kind } = await enrollment.commit();
      if (kind !== 'stored') continue;
      this.counts.enrollments += 1;
      return;
    }
  }

  /** Once everybody has gone: what the service still holds, and whether the right finger is enrolled. */
  async closing(): Promise<Pick<SoakReport, 'left' | 'misplaced'>> {
    await using service = await connect({ address: this.#address });
    const settled = async () => {
      const { connections, handles, waiting } = await service.administration.health();
      return { connections, handles, waiting };
    };
    let left = await settled();
    for (let tries = 0; tries < 50 && (left.connections > 1 || left.handles > 0); tries++) {
      await delay(100);
      left = await settled();
    }
    const owners = await service.administration.owners(SYSTEM_DATABASE_ID);
    const found = owners.flatMap(({ subFactors }) => subFactors);
    return { left, misplaced: found.length === 1 && found[0] === FINGERS[KEPT] ? 0 : 1 };
  }

  /** Between two steps of an enrollment a touch belongs to nobody, so that it is repeated. */
  async #touchUntil(signal: AbortSignal, service: WhorlService, image: GreyImage): Promise<void> {
    while (!signal.aborted) {
      await service.virtualReader().present(image);
      await delay(100, undefined, { signal }).catch(() => undefined);
    }
  }

  async #identify(session: Session, patienceMs: number): Promise<void> {
    this.counts.operations += 1;
    try {
      const outcome = await session.identify({
        signal: AbortSignal.any([AbortSignal.timeout(Math.ceil(patienceMs)), this.over.signal]),
      });
      if (outcome.kind !== 'identified') return;
      if (fingerName(outcome.subFactor) === KEPT) this.counts.identified += 1;
      else this.counts.wrong += 1;
    } catch (thrown) {
      this.#note(thrown);
    }
  }

  #note(thrown: unknown): void {
    const code = isBiometricError(thrown) ? thrown.code : String(thrown);
    if (!EXPECTED.has(code)) this.unexpected[code] = (this.unexpected[code] ?? 0) + 1;
  }

  get #isOver(): boolean {
    return this.over.signal.aborted;
  }

  async #pause(ms: number): Promise<void> {
    await delay(ms, undefined, { signal: this.over.signal }).catch(() => undefined);
  }
}
