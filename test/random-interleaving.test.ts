/**
 * Random commands over several processes and sessions, against a model that knows only what was accepted: exactly one
 * notice per accepted operation, in the right order, and every unit at rest in the end.
 *
 * WHORL_RUNS sets the number of runs (2000), WHORL_SEED repeats a run.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeName } from '../src/core/codes.ts';
import {
  createHost,
  type Host,
  type HostProcess,
  scriptedFinger,
  scriptedFrame,
} from '../src/exports/whorl/testkit.ts';
import * as w from '../src/exports/whorl/winbio.ts';
import { SEED } from './support/seed.ts';
import { openArguments } from './support/sessions.ts';

const RUNS = Number(process.env.WHORL_RUNS ?? 2000);
const READERS = 2;
const PROCESSES = 2;
const SLOTS = 6;
/** Kinds of the sessions a run begins with: 0 asynchronous, 1 synchronous, 2 private, 3 camera, 4 framework. */
const FIRST_CHOICES = [0, 0, 0, 1, 3, 4];

type Operation =
  | 'identify'
  | 'verify'
  | 'locate'
  | 'capture'
  | 'begin'
  | 'enroll'
  | 'commit'
  | 'discard'
  | 'enumerate'
  | 'delete'
  | 'lock'
  | 'unlock'
  | 'control'
  | 'monitor'
  | 'unmonitor'
  | 'select'
  | 'property'
  | 'setting'
  | 'logon'
  | 'privileged'
  | 'presence'
  | 'units'
  | 'databases'
  | 'providers'
  | 'changes'
  | 'cancel';

type Command =
  | { readonly kind: 'open'; readonly slot: number; readonly process: number; readonly choice: number }
  | { readonly kind: 'do'; readonly slot: number; readonly operation: Operation; readonly unit: number }
  | { readonly kind: 'close'; readonly slot: number }
  | { readonly kind: 'touch' | 'tap'; readonly reader: number; readonly finger: number }
  | { readonly kind: 'bad'; readonly reader: number }
  | { readonly kind: 'show'; readonly person: number; readonly state: number }
  | { readonly kind: 'fault' | 'hang' | 'release' | 'unplug' | 'plug'; readonly reader: number }
  | { readonly kind: 'focus'; readonly process: number }
  /** A whole enrollment of one finger, as far as the others let it. */
  | { readonly kind: 'enroll'; readonly slot: number; readonly unit: number; readonly finger: number }
  | { readonly kind: 'sleep' }
  | { readonly kind: 'tick'; readonly turns: number };

/** What the model knows of one session. */
interface Model {
  readonly process: HostProcess;
  readonly handle: number;
  readonly synchronous: boolean;
  readonly isPrivate: boolean;
  readonly kind: 'session' | 'camera' | 'framework';
  readonly results: w.WINBIO_ASYNC_RESULT[];
  /** Numbers of accepted operations that are notified exactly once. */
  readonly expected: Set<number>;
  /** Numbers of monitors, whose events may come any number of times. */
  readonly monitors: Set<number>;
  /** Number of each cancel, with the numbers accepted before it. */
  readonly cancels: { readonly number: number; readonly before: readonly number[] }[];
  /** Calls on a synchronous session; each has to settle. */
  readonly calls: Promise<number>[];
  sequence: number;
  state: 'open' | 'closing' | 'closed';
}

const CAMERA_UNIT = READERS + 1;
const MONITORS: readonly Operation[] = ['monitor', 'presence', 'changes'];
/** How often each outcome was notified. */
const seen = new Map<string, number>();
const OPERATION_NAMES = new Map(
  Object.entries(w).flatMap(([name, value]) =>
    name.startsWith('WINBIO_OPERATION_') ? [[value, name.slice('WINBIO_OPERATION_'.length)] as const] : [],
  ),
);
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

const slot = fc.nat(SLOTS - 1);
const reader = fc.nat(READERS - 1);
const operations: Operation[] = [
  'identify',
  'verify',
  'locate',
  'capture',
  'begin',
  'enroll',
  'commit',
  'discard',
  'enumerate',
  'delete',
  'lock',
  'unlock',
  'control',
  'monitor',
  'unmonitor',
  'select',
  'property',
  'setting',
  'logon',
  'privileged',
  'cancel',
];
/** What framework connections and sessions on the camera do instead. */
const FRAMEWORK_OPERATIONS: Operation[] = ['units', 'databases', 'providers', 'changes', 'cancel'];
const CAMERA_OPERATIONS: Operation[] = [
  'presence',
  'begin',
  'select',
  'enroll',
  'commit',
  'discard',
  'identify',
  'cancel',
];
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('open'), slot, process: fc.nat(PROCESSES - 1), choice: fc.nat(4) }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('do'),
      slot,
      operation: fc.constantFrom(...operations),
      unit: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('close'), slot }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('touch', 'tap'), reader, finger: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('bad'), reader }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('show'), person: fc.integer({ min: 1, max: 3 }), state: fc.nat(3) }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('fault', 'hang', 'release', 'unplug', 'plug'), reader }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('focus'), process: fc.nat(PROCESSES) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('enroll'),
      slot,
      unit: fc.integer({ min: 1, max: 2 }),
      finger: fc.nat(2),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'sleep' }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('tick'), turns: fc.nat(3) }) },
) as fc.Arbitrary<Command>;

