/**
 * Random commands over several processes and sessions, against a model that knows only what was accepted: exactly one
 * notice per accepted operation, in the right order, and every unit at rest in the end. WHORL_RUNS sets the number of
 * runs (2000); WHORL_SEED repeats a run.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createHost,
  type Host,
  type HostProcess,
  scriptedFinger,
  scriptedFrame,
} from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { REST_AFTER_FAULT_MS } from '../../src/service/units/unit.ts';
import { SEED } from '../support/seed.ts';
import { callOperation } from './call-operation.ts';
import { CAMERA_UNIT, COMMAND, type Command, PROCESSES, READERS, SLOTS } from './command.ts';
import { CAMERA_OPERATIONS, FRAMEWORK_OPERATIONS, MONITORS, type Operation, SESSION_OPERATIONS } from './operation.ts';
import { check, expectedReturn, open, type SessionModel } from './session-model.ts';

const RUNS = Number(process.env.WHORL_RUNS ?? 2000);
/** Kinds of the sessions a run begins with: 0 asynchronous, 1 synchronous, 2 private, 3 camera, 4 framework. */
const FIRST_CHOICES = [0, 0, 0, 1, 3, 4];

/** How often each outcome was notified. */
const seen = new Map<string, number>();

/** Outcomes that the runs must have met beside those of a plain identification and enrollment. */
const REACHED = [
  'IDENTIFY WINBIO_E_UNKNOWN_ID',
  'IDENTIFY WINBIO_E_BAD_CAPTURE',
  'IDENTIFY WINBIO_E_DEVICE_FAILURE',
  'IDENTIFY WINBIO_E_SENSOR_UNAVAILABLE',
  'IDENTIFY WINBIO_E_SESSION_BUSY',
  'ENROLL_CAPTURE WINBIO_I_MORE_DATA',
  'ENROLL_CAPTURE WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND',
  'LOCK_UNIT WINBIO_E_CANCELED',
  'GET_EVENT S_OK',
  'MONITOR_PRESENCE S_OK',
  'MONITOR_PRESENCE WINBIO_E_PRESENCE_MONITOR_ACTIVE',
  'UNIT_ARRIVAL S_OK',
  'UNIT_REMOVAL S_OK',
  'ENUM_BIOMETRIC_UNITS S_OK',
  'CONTROL_UNIT_PRIVILEGED WINBIO_E_LOCK_VIOLATION',
  'GET_PROPERTY S_OK',
  'SET_PROPERTY S_OK',
  'CLOSE S_OK',
];

test(`random commands leave no operation unreported and no unit busy (seed ${SEED}, ${RUNS} runs)`, async () => {
  const property = fc.asyncProperty(fc.array(COMMAND, { minLength: 20, maxLength: 80 }), run);
  await fc.assert(property, { numRuns: RUNS, seed: SEED });
  // The runs must have reached the interesting outcomes.
  const outcomes = [...seen].sort(([, a], [, b]) => b - a).map(([outcome, count]) => `${outcome} ${count}`);
  if (process.env.WHORL_VERBOSE === '1') process.stdout.write(`${outcomes.join('\n')}\n`);
  for (const outcome of ['IDENTIFY S_OK', 'IDENTIFY WINBIO_E_CANCELED', 'ENROLL_COMMIT S_OK', ...REACHED]) {
    expect(seen.get(outcome) ?? 0, outcome).toBeGreaterThan(0);
  }
}, 600_000);

async function run(commands: readonly Command[]): Promise<void> {
  await using host = await createHost({ readers: READERS, samples: 2, camera: true });
  const processes = Array.from({ length: PROCESSES }, () => host.process({ administrator: true }));
  const slots = new Map<number, SessionModel>();
  const all: SessionModel[] = [];
  for (let number = 0; number < SLOTS; number++) {
    const model = await open(host, processes[number % PROCESSES] as HostProcess, FIRST_CHOICES[number] ?? 0);
    if (model === undefined) return expect.unreachable();
    slots.set(number, model);
    all.push(model);
  }
  for (const step of commands) {
    if (step.kind === 'open') {
      const model = await open(host, processes[step.process] as HostProcess, step.choice);
      if (model !== undefined && slots.get(step.slot)?.state !== 'open') slots.set(step.slot, model);
      if (model !== undefined) all.push(model);
    } else if (step.kind === 'do') {
      const model = slots.get(step.slot);
      if (model !== undefined) await submit(model, step.operation, step.unit);
    } else if (step.kind === 'close') {
      const model = slots.get(step.slot);
      if (model !== undefined) await close(model);
    } else if (step.kind === 'enroll') {
      const model = slots.get(step.slot);
      if (model !== undefined) await enroll(host, model, step.unit, step.finger);
    } else await outside(host, processes, step);
  }
  for (const model of all) await close(model);
  for (const faulty of host.readers) faulty.release();
  await host.settle();
  // A reader that has failed rests for a while, if another one served in its place.
  host.clock.advance(REST_AFTER_FAULT_MS);
  await host.settle();
  for (const model of all) await check(model, seen);
  expect(host.idle).toBe(true);
  expect(host.clock.pending).toBe(0);
}

