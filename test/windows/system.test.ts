/** The functions of winbio.h on a library of ours that behaves as Windows' does. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { codeName } from '../../src/core/codes.ts';
import * as c from '../../src/core/constants.ts';
import { type SystemWinBioOptions, systemWinBio } from '../../src/native/system-winbio.ts';
import { winBioSuite } from '../../src/testkit/suites/winbio/winbio-suite.ts';
import type { WINBIO_ASYNC_RESULT } from '../../src/winbio/async-result.ts';
import { WINBIO_DB_DEFAULT } from '../../src/winbio/database-id.ts';
import { FUNCTIONS } from '../../src/winbio/function-table.ts';
import type { WINBIO_IDENTITY } from '../../src/winbio/identity.ts';
import { createMessageWindow, type MessageWindow } from '../../src/winbio/message-window.ts';
import { out } from '../../src/winbio/out.ts';
import { runEither } from './either.ts';
import { runOnService } from './either-on-service.ts';
import { FakeWinBio, NO_COMPILER } from './fake-winbio.ts';
import { systemRig } from './system-rig.ts';

const fake = test.skipIf(NO_COMPILER);
const { WINBIO_TYPE_FINGERPRINT: FACTOR, WINBIO_POOL_SYSTEM: POOL } = c;

describe.each([
  ['an ordinary account', false, 'administrator'],
  ['an administrator', true, 'ordinary'],
] as const)('the functions keep the clauses, for %s', (_who, administrator, lacks) => {
  for (const { title, skipped, run } of winBioSuite(() => systemRig(administrator), [lacks])) {
    test.skipIf(NO_COMPILER || skipped !== undefined)(title, run);
  }
});

/** A library and its functions; at the end nothing may be left, here or there. */
async function world(options: SystemWinBioOptions = {}) {
  const library = new FakeWinBio();
  const winbio = await systemWinBio({ library: library.path, ...options });
  const sessions = new Set<number>();
  onTestFinished(async () => {
    for (const each of sessions) await winbio.WinBioCloseSession(each);
    // The last notices are freed when they have come.
    await library.until('handles', 0);
    await library.until('blocks', 0);
    expect([winbio.liveBlocks(), library.count('waits')]).toEqual([0, 0]);
  });
  const synchronous = async (flags: number = c.WINBIO_FLAG_DEFAULT) => {
    const session = out(0);
    const hresult = await winbio.WinBioOpenSession(FACTOR, POOL, flags, null, 0, WINBIO_DB_DEFAULT, session);
    expect(codeName(hresult)).toBe('S_OK');
    sessions.add(session.value);
    return session.value;
  };
  /** Its notices are freed when they come. */
  const asynchronous = async (told: (result: WINBIO_ASYNC_RESULT) => void, userData?: unknown) => {
    const session = out(0);
    const callback = (result: WINBIO_ASYNC_RESULT) => {
      try {
        told(result);
      } finally {
        winbio.WinBioFree(result);
      }
    };
    const open = winbio.WinBioAsyncOpenSession;
    const { WINBIO_ASYNC_NOTIFY_CALLBACK: method } = c;
    await open(FACTOR, POOL, 1, null, 0, WINBIO_DB_DEFAULT, method, null, 0, callback, userData, false, session);
    sessions.add(session.value);
    return session.value;
  };
  return { library, winbio, synchronous, asynchronous };
}

/** Holders of an identification. */
const holders = () => [out(7), out<WINBIO_IDENTITY>(), out(7), out(7)] as const;

fake('one program has the same outcome on a service of ours and on the library', async () => {
  const onService = await runOnService();
  const library = new FakeWinBio();
  const onLibrary = await runEither({
    winbio: await systemWinBio({ library: library.path }),
    touch: (finger) => library.touch(finger),
  });
  expect(onLibrary).toEqual(onService);
  expect(library.count('blocks')).toBe(0);
});