test(`random commands leave no operation unreported and no unit busy (seed ${SEED}, ${RUNS} runs)`, async () => {
  const property = fc.asyncProperty(fc.array(command, { minLength: 20, maxLength: 80 }), run);
  await fc.assert(property, { numRuns: RUNS, seed: SEED });
  // The runs went where the interesting things are.
  const outcomes = [...seen].sort(([, a], [, b]) => b - a).map(([outcome, count]) => `${outcome} ${count}`);
  if (process.env.WHORL_VERBOSE === '1') process.stdout.write(`${outcomes.join('\n')}\n`);
  for (const outcome of ['IDENTIFY S_OK', 'IDENTIFY WINBIO_E_CANCELED', 'ENROLL_COMMIT S_OK', ...REACHED]) {
    expect(seen.get(outcome) ?? 0, outcome).toBeGreaterThan(0);
  }
}, 600_000);

async function run(commands: readonly Command[]): Promise<void> {
  await using host = await createHost({ readers: READERS, samples: 2, camera: true });
  const processes = Array.from({ length: PROCESSES }, () => host.process({ administrator: true }));
  const slots = new Map<number, Model>();
  const all: Model[] = [];
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
  for (const model of all) await check(model);
  expect(host.idle).toBe(true);
  expect(host.clock.pending).toBe(0);
}

