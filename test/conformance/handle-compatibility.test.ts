import { describe, expect, test } from 'vitest';
import { createHost, type HostProcess } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { enroll, openAsync, openFramework, openSync } from '../support/sessions.ts';

type Call = (winbio: HostProcess['winbio'], handle: number, identity: w.WINBIO_IDENTITY) => Promise<w.HRESULT>;

const bytes = () => new Uint8Array(4);

/** Every function that takes a session handle, with correct arguments. */
const CALLS: Record<string, Call> = {
  WinBioCancel: (b, h) => b.WinBioCancel(h),
  WinBioCloseSession: (b, h) => b.WinBioCloseSession(h),
  WinBioCaptureSample: (b, h) =>
    b.WinBioCaptureSample(h, 0, w.WINBIO_DATA_FLAG_RAW, w.out(), w.out(), w.out(), w.out()),
  WinBioControlUnit: (b, h) => b.WinBioControlUnit(h, 1, 1, 1, bytes(), 4, bytes(), 4, w.out(), w.out()),
  WinBioControlUnitPrivileged: (b, h) =>
    b.WinBioControlUnitPrivileged(h, 1, 1, 1, bytes(), 4, bytes(), 4, w.out(), w.out()),
  WinBioDeleteTemplate: (b, h, id) => b.WinBioDeleteTemplate(h, 1, id, w.WINBIO_SUBTYPE_ANY),
  WinBioEnrollBegin: (b, h) => b.WinBioEnrollBegin(h, 2, 1),
  WinBioEnrollSelect: (b, h) => b.WinBioEnrollSelect(h, 1n),
  WinBioEnrollCapture: (b, h) => b.WinBioEnrollCapture(h, w.out()),
  WinBioEnrollCommit: (b, h) => b.WinBioEnrollCommit(h, w.out(), w.out()),
  WinBioEnrollDiscard: (b, h) => b.WinBioEnrollDiscard(h),
  WinBioEnumEnrollments: (b, h, id) => b.WinBioEnumEnrollments(h, 1, id, w.out(), w.out()),
  WinBioIdentify: (b, h) => b.WinBioIdentify(h, w.out(), w.out(), w.out(), w.out()),
  WinBioVerify: (b, h, id) => b.WinBioVerify(h, id, 2, w.out(), w.out(), w.out()),
  WinBioLocateSensor: (b, h) => b.WinBioLocateSensor(h, w.out()),
  WinBioLockUnit: (b, h) => b.WinBioLockUnit(h, 1),
  WinBioUnlockUnit: (b, h) => b.WinBioUnlockUnit(h, 1),
  WinBioRegisterEventMonitor: (b, h) => b.WinBioRegisterEventMonitor(h, w.WINBIO_EVENT_FP_UNCLAIMED, () => {}),
  WinBioUnregisterEventMonitor: (b, h) => b.WinBioUnregisterEventMonitor(h),
};
const LEGACY: Record<string, Call> = {
  WinBioCaptureSampleWithCallback: (b, h) => b.WinBioCaptureSampleWithCallback(h, 0, w.WINBIO_DATA_FLAG_RAW, refuse),
  WinBioEnrollCaptureWithCallback: (b, h) => b.WinBioEnrollCaptureWithCallback(h, refuse),
  WinBioIdentifyWithCallback: (b, h) => b.WinBioIdentifyWithCallback(h, refuse),
  WinBioLocateSensorWithCallback: (b, h) => b.WinBioLocateSensorWithCallback(h, refuse),
  WinBioVerifyWithCallback: (b, h, id) => b.WinBioVerifyWithCallback(h, id, 2, refuse),
};
const FRAMEWORK: Record<string, Call> = {
  WinBioCloseFramework: (b, h) => b.WinBioCloseFramework(h),
  WinBioAsyncEnumBiometricUnits: (b, h) => b.WinBioAsyncEnumBiometricUnits(h, w.WINBIO_TYPE_ANY),
  WinBioAsyncEnumDatabases: (b, h) => b.WinBioAsyncEnumDatabases(h, w.WINBIO_TYPE_ANY),
  WinBioAsyncEnumServiceProviders: (b, h) => b.WinBioAsyncEnumServiceProviders(h, w.WINBIO_TYPE_ANY),
  WinBioAsyncMonitorFrameworkChanges: (b, h) => b.WinBioAsyncMonitorFrameworkChanges(h, w.WINBIO_FRAMEWORK_CHANGE_UNIT),
};
const WAIT: Record<string, Call> = { WinBioWait: (b, h) => b.WinBioWait(h) };