fake('every function can be called, and refuses what cannot be passed with a code', async () => {
  const { winbio } = await world();
  expect(
    Object.keys(winbio)
      .filter((name) => name.startsWith('WinBio'))
      .sort(),
  ).toEqual(FUNCTIONS.map(({ name }) => name).sort());
  const mistaken: readonly unknown[] = [undefined, null, 'text', -1, 1.5, 2n ** 70n, {}, Symbol('what'), () => {}];
  for (const { name } of FUNCTIONS) {
    const call = winbio[name] as (...values: readonly unknown[]) => unknown;
    for (const each of mistaken) {
      const hresult = await call(...Array.from({ length: 13 }, () => each));
      expect(hresult, name).toBeTypeOf('number');
    }
  }
  expect(codeName(await winbio.WinBioEnrollBegin(await Promise.resolve(0), 2, 1))).toBe('E_HANDLE');
});

fake('what an older library lacks is E_NOTIMPL when it is called', async () => {
  const { winbio } = await world();
  expect(codeName(await winbio.WinBioImproveBegin(1, 1))).toBe('E_NOTIMPL');
  expect(codeName(await winbio.WinBioImproveEnd(1))).toBe('E_NOTIMPL');
  expect(codeName(await winbio.WinBioIsESSCapable(out(false)))).toBe('E_NOTIMPL');
});

fake('settings, credentials and factors are those of the machine', async () => {
  const { library, winbio } = await world();
  const [value, source, state, factors] = [out(false), out(0), out(0), out(9)];
  expect(await winbio.WinBioGetEnabledSetting(value, source)).toBe(0);
  expect([value.value, source.value]).toEqual([true, c.WINBIO_SETTING_SOURCE_DEFAULT]);
  expect(codeName(await winbio.WinBioGetLogonSetting(null, source))).toBe('E_POINTER');
  const account = { Type: c.WINBIO_ID_TYPE_SID, Value: { AccountSid: sid() } };
  expect(await winbio.WinBioGetCredentialState(account, c.WINBIO_CREDENTIAL_PASSWORD, state)).toBe(0);
  expect(state.value).toBe(c.WINBIO_CREDENTIAL_NOT_SET);
  expect(codeName(await winbio.WinBioRemoveCredential(null, 1))).toBe('E_POINTER');
  expect(codeName(await winbio.WinBioRemoveCredential(account, 1))).toBe('WINBIO_E_CRED_PROV_NO_CREDENTIAL');
  expect(await winbio.WinBioGetEnrolledFactors(account, factors)).toBe(0);
  expect(factors.value).toBe(0);
  const secret = new Uint8Array([97, 0, 0, 0]);
  const set = winbio.WinBioSetCredential;
  expect(codeName(await set(1, secret, 5, 1))).toBe('E_INVALIDARG');
  expect(codeName(await set(1, secret, 4, 1))).toBe('WINBIO_E_UNKNOWN_ID');
  expect(codeName(await winbio.WinBioAcquireFocus())).toBe('E_ACCESSDENIED');
  library.settings({ focus: true });
  expect(await winbio.WinBioAcquireFocus()).toBe(0);
  expect(await winbio.WinBioReleaseFocus()).toBe(0);
});

/** The account of `winbio-world.h`. */
function sid() {
  const Data = new Uint8Array(68);
  Data.set([1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0xe9, 3, 0, 0]);
  return { Size: 28, Data };
}