async function outside(host: Host, processes: readonly HostProcess[], step: Command): Promise<void> {
  switch (step.kind) {
    case 'tap':
      // Whether or not a capture is running.
      host.reader(step.reader).present(scriptedFinger(step.finger));
      break;
    case 'touch':
      await host.touch(step.finger, step.reader);
      break;
    case 'bad':
      host.reader(step.reader).presentRejected(w.WINBIO_FP_TOO_SHORT);
      break;
    case 'show':
      void host.camera?.present(
        scriptedFrame([
          {
            trackingId: step.person,
            state: (['pending', 'rejected', 'matched', 'unknown'] as const)[step.state] ?? 'pending',
            face: 1,
          },
        ]),
      );
      break;
    case 'fault':
      host.reader(step.reader).fault();
      host.reader(step.reader).release();
      break;
    case 'hang':
      // Not the reader of the private pool: an open would wait for it, and the clock stands still.
      host.reader(1).hang();
      break;
    case 'release':
      host.reader(step.reader).release();
      break;
    case 'unplug':
      host.reader(step.reader).unplug();
      break;
    case 'plug':
      host.reader(step.reader).plug();
      break;
    case 'focus':
      if (processes[step.process] === undefined) host.dropFocus();
      else processes[step.process]?.focus();
      break;
    case 'sleep':
      // A reader that hangs would hold up the sleep.
      for (const hanging of host.readers) hanging.release();
      await host.suspend();
      await host.resume();
      break;
    case 'tick':
      for (let i = 0; i < step.turns; i++) await new Promise((resolve) => setImmediate(resolve));
      break;
    default:
  }
}

/** An operation that a connection of this kind has, in place of the drawn one. */
function fitting(model: SessionModel, operation: Operation): Operation {
  const own =
    model.kind === 'framework' ? FRAMEWORK_OPERATIONS : model.kind === 'camera' ? CAMERA_OPERATIONS : undefined;
  return own?.[SESSION_OPERATIONS.indexOf(operation) % own.length] ?? operation;
}

async function submit(model: SessionModel, wanted: Operation, wantedUnit: number): Promise<void> {
  const operation = fitting(model, wanted);
  const unit = model.kind === 'camera' ? CAMERA_UNIT : wantedUnit;
  const before = model.results.length;
  const returned = callOperation(model, operation, unit);
  if (model.synchronous) {
    model.calls.push(returned);
    return;
  }
  const hr = await returned;
  // C-114: nothing arrives before the call has returned.
  expect(model.results.length).toBe(before);
  expect(hr).toBe(expectedReturn(model));
  if (hr !== w.S_OK) return;
  model.sequence += 1;
  if (operation === 'cancel') {
    model.cancels.push({ number: model.sequence, before: [...model.expected] });
  }
  if (MONITORS.includes(operation)) model.monitors.add(model.sequence);
  else model.expected.add(model.sequence);
}

async function enroll(host: Host, model: SessionModel, unit: number, finger: number): Promise<void> {
  model.process.focus();
  await submit(model, 'cancel', unit);
  await submit(model, 'begin', unit);
  for (let capture = 0; capture < 2; capture++) {
    await submit(model, 'enroll', unit);
    await host.touch(finger, unit - 1);
  }
  await submit(model, 'commit', unit);
  await submit(model, 'discard', unit);
  await submit(model, 'identify', unit);
  await host.touch(finger, unit - 1);
}

async function close(model: SessionModel): Promise<void> {
  const { WinBioCloseFramework, WinBioCloseSession } = model.process.winbio;
  const returned = (model.kind === 'framework' ? WinBioCloseFramework : WinBioCloseSession)(model.handle);
  if (model.synchronous) {
    model.calls.push(returned);
    return;
  }
  const hr = await returned;
  expect(hr).toBe(expectedReturn(model));
  if (hr !== w.S_OK) return;
  model.state = 'closing';
  model.sequence += 1;
  model.expected.add(model.sequence);
}
