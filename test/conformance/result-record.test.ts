import { describe, expect, test } from 'vitest';
import { createHost, type HostProcess } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { notices } from '../support/notices.ts';
import { enroll, openAsync, openSync } from '../support/sessions.ts';

const numbers = (results: readonly w.WINBIO_ASYNC_RESULT[]) => results.map(({ SequenceNumber }) => SequenceNumber);
const identify = ({ winbio }: HostProcess, handle: number) => winbio.WinBioIdentify(handle, null, null, null, null);

describe('result record', () => {
  test('C-105: sequence numbers start at 1 per session and grow by one per accepted operation', async () => {
    await using host = await createHost();
    const process = host.process();
    const collected = notices();
    await process.winbio.WinBioAsyncOpenSession(
      w.WINBIO_TYPE_FINGERPRINT,
      w.WINBIO_POOL_SYSTEM,
      0,
      null,
      0,
      null,
      w.WINBIO_ASYNC_NOTIFY_CALLBACK,
      null,
      0,
      collected.callback,
      null,
      true,
      null,
    );
    const { SessionHandle } = await collected.at(0);
    for (let i = 0; i < 5; i++) {
      await identify(process, SessionHandle);
      await host.touch(1);
    }
    await process.winbio.WinBioCloseSession(SessionHandle);
    await collected.at(6);
    expect(numbers(collected.results)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('C-106: the open has number 1, also when it was synchronous', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices: collected } = await openAsync(host, process);
    await identify(process, handle);
    await host.touch(1);
    expect((await collected.at(0)).SequenceNumber).toBe(2);
  });

  test('the unit that an operation was for is reported, when it is refused too', async () => {
    await using host = await createHost({ readers: 2 });
    const process = host.process();
    const { winbio } = process;
    const { handle, notices: collected } = await openAsync(host, process);
    const bytes = new Uint8Array(1);
    await winbio.WinBioEnrollBegin(handle, 2, 2);
    await winbio.WinBioEnrollDiscard(handle);
    await winbio.WinBioLockUnit(handle, 2);
    await winbio.WinBioControlUnit(handle, 2, w.WINBIO_COMPONENT_ENGINE, 0x7777, bytes, 1, bytes, 1, null, null);
    await winbio.WinBioControlUnitPrivileged(handle, 2, w.WINBIO_COMPONENT_ENGINE, 1, bytes, 1, bytes, 1, null, null);
    await collected.at(4);
    expect(collected.results.map(({ Operation, ApiStatus, UnitId }) => [Operation, ApiStatus, UnitId])).toEqual([
      [w.WINBIO_OPERATION_ENROLL_BEGIN, w.S_OK, 2],
      [w.WINBIO_OPERATION_ENROLL_DISCARD, w.S_OK, 2],
      [w.WINBIO_OPERATION_LOCK_UNIT, w.S_OK, 2],
      [w.WINBIO_OPERATION_CONTROL_UNIT, w.E_INVALIDARG, 2],
      [w.WINBIO_OPERATION_CONTROL_UNIT_PRIVILEGED, w.E_ACCESSDENIED, 2],
    ]);
  });

  test('C-107: a call refused by validation consumes no number and sends no notice', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    const { handle, notices: collected } = await openAsync(host, process);
    expect(await winbio.WinBioEnrollBegin(handle, 0, 1)).toBe(w.E_INVALIDARG);
    expect(await winbio.WinBioEnrollSelect(handle, 0n)).toBe(w.E_INVALIDARG);
    expect(await winbio.WinBioVerify(handle, null, 2, null, null, null)).toBe(w.E_POINTER);
    expect(await winbio.WinBioIdentifyWithCallback(handle, () => {})).toBe(w.WINBIO_E_INCORRECT_SESSION_TYPE);
    await identify(process, handle);
    await host.touch(1);
    expect(numbers(collected.results)).toEqual([2]);
  });

  test('C-108: TimeStamp is the time at which the operation began', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices: collected } = await openAsync(host, process);
    await identify(process, handle);
    await host.settle();
    const began = host.clock.nowMs();
    host.clock.advance(60_000);
    await host.touch(1);
    const { TimeStamp } = await collected.at(0);
    // 100-nanosecond ticks since 1601-01-01.
    expect(TimeStamp).toBe((BigInt(began) + 11_644_473_600_000n) * 10_000n);
  });

  test('C-109: SessionHandle names the session', async () => {
    await using host = await createHost();
    const process = host.process();
    for (const _ of [1, 2]) {
      const { handle, notices: collected } = await openAsync(host, process);
      await process.winbio.WinBioCancel(handle);
      expect((await collected.at(0)).SessionHandle).toBe(handle);
    }
  });

  test('C-110: UnitId names the unit that performed the operation; 0 if none', async () => {
    await using host = await createHost({ readers: 2 });
    const process = host.process();
    const { handle, notices: collected } = await openAsync(host, process);
    await identify(process, handle);
    await host.touch(1, 1);
    await process.winbio.WinBioCancel(handle);
    await collected.at(1);
    expect(collected.results.map(({ UnitId }) => UnitId)).toEqual([2, 0]);
  });

  test('C-111: Operation equals the WINBIO_OPERATION value of the function', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    const { handle, notices: collected } = await openAsync(host, process);
    await winbio.WinBioLocateSensor(handle, null);
    await host.touch(1);
    await winbio.WinBioLockUnit(handle, 1);
    await winbio.WinBioControlUnit(handle, 1, 2, 1, Uint8Array.of(1), 1, new Uint8Array(1), 1, null, null);
    await winbio.WinBioUnlockUnit(handle, 1);
    await winbio.WinBioCloseSession(handle);
    await collected.at(4);
    expect(collected.results.map(({ Operation }) => Operation).sort((a, b) => a - b)).toEqual([2, 5, 16, 17, 18]);
  });

  test('C-112: input values are echoed in the union on success and failure', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    const identity = await enroll(host, process, 1);
    const stranger = w.toWinbioIdentity({ type: 'sid', sid: 'S-1-5-21-9-9-9-9' });
    const { handle, notices: collected } = await openAsync(host, process);
    await winbio.WinBioEnrollBegin(handle, 5, 1);
    await winbio.WinBioEnrollBegin(handle, 6, 1);
    await winbio.WinBioEnrollDiscard(handle);
    await winbio.WinBioEnumEnrollments(handle, 1, identity, null, null);
    await winbio.WinBioEnumEnrollments(handle, 1, stranger, null, null);
    await winbio.WinBioDeleteTemplate(handle, 1, stranger, 4);
    await winbio.WinBioDeleteTemplate(handle, 1, identity, w.WINBIO_SUBTYPE_ANY);
    await winbio.WinBioEnrollSelect(handle, 99n);
    await collected.at(7);
    expect(collected.results.map(({ ApiStatus, Parameters }) => [ApiStatus, Parameters])).toMatchObject([
      [w.S_OK, { EnrollBegin: { SubFactor: 5 } }],
      [w.WINBIO_E_ENROLLMENT_IN_PROGRESS, { EnrollBegin: { SubFactor: 6 } }],
      [w.S_OK, {}],
      [w.S_OK, { EnumEnrollments: { Identity: identity, SubFactorCount: 1 } }],
      [w.WINBIO_E_UNKNOWN_ID, { EnumEnrollments: { Identity: stranger, SubFactorCount: 0, SubFactorArray: null } }],
      [w.E_ACCESSDENIED, { DeleteTemplate: { Identity: stranger, SubFactor: 4 } }],
      [w.S_OK, { DeleteTemplate: { Identity: identity, SubFactor: w.WINBIO_SUBTYPE_ANY } }],
      [w.S_OK, { EnrollSelect: { SelectorValue: 99n } }],
    ]);
  });

  test('C-112: control-unit echoes its input with a code that fails', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    const { handle, notices: collected } = await openAsync(host, process);
    await winbio.WinBioControlUnit(handle, 1, 1, 0x77, Uint8Array.of(5, 6), 2, new Uint8Array(3), 3, null, null);
    expect(await collected.at(0)).toMatchObject({
      ApiStatus: w.WINBIO_E_LOCK_VIOLATION,
      Parameters: {
        ControlUnit: { Component: 1, ControlCode: 0x77, SendBufferSize: 2, ReceiveBufferSize: 3, ReceiveDataSize: 0 },
      },
    });
  });

  test('C-113: notices of one handle are serial and in completion order', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    const order: number[] = [];
    let inside = 0;
    let deepest = 0;
    const handle = w.out<number>();
    await winbio.WinBioAsyncOpenSession(
      w.WINBIO_TYPE_FINGERPRINT,
      w.WINBIO_POOL_SYSTEM,
      0,
      null,
      0,
      null,
      w.WINBIO_ASYNC_NOTIFY_CALLBACK,
      null,
      0,
      (result) => {
        inside += 1;
        deepest = Math.max(deepest, inside);
        order.push(result.SequenceNumber);
        if (result.SequenceNumber === 2) void winbio.WinBioCancel(result.SessionHandle);
        inside -= 1;
      },
      null,
      false,
      handle,
    );
    for (let i = 0; i < 3; i++) await identify(process, handle.value ?? 0);
    await host.touch(1);
    await host.settle();
    expect([order, deepest]).toEqual([[2, 3, 4, 5], 1]);
  });

  test('C-114: a notice never arrives before the requesting call has returned', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices: collected } = await openAsync(host, process);
    for (let i = 0; i < 20; i++) {
      const before = collected.results.length;
      await process.winbio.WinBioEnrollSelect(handle, 1n);
      expect(collected.results.length).toBe(before);
      await collected.at(before);
    }
  });

  test('C-115: operations on one asynchronous session run in request order, one at a time', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    const { handle, notices: collected } = await openAsync(host, process);
    await identify(process, handle);
    await winbio.WinBioEnrollSelect(handle, 1n);
    await winbio.WinBioLocateSensor(handle, null);
    await host.settle();
    // The second needs no sensor, yet waits its turn.
    expect(collected.results).toHaveLength(0);
    await host.touch(1);
    expect(numbers(collected.results)).toEqual([2, 3]);
    await host.touch(1);
    expect(numbers(collected.results)).toEqual([2, 3, 4]);
  });

  test('C-116: several operations may be queued on one asynchronous session', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices: collected } = await openAsync(host, process);
    const codes = [];
    for (let i = 0; i < 200; i++) codes.push(await process.winbio.WinBioEnrollSelect(handle, 1n));
    await collected.at(199);
    expect([new Set(codes), numbers(collected.results)]).toEqual([
      new Set([w.S_OK]),
      Array.from({ length: 200 }, (_, i) => i + 2),
    ]);
  });

  test('C-117: a second concurrent operation on a synchronous session is SESSION_BUSY', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    const handle = await openSync(host, process);
    const first = winbio.WinBioLocateSensor(handle, w.out());
    expect(await winbio.WinBioIdentify(handle, w.out(), w.out(), w.out(), w.out())).toBe(w.WINBIO_E_SESSION_BUSY);
    const uncalled = () => expect.unreachable();
    expect(await winbio.WinBioIdentifyWithCallback(handle, uncalled)).toBe(w.WINBIO_E_SESSION_BUSY);
    await host.touch(1);
    expect(await first).toBe(w.S_OK);
    const second = winbio.WinBioIdentify(handle, w.out(), w.out(), w.out(), w.out());
    await host.touch(1);
    expect(await second).toBe(w.WINBIO_E_UNKNOWN_ID);
  });

  test('C-118: a throwing callback does not disturb later notices', async () => {
    await using host = await createHost();
    const thrown: unknown[] = [];
    const { winbio } = host.process({ onCallbackError: (error) => thrown.push(error.message) });
    const seen: number[] = [];
    const handle = w.out<number>();
    await winbio.WinBioAsyncOpenSession(
      w.WINBIO_TYPE_FINGERPRINT,
      w.WINBIO_POOL_SYSTEM,
      0,
      null,
      0,
      null,
      w.WINBIO_ASYNC_NOTIFY_CALLBACK,
      null,
      0,
      ({ SequenceNumber }) => {
        seen.push(SequenceNumber);
        throw new TypeError(`no ${SequenceNumber}`);
      },
      null,
      false,
      handle,
    );
    for (let i = 0; i < 3; i++) await winbio.WinBioEnrollSelect(handle.value ?? 0, 1n);
    await host.settle();
    expect([seen, thrown]).toEqual([
      [2, 3, 4],
      ['no 2', 'no 3', 'no 4'],
    ]);
  });

  test('C-118: results for a vanished window are freed by the framework', async () => {
    await using host = await createHost();
    const { winbio } = host.process();
    const window = w.createMessageWindow();
    const handle = w.out<number>();
    await winbio.WinBioAsyncOpenSession(
      w.WINBIO_TYPE_FINGERPRINT,
      w.WINBIO_POOL_SYSTEM,
      0,
      null,
      0,
      null,
      w.WINBIO_ASYNC_NOTIFY_MESSAGE,
      window,
      w.WM_APP,
      null,
      null,
      false,
      handle,
    );
    await winbio.WinBioEnrollSelect(handle.value ?? 0, 1n);
    await host.settle();
    expect([window.length, winbio.liveBlocks()]).toEqual([1, 1]);
    window.close();
    expect(winbio.liveBlocks()).toBe(0);
    await winbio.WinBioEnrollSelect(handle.value ?? 0, 1n);
    await host.settle();
    expect([window.length, winbio.liveBlocks()]).toEqual([0, 0]);
    expect(await winbio.WinBioWait(handle.value ?? 0)).toBe(w.S_OK);
  });

  test('C-119: an out-parameter on an asynchronous handle is not written, a missing one no error', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    await enroll(host, process, 1);
    const { handle, notices: collected } = await openAsync(host, process);
    const holders = [w.out<number>(), w.out<w.WINBIO_IDENTITY>(), w.out<number>(), w.out<number>()] as const;
    expect(await winbio.WinBioIdentify(handle, ...holders)).toBe(w.S_OK);
    await host.touch(1);
    expect((await collected.at(0)).ApiStatus).toBe(w.S_OK);
    expect(holders.map(({ value }) => value)).toEqual([undefined, undefined, undefined, undefined]);
    expect(await winbio.WinBioIdentify(handle, null, undefined, null, undefined)).toBe(w.S_OK);
    await host.touch(1);
    expect((await collected.at(1)).ApiStatus).toBe(w.S_OK);
  });

  test('C-120: only handle, kind, pointer, argument and memory errors are returned; others are notified', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    const { handle, notices: collected } = await openAsync(host, process);
    const identity = w.toWinbioIdentity({ type: 'sid', sid: 'S-1-5-21-9-9-9-9' });
    const returned = [
      await winbio.WinBioCaptureSample(handle, 0, w.WINBIO_DATA_FLAG_RAW, null, null, null, null),
      await winbio.WinBioEnrollBegin(handle, 2, 99),
      await winbio.WinBioEnrollCapture(handle, null),
      await winbio.WinBioEnrollCommit(handle, null, null),
      await winbio.WinBioEnumEnrollments(handle, 1, identity, null, null),
      await winbio.WinBioDeleteTemplate(handle, 1, identity, 2),
      await winbio.WinBioUnlockUnit(handle, 1),
      await winbio.WinBioControlUnit(handle, 1, 1, 1, new Uint8Array(1), 1, new Uint8Array(1), 1, null, null),
    ];
    expect(new Set(returned)).toEqual(new Set([w.S_OK]));
    await host.settle();
    const byNumber = [...collected.results].sort((a, b) => a.SequenceNumber - b.SequenceNumber);
    expect(byNumber.map(({ ApiStatus }) => ApiStatus)).toEqual([
      w.E_ACCESSDENIED,
      w.WINBIO_E_INVALID_UNIT,
      w.WINBIO_E_INVALID_OPERATION,
      w.WINBIO_E_INVALID_OPERATION,
      w.WINBIO_E_UNKNOWN_ID,
      w.E_ACCESSDENIED,
      w.WINBIO_E_LOCK_VIOLATION,
      w.WINBIO_E_LOCK_VIOLATION,
    ]);
  });

  test('C-120: a disabled framework is notified too', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices: collected } = await openAsync(host, process);
    host.policy = { ...host.policy, enabled: { value: false, source: w.WINBIO_SETTING_SOURCE_POLICY } };
    expect(await identify(process, handle)).toBe(w.S_OK);
    expect((await collected.at(0)).ApiStatus).toBe(w.WINBIO_E_DISABLED);
  });
});