fake(
  'a sample of 300 kB arrives as it was sent, on either kind of session and by a callback, and is freed there',
  async () => {
    const { library, winbio, synchronous, asynchronous } = await world();
    const sent = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31) >>> 3);
    library.captures(sent);
    const session = await synchronous(c.WINBIO_FLAG_RAW);
    const [unit, sample, size, detail] = [out(0), out<Uint8Array | null>(), out(0), out(0)];
    library.touch(1);
    expect(await winbio.WinBioCaptureSample(session, 0, c.WINBIO_DATA_FLAG_RAW, unit, sample, size, detail)).toBe(0);
    expect([size.value, winbio.liveBlocks(), library.count('blocks')]).toEqual([300_000, 1, 1]);
    expect(Buffer.compare(sample.value ?? sent.slice(1), sent)).toBe(0);
    winbio.WinBioFree(sample.value);
    expect([winbio.liveBlocks(), library.count('blocks'), sample.value?.every((byte) => byte === 0)]).toEqual([
      0,
      0,
      true,
    ]);
    const called = Promise.withResolvers<Uint8Array | null>();
    const onSample = (...[, , , captured]: readonly [unknown, number, number, Uint8Array | null, number, number]) =>
      called.resolve(captured);
    await winbio.WinBioCaptureSampleWithCallback(session, 0, c.WINBIO_DATA_FLAG_RAW, onSample, null);
    library.touch(1);
    const captured = await called.promise;
    expect(Buffer.compare(captured ?? sent.slice(1), sent)).toBe(0);
    winbio.WinBioFree(captured);
    const noticed = Promise.withResolvers<number>();
    const other = await asynchronous(({ Operation, Parameters }) => {
      if (Operation !== c.WINBIO_OPERATION_CAPTURE_SAMPLE) return;
      noticed.resolve(Buffer.compare(Parameters.CaptureSample.Sample ?? sent.slice(1), sent));
    });
    await winbio.WinBioCaptureSample(other, 0, c.WINBIO_DATA_FLAG_RAW, null, null, null, null);
    library.touch(1);
    expect(await noticed.promise).toBe(0);
  },
);

fake('notices of many sessions come from their threads, each to its own, in order and after the calls', async () => {
  const { library, winbio, asynchronous } = await world();
  const told: (readonly [unknown, number])[] = [];
  const all = Promise.withResolvers<void>();
  const users = Array.from({ length: 8 }, (_, i) => ({ i }));
  const handles: number[] = [];
  for (const user of users) {
    handles.push(
      await asynchronous(({ UserData, SequenceNumber, Operation }) => {
        if (Operation !== c.WINBIO_OPERATION_ENUM_ENROLLMENTS) return;
        told.push([UserData, SequenceNumber]);
        if (told.length === 8 * 25) all.resolve();
      }, user),
    );
  }
  const account = { Type: c.WINBIO_ID_TYPE_SID, Value: { AccountSid: sid() } };
  for (let i = 0; i < 25; i++) {
    for (const handle of handles) void winbio.WinBioEnumEnrollments(handle, 1, account, null, null);
  }
  await all.promise;
  const numbers = Array.from({ length: 25 }, (_, i) => i + 2);
  for (const user of users) expect(told.flatMap(([of, n]) => (of === user ? [n] : []))).toEqual(numbers);
  library.plug(1);
});

fake('a call is canceled, asked for in the same turn or waiting, and the next one works', async () => {
  const { library, winbio, synchronous } = await world();
  const session = await synchronous();
  for (let i = 0; i < 50; i++) {
    const identifying = winbio.WinBioIdentify(session, ...holders());
    if (i % 2 === 0) await library.until('waits', 1);
    expect(await winbio.WinBioCancel(session)).toBe(0);
    expect(codeName(await identifying)).toBe('WINBIO_E_CANCELED');
  }
  const [unit, ...others] = holders();
  library.touch(3);
  expect(codeName(await winbio.WinBioIdentify(session, unit, ...others))).toBe('WINBIO_E_UNKNOWN_ID');
  expect([unit.value, others[1].value, others[2].value]).toEqual([1, 0, 0]);
});

