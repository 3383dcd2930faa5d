/** Makes every fault strike in the middle of every operation, and checks what is left. */

import { codeName } from '../../src/core/codes.ts';
import { scriptedFinger } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { INDEX, THUMB, World } from '../support/world.ts';
import { COMMIT, ENROLLED, FAULTS, type FaultKind, LAST, MOMENTS, type Moment, OTHER } from './fault-plan.ts';

/** The effect of one fault at one moment. */
export interface FaultObservation {
  readonly operation: string;
  readonly during: string;
  readonly fault: string;
  /**
   * Code the operation ended with; `goes on` when the fault does not concern it; `nobody is told` when the client is
   * gone.
   */
  readonly outcome: string;
  /** What is wrong afterwards; must be empty. */
  readonly left: readonly string[];
}

const STORAGE_CODES = [
  'WINBIO_E_DATABASE_FULL',
  'WINBIO_E_DATABASE_WRITE_ERROR',
  'WINBIO_E_DATABASE_READ_ERROR',
  'WINBIO_E_DATABASE_LOCKED',
] as const;

/** Runs every fault at every moment it can strike. */
export async function observeFaults(): Promise<readonly FaultObservation[]> {
  const seen: FaultObservation[] = [];
  for (const moment of MOMENTS) {
    for (const fault of FAULTS) if (fault.suits(moment)) seen.push(await observe(moment, fault));
  }
  return seen;
}

/** The storage fails at each of the calls that a commit makes. */
export async function observeStorageFaults(): Promise<readonly FaultObservation[]> {
  const seen: FaultObservation[] = [];
  for (const during of ['database.add', 'database.query']) {
    for (const code of STORAGE_CODES) {
      const arm = ({ tap }: World) => tap.fail(during, code);
      const fault = { name: code.replace('WINBIO_', ''), suits: () => true, arm, strike: () => {} };
      seen.push(await observe({ ...COMMIT, during }, fault));
    }
  }
  return seen;
}

async function observe(moment: Moment, fault: FaultKind): Promise<FaultObservation> {
  const flags = w.WINBIO_FLAG_RAW | w.WINBIO_FLAG_MAINTENANCE;
  await using world = await World.create({ who: { administrator: true }, flags });
  const { host, tap } = world;
  await world.enroll(ENROLLED, { subFactor: INDEX });
  await moment.before?.(world);
  const finger = moment.before === undefined ? ENROLLED : OTHER;
  const isCall = moment.during.includes('.');
  if (fault.arm !== undefined) fault.arm(world, moment);
  else if (isCall) tap.hold(moment.during);

  let outcome: number | undefined;
  const begin = () => {
    const call = moment.begin(world);
    // A client that is gone is told nothing, not even this.
    void call.then(
      (hr) => {
        outcome = hr;
      },
      () => {},
    );
  };
  if (moment.during === 'nothing') {
    await fault.strike(world);
    await turns();
    if (world.process.service.channel.open) begin();
  } else {
    begin();
    await host.settle();
    if (isCall && tap.of(moment.during).every(({ settled }) => settled !== undefined)) {
      host.reader(0).present(scriptedFinger(finger));
      await turns();
    }
    await fault.strike(world);
  }
  await turns();
  if (isCall) tap.release(moment.during);
  await fault.mend?.(world);
  await host.settle();
  const isGone = !world.process.service.channel.open;
  const end = isGone ? 'nobody is told' : outcome === undefined ? 'goes on' : String(codeName(outcome));
  world.process.end();
  await host.settle();
  return {
    operation: moment.operation,
    during: moment.during,
    fault: fault.name,
    outcome: end,
    left: await left(world),
  };
}

/** What is wrong once the client is gone: every unit must be at rest, and must work for the next client. */
async function left({ host, process: { user } }: World): Promise<readonly string[]> {
  const wrong: string[] = [];
  if (!host.idle) wrong.push('a unit is busy');
  if (host.clock.pending > 0) wrong.push(`${host.clock.pending} timers run`);
  const next = host.process({ administrator: true });
  const session = await next.service.openSession();
  const kept = await session.enrollments({ type: 'sid', sid: user });
  for (const [finger, subFactor] of [
    [ENROLLED, INDEX],
    [OTHER, THUMB],
  ] as const) {
    const identifying = session.identify().then((found) => found.kind, String);
    await host.touch(finger);
    const kind = await identifying;
    const expected = kept.includes(subFactor) ? 'identified' : 'unknown-identity';
    if (kind !== expected) wrong.push(`finger ${finger}: ${kind}, not ${expected}`);
  }
  if (wrong.length > 0) return wrong;
  await using enrollment = await session.beginEnrollment({ finger: 'left-ring' });
  for (let touches = 0; touches < 3; touches++) {
    const step = enrollment.capture();
    await host.touch(LAST);
    await step;
  }
  const { kind } = await enrollment.commit();
  if (kind !== 'stored') wrong.push(`the next enrollment: ${kind}`);
  return wrong;
}

/** Lets everything finish that needs no further input. */
function turns(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 5));
}