/** Passed where no callback may be called. */
function refuse(): void {
  throw new TypeError('a refused call has no callback');
}

const OPERATION: Record<string, number> = {
  WinBioCancel: w.WINBIO_OPERATION_NONE,
  WinBioCloseSession: w.WINBIO_OPERATION_CLOSE,
  WinBioCaptureSample: w.WINBIO_OPERATION_CAPTURE_SAMPLE,
  WinBioControlUnit: w.WINBIO_OPERATION_CONTROL_UNIT,
  WinBioControlUnitPrivileged: w.WINBIO_OPERATION_CONTROL_UNIT_PRIVILEGED,
  WinBioDeleteTemplate: w.WINBIO_OPERATION_DELETE_TEMPLATE,
  WinBioEnrollBegin: w.WINBIO_OPERATION_ENROLL_BEGIN,
  WinBioEnrollSelect: w.WINBIO_OPERATION_ENROLL_SELECT,
  WinBioEnrollCapture: w.WINBIO_OPERATION_ENROLL_CAPTURE,
  WinBioEnrollCommit: w.WINBIO_OPERATION_ENROLL_COMMIT,
  WinBioEnrollDiscard: w.WINBIO_OPERATION_ENROLL_DISCARD,
  WinBioEnumEnrollments: w.WINBIO_OPERATION_ENUM_ENROLLMENTS,
  WinBioIdentify: w.WINBIO_OPERATION_IDENTIFY,
  WinBioVerify: w.WINBIO_OPERATION_VERIFY,
  WinBioLocateSensor: w.WINBIO_OPERATION_LOCATE_SENSOR,
  WinBioLockUnit: w.WINBIO_OPERATION_LOCK_UNIT,
  WinBioUnlockUnit: w.WINBIO_OPERATION_UNLOCK_UNIT,
  WinBioUnregisterEventMonitor: w.WINBIO_OPERATION_GET_EVENT,
};