fake('a unit that goes is told, to who waits at it and to who monitors', async () => {
  const { library, winbio, synchronous } = await world();
  const changes: (readonly [number, number])[] = [];
  const both = Promise.withResolvers<void>();
  const framework = out(0);
  const told = (result: WINBIO_ASYNC_RESULT) => {
    changes.push([result.Operation, result.UnitId]);
    winbio.WinBioFree(result);
    if (changes.length === 2) both.resolve();
  };
  await winbio.WinBioAsyncOpenFramework(c.WINBIO_ASYNC_NOTIFY_CALLBACK, null, 0, told, null, false, framework);
  await winbio.WinBioAsyncMonitorFrameworkChanges(framework.value, c.WINBIO_FRAMEWORK_CHANGE_UNIT);
  const identifying = winbio.WinBioIdentify(await synchronous(), ...holders());
  await library.until('waits', 1);
  library.plug(1, false);
  expect(codeName(await identifying)).toBe('WINBIO_E_SENSOR_UNAVAILABLE');
  library.plug(1);
  await both.promise;
  expect(changes).toEqual([
    [c.WINBIO_OPERATION_UNIT_REMOVAL, 1],
    [c.WINBIO_OPERATION_UNIT_ARRIVAL, 1],
  ]);
  await winbio.WinBioCloseFramework(framework.value);
});

fake(
  'an event monitor calls with blocks, until it is unregistered; commands fill the buffers of the program',
  async () => {
    const { library, winbio, synchronous } = await world();
    const session = await synchronous();
    const events: unknown[] = [];
    let seen = Promise.withResolvers<void>();
    const onEvent = (context: unknown, hresult: number, event: object | null) => {
      events.push([context, hresult, structuredClone(event)]);
      winbio.WinBioFree(event);
      seen.resolve();
    };
    const register = winbio.WinBioRegisterEventMonitor;
    expect(await register(session, c.WINBIO_EVENT_FP_UNCLAIMED, onEvent, 'context')).toBe(0);
    library.touch(1);
    await seen.promise;
    seen = Promise.withResolvers();
    library.touchBadly(c.WINBIO_FP_TOO_FAST);
    await seen.promise;
    const event = (RejectDetail: number) => ({
      Type: c.WINBIO_EVENT_FP_UNCLAIMED,
      Parameters: { Unclaimed: { UnitId: 1, RejectDetail } },
    });
    expect(events).toEqual([
      ['context', 0, event(0)],
      ['context', 0, event(c.WINBIO_FP_TOO_FAST)],
    ]);
    expect(await winbio.WinBioUnregisterEventMonitor(session)).toBe(0);
    expect(await winbio.WinBioLockUnit(session, 1)).toBe(0);
    const [received, size, status] = [new Uint8Array(4), out(0), out(0)];
    const { WINBIO_COMPONENT_SENSOR: component } = c;
    const control = winbio.WinBioControlUnit;
    const sent = Uint8Array.of(1, 2, 3);
    expect(await control(session, 1, component, 1, sent, 3, received, 4, size, status)).toBe(0);
    expect([[...received], size.value, status.value]).toEqual([[3, 2, 1, 0], 3, 3]);
    expect(codeName(await control(session, 1, component, 1, sent, 3, received, 5, size, status))).toBe('E_INVALIDARG');
  },
);

fake('a callback that throws is reported, and later ones come', async () => {
  const { library, winbio, synchronous, asynchronous } = await world();
  const warned: unknown[] = [];
  const listener = (warning: unknown) => warned.push(warning);
  process.on('warning', listener);
  onTestFinished(() => void process.off('warning', listener));
  const twice = Promise.withResolvers<void>();
  let count = 0;
  const handle = await asynchronous(({ Operation }) => {
    if (Operation !== c.WINBIO_OPERATION_IDENTIFY) return;
    count += 1;
    if (count === 2) twice.resolve();
    throw new Error('of the program');
  });
  for (let i = 0; i < 2; i++) {
    await winbio.WinBioIdentify(handle, null, null, null, null);
    library.touch(1);
  }
  await twice.promise;
  const session = await synchronous();
  const called = Promise.withResolvers<void>();
  const located = () => {
    called.resolve();
    throw new Error('of the program, too');
  };
  await winbio.WinBioLocateSensorWithCallback(session, located, null);
  // No monitor is there to end, and nothing else ends.
  expect(await winbio.WinBioUnregisterEventMonitor(session)).toBe(0);
  library.touch(1);
  await called.promise;
  expect(await winbio.WinBioWait(session)).toBe(0);
  await new Promise((resolve) => setImmediate(resolve));
  expect(warned).toHaveLength(3);
});