async function outside(host: Host, processes: readonly HostProcess[], step: Command): Promise<void> {
  switch (step.kind) {
    case 'tap':
      // Whatever happens to be under way.
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

async function open(host: Host, process: HostProcess, choice: number): Promise<Model | undefined> {
  const synchronous = choice === 1;
  const kind = choice === 3 ? 'camera' : choice === 4 ? 'framework' : 'session';
  const results: w.WINBIO_ASYNC_RESULT[] = [];
  const flags = w.WINBIO_FLAG_RAW | w.WINBIO_FLAG_MAINTENANCE;
  const args = openArguments(host, { flags, ...(choice === 2 && { privateUnits: [1] }) });
  if (kind === 'camera') args[0] = w.WINBIO_TYPE_FACIAL_FEATURES;
  const handle = w.out<number>();
  const notification = [
    1,
    null,
    0,
    (result: w.WINBIO_ASYNC_RESULT) => results.push(result),
    null,
    false,
    handle,
  ] as const;
  const { winbio } = process;
  const opening = synchronous
    ? winbio.WinBioOpenSession(...args, handle)
    : kind === 'framework'
      ? winbio.WinBioAsyncOpenFramework(...notification)
      : winbio.WinBioAsyncOpenSession(...args, ...notification);
  if ((await opening) !== w.S_OK) {
    expect(handle.value).toBe(0);
    return undefined;
  }
  return {
    process,
    handle: handle.value ?? 0,
    synchronous,
    isPrivate: choice === 2,
    kind,
    results,
    expected: new Set(),
    monitors: new Set(),
    cancels: [],
    calls: [],
    sequence: 1,
    state: 'open',
  };
}

/** What a connection of that kind can do in the place of an operation. */
function fitting(model: Model, operation: Operation): Operation {
  const own =
    model.kind === 'framework' ? FRAMEWORK_OPERATIONS : model.kind === 'camera' ? CAMERA_OPERATIONS : undefined;
  return own?.[operations.indexOf(operation) % own.length] ?? operation;
}

async function submit(model: Model, wanted: Operation, wantedUnit: number): Promise<void> {
  const operation = fitting(model, wanted);
  const unit = model.kind === 'camera' ? CAMERA_UNIT : wantedUnit;
  const before = model.results.length;
  const returned = call(model, operation, unit);
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

async function enroll(host: Host, model: Model, unit: number, finger: number): Promise<void> {
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

/** What a call on an asynchronous handle returns; a CLOSE that was delivered makes the handle unknown. */
function expectedReturn(model: Model): number {
  if (model.state === 'open') return w.S_OK;
  const closed = model.results.some(({ Operation }) => Operation === closeOf(model));
  return closed ? w.E_HANDLE : w.WINBIO_E_SESSION_HANDLE_CLOSED;
}

function closeOf(model: Model): number {
  return model.kind === 'framework' ? w.WINBIO_OPERATION_CLOSE_FRAMEWORK : w.WINBIO_OPERATION_CLOSE;
}

async function close(model: Model): Promise<void> {
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

async function check(model: Model): Promise<void> {
  if (model.synchronous) {
    expect((await Promise.all(model.calls)).every((hr) => typeof hr === 'number')).toBe(true);
    return;
  }
  const numbers = model.results.map(({ SequenceNumber }) => SequenceNumber);
  const ofOperations = numbers.filter((number) => !model.monitors.has(number));
  // Exactly one notice per accepted operation.
  expect([...ofOperations].sort((a, b) => a - b)).toEqual([...model.expected].sort((a, b) => a - b));
  // CLOSE is the last notice, with the highest number (C-085).
  expect(model.results.at(-1)?.Operation).toBe(closeOf(model));
  expect(numbers.at(-1)).toBe(model.sequence);
  // A cancel's own notice comes after those of what it canceled (C-069).
  for (const { number, before } of model.cancels) {
    const at = numbers.indexOf(number);
    for (const earlier of before) expect(numbers.indexOf(earlier)).toBeLessThan(at);
  }
  // A monitor has ended, once, before the close was reported (D-03).
  for (const monitor of model.monitors) {
    const ends = model.results.filter(
      ({ SequenceNumber, ApiStatus }) => SequenceNumber === monitor && w.FAILED(ApiStatus),
    );
    expect(ends.length).toBeLessThanOrEqual(1);
  }
  for (const { Operation, ApiStatus } of model.results) {
    const outcome = `${OPERATION_NAMES.get(Operation)} ${codeName(ApiStatus)}`;
    seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
  }
  for (const result of model.results) expect(model.process.winbio.WinBioFree(result)).toBe(w.S_OK);
}

function call(model: Model, operation: Operation, unit: number): Promise<number> {
  const { handle } = model;
  const b = model.process.winbio;
  const owner: w.WINBIO_IDENTITY = model.isPrivate
    ? w.toWinbioIdentity({ type: 'guid', guid: '9D3F6A52-0C47-4E1B-B6F8-21A5C07E94D3' })
    : w.toWinbioIdentity({ type: 'sid', sid: model.process.user });
  const anybody = w.toWinbioIdentity({ type: 'wildcard' });
  switch (operation) {
    case 'identify':
      return b.WinBioIdentify(handle, w.out(), w.out(), w.out(), w.out());
    case 'verify':
      return b.WinBioVerify(handle, owner, w.WINBIO_SUBTYPE_ANY, w.out(), w.out(), w.out());
    case 'locate':
      return b.WinBioLocateSensor(handle, w.out());
    case 'capture':
      return b.WinBioCaptureSample(handle, 0, w.WINBIO_DATA_FLAG_RAW, w.out(), w.out(), w.out(), w.out());
    case 'begin':
      return b.WinBioEnrollBegin(handle, 2, unit);
    case 'enroll':
      return b.WinBioEnrollCapture(handle, w.out());
    case 'commit':
      return b.WinBioEnrollCommit(handle, w.out(), w.out());
    case 'discard':
      return b.WinBioEnrollDiscard(handle);
    case 'enumerate':
      return b.WinBioEnumEnrollments(handle, unit, owner, w.out(), w.out());
    case 'delete':
      return b.WinBioDeleteTemplate(handle, unit, anybody, w.WINBIO_SUBTYPE_ANY);
    case 'lock':
      return b.WinBioLockUnit(handle, unit);
    case 'unlock':
      return b.WinBioUnlockUnit(handle, unit);
    case 'control':
      return b.WinBioControlUnit(handle, unit, 2, 1, new Uint8Array(1), 1, new Uint8Array(1), 1, w.out(), w.out());
    case 'monitor':
      return b.WinBioRegisterEventMonitor(handle, w.WINBIO_EVENT_FP_UNCLAIMED, () => {});
    case 'unmonitor':
      return b.WinBioUnregisterEventMonitor(handle);
    case 'select':
      return b.WinBioEnrollSelect(handle, 1n);
    case 'property':
      return b.WinBioGetProperty(handle, w.WINBIO_PROPERTY_TYPE_UNIT, 5, unit, null, 0, w.out(), w.out());
    case 'setting':
      return b.WinBioSetProperty(handle, w.WINBIO_PROPERTY_TYPE_ACCOUNT, 1, 0, anybody, 0, new Uint8Array(8), 8);
    case 'logon':
      return b.WinBioLogonIdentifiedUser(handle);
    case 'privileged':
      return b.WinBioControlUnitPrivileged(
        handle,
        unit,
        1,
        0x800,
        new Uint8Array(1),
        1,
        new Uint8Array(1),
        1,
        w.out(),
        w.out(),
      );
    case 'presence':
      return b.WinBioMonitorPresence(handle, unit);
    case 'units':
      return b.WinBioAsyncEnumBiometricUnits(handle, w.WINBIO_TYPE_ANY);
    case 'databases':
      return b.WinBioAsyncEnumDatabases(handle, w.WINBIO_TYPE_ANY);
    case 'providers':
      return b.WinBioAsyncEnumServiceProviders(handle, w.WINBIO_TYPE_ANY);
    case 'changes':
      return b.WinBioAsyncMonitorFrameworkChanges(handle, w.WINBIO_FRAMEWORK_CHANGE_UNIT);
    case 'cancel':
      return b.WinBioCancel(handle);
    default:
      return operation satisfies never;
  }
}