describe('handle compatibility', () => {
  test.each(Object.entries(OPERATION))(
    'C-051: %s on an asynchronous handle produces a notice',
    async (name, operation) => {
      await using host = await createHost();
      const process = host.process({ administrator: true });
      const identity = w.toWinbioIdentity({ type: 'sid', sid: process.user });
      const { handle, notices: collected } = await openAsync(host, process, { flags: w.WINBIO_FLAG_RAW });
      expect(await CALLS[name]?.(process.winbio, handle, identity)).toBe(w.S_OK);
      await host.touch(1);
      expect((await collected.at(0)).Operation).toBe(operation);
      await host.settle();
      expect(collected.results).toHaveLength(1);
    },
  );

  test('C-051: an event monitor on an asynchronous handle produces notices, wait is usable and yields none', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices: collected } = await openAsync(host, process);
    expect(await process.winbio.WinBioWait(handle)).toBe(w.S_OK);
    expect(await process.winbio.WinBioRegisterEventMonitor(handle, w.WINBIO_EVENT_FP_UNCLAIMED, null)).toBe(w.S_OK);
    await host.touch(1);
    expect(collected.results.map(({ Operation }) => Operation)).toEqual([w.WINBIO_OPERATION_GET_EVENT]);
  });

  test('C-052: enroll-select on an asynchronous handle produces a notice', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices: collected } = await openAsync(host, process);
    expect(await process.winbio.WinBioEnrollSelect(handle, 7n)).toBe(w.S_OK);
    expect(await collected.at(0)).toMatchObject({
      Operation: w.WINBIO_OPERATION_ENROLL_SELECT,
      Parameters: { EnrollSelect: { SelectorValue: 7n } },
    });
  });

  const refusal = async (names: readonly string[]) => {
    await using host = await createHost();
    const process = host.process({ administrator: true });
    const identity = w.toWinbioIdentity({ type: 'sid', sid: process.user });
    const { handle, notices: collected } = await openAsync(host, process, { flags: w.WINBIO_FLAG_RAW });
    const codes = [];
    for (const name of names) codes.push(await LEGACY[name]?.(process.winbio, handle, identity));
    await host.touch(1);
    return { codes, notices: collected.results.length };
  };

  test('C-053: capture-, enroll-capture- and identify-with-callback are refused on an asynchronous handle', async () => {
    const { codes } = await refusal([
      'WinBioCaptureSampleWithCallback',
      'WinBioEnrollCaptureWithCallback',
      'WinBioIdentifyWithCallback',
    ]);
    expect(codes.every((hr) => w.FAILED(hr ?? 0))).toBe(true);
  });

  test('C-054: locate- and verify-with-callback are refused too', async () => {
    const { codes } = await refusal(['WinBioLocateSensorWithCallback', 'WinBioVerifyWithCallback']);
    expect(codes.every((hr) => w.FAILED(hr ?? 0))).toBe(true);
  });

  test('C-055: the refusal is INCORRECT_SESSION_TYPE, returned directly, no notice, no callback', async () => {
    const { codes, notices: count } = await refusal(Object.keys(LEGACY));
    expect(codes).toEqual(Object.keys(LEGACY).map(() => w.WINBIO_E_INCORRECT_SESSION_TYPE));
    expect(count).toBe(0);
  });

  test('C-056: a framework handle given to a session function is INCORRECT_SESSION_TYPE', async () => {
    await using host = await createHost();
    const process = host.process();
    const identity = w.toWinbioIdentity({ type: 'sid', sid: process.user });
    const { handle } = await openFramework(process);
    for (const [name, call] of Object.entries({ ...CALLS, ...LEGACY, ...WAIT })) {
      const expected = name === 'WinBioCancel' ? w.S_OK : w.WINBIO_E_INCORRECT_SESSION_TYPE;
      expect([name, await call(process.winbio, handle, identity)]).toEqual([name, expected]);
    }
  });

  test('C-057: a session handle given to a framework function is INCORRECT_SESSION_TYPE', async () => {
    await using host = await createHost();
    const process = host.process();
    const identity = w.toWinbioIdentity({ type: 'sid', sid: process.user });
    const handles = [await openSync(host, process), (await openAsync(host, process)).handle];
    for (const handle of handles) {
      for (const [name, call] of Object.entries(FRAMEWORK)) {
        expect([name, await call(process.winbio, handle, identity)]).toEqual([name, w.WINBIO_E_INCORRECT_SESSION_TYPE]);
      }
    }
  });

  test('C-058: handle 0 and unknown handles are E_HANDLE from every function', async () => {
    await using host = await createHost();
    const process = host.process();
    const other = host.process();
    const identity = w.toWinbioIdentity({ type: 'sid', sid: process.user });
    // A handle of another process is unknown too.
    const foreign = await openSync(host, other);
    const unknown = [0, 4711, -1, Number.NaN, foreign, null as unknown as number, undefined as unknown as number];
    for (const handle of unknown) {
      for (const [name, call] of Object.entries({ ...CALLS, ...LEGACY, ...FRAMEWORK, ...WAIT })) {
        expect([name, await call(process.winbio, handle, identity)]).toEqual([name, w.E_HANDLE]);
      }
    }
  });

  test('C-059: E_HANDLE is reported in preference to any other argument error', async () => {
    await using host = await createHost();
    const { winbio } = host.process();
    const missing = null as unknown as w.WINBIO_IDENTITY;
    expect(await winbio.WinBioIdentify(0, null, null, null, null)).toBe(w.E_HANDLE);
    expect(await winbio.WinBioVerify(0, missing, 0, null, null, null)).toBe(w.E_HANDLE);
    expect(await winbio.WinBioEnrollBegin(0, 0, 0)).toBe(w.E_HANDLE);
    expect(await winbio.WinBioDeleteTemplate(0, 0, missing, 0)).toBe(w.E_HANDLE);
    expect(await winbio.WinBioEnumEnrollments(0, 0, missing, null, null)).toBe(w.E_HANDLE);
    expect(await winbio.WinBioCaptureSampleWithCallback(0, 999, 999, null)).toBe(w.E_HANDLE);
    expect(await winbio.WinBioControlUnit(0, 0, 9, 0, null, 0, null, 0, null, null)).toBe(w.E_HANDLE);
    expect(await winbio.WinBioRegisterEventMonitor(0, 0, null)).toBe(w.E_HANDLE);
    expect(await winbio.WinBioAsyncEnumDatabases(0, 0)).toBe(w.E_HANDLE);
  });

  test('C-060: every operation on an asynchronous handle, including close, completes asynchronously', async () => {
    await using host = await createHost();
    const process = host.process({ administrator: true });
    const identity = await enroll(host, process, 1);
    for (const name of Object.keys(OPERATION)) {
      const { handle, notices: collected } = await openAsync(host, process, { flags: w.WINBIO_FLAG_RAW });
      const call = CALLS[name]?.(process.winbio, handle, identity);
      expect([name, await call, collected.results.length]).toEqual([name, w.S_OK, 0]);
      await host.touch(1);
      expect((await collected.at(0)).Operation).toBe(OPERATION[name]);
      if (name !== 'WinBioCloseSession') await process.winbio.WinBioCloseSession(handle);
      await host.settle();
    }
  });
});