fake(
  'a window that is closed takes nothing: what it was to get is freed, and a session nobody knows of is closed',
  async () => {
    const { library, winbio } = await world();
    const open = (window: MessageWindow, asynchronousOpen: boolean, session = out(0)) =>
      winbio.WinBioAsyncOpenSession(
        FACTOR,
        POOL,
        0,
        null,
        0,
        WINBIO_DB_DEFAULT,
        c.WINBIO_ASYNC_NOTIFY_MESSAGE,
        window,
        c.WM_APP,
        null,
        null,
        asynchronousOpen,
        session,
      );
    const window = createMessageWindow();
    library.hang(true);
    expect(await open(window, true)).toBe(0);
    window.close();
    library.hang(false);
    await library.until('handles', 0);
    expect(codeName(await open(window, true))).toBe('E_INVALIDARG');
    // What waits in a window is freed with it.
    const [other, session] = [createMessageWindow(), out(0)];
    expect(await open(other, false, session)).toBe(0);
    await winbio.WinBioCancel(session.value);
    await winbio.WinBioWait(session.value);
    expect([other.length, winbio.liveBlocks()]).toEqual([1, 1]);
    other.close();
    await winbio.WinBioCloseSession(session.value);
  },
);

fake('three calls may wait at once; one more is refused, and everything else goes on', async () => {
  const { library, winbio, synchronous } = await world();
  const sessions = [await synchronous(), await synchronous(), await synchronous(), await synchronous()];
  const waiting = sessions.slice(1).map((session) => winbio.WinBioIdentify(session, ...holders()));
  await library.until('waits', 3);
  expect(codeName(await winbio.WinBioIdentify(sessions[0] ?? 0, ...holders()))).toBe('E_OUTOFMEMORY');
  const [units, count] = [out<object[] | null>(), out(0)];
  expect(await winbio.WinBioEnumBiometricUnits(FACTOR, units as never, count)).toBe(0);
  winbio.WinBioFree(units.value);
  for (const session of sessions) await winbio.WinBioCancel(session);
  expect((await Promise.all(waiting)).map(codeName)).toEqual(Array(3).fill('WINBIO_E_CANCELED'));
});

/** What a program of its own writes, and how it ends. */
async function child(name: string, ...args: readonly string[]) {
  const program = spawn(process.execPath, [join(import.meta.dirname, name), ...args], {
    timeout: 20_000,
  });
  const [stdout, stderr, [status]] = await Promise.all([
    text(program.stdout),
    text(program.stderr),
    once(program, 'exit'),
  ]);
  return { stdout, stderr, status };
}

fake('a process does not end while something is out, unless it says so', async () => {
  const wait = (...mode: readonly string[]) => child('wait-in-system.ts', ...mode);
  const all = [wait('synchronous'), wait('asynchronous'), wait('synchronous', 'exit'), wait('asynchronous', 'exit')];
  expect(await Promise.all(all)).toEqual([
    { stdout: '80098003\n', stderr: '', status: 0 },
    { stdout: '4\n2\n', stderr: '', status: 0 },
    { stdout: '', stderr: '', status: 3 },
    { stdout: '', stderr: '', status: 3 },
  ]);
});

fake('thousands of operations leave no block, and no memory', async () => {
  const { stdout, stderr } = await child('exercise-system.ts', '500');
  expect(stderr).toBe('');
  const { operations, grownMb } = JSON.parse(stdout);
  expect(operations).toBe(2500);
  expect(grownMb).toBeLessThan(48);
});

fake('without Windows or the library it is said what to do', async () => {
  await expect(systemWinBio({ library: '/nowhere/winbio.so' })).rejects.toMatchObject({
    code: 'WHORL_E_CONFIGURATION',
  });
  if (process.platform !== 'win32') await expect(systemWinBio()).rejects.toThrow('bindWinBio(await connect())');
});
