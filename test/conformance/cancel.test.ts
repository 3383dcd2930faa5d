import { describe, expect, test } from 'vitest';
import { createHost } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { enroll, isPending, openAsync, openFramework, openSync } from '../support/sessions.ts';

const RAW = w.WINBIO_DATA_FLAG_RAW;
const operations = (results: readonly w.WINBIO_ASYNC_RESULT[]) =>
  results.map(({ Operation, ApiStatus }) => [Operation, ApiStatus]);

describe('cancel', () => {
  test('C-061: invalid handle is E_HANDLE', async () => {
    await using host = await createHost();
    const { winbio } = host.process();
    expect([await winbio.WinBioCancel(0), await winbio.WinBioCancel(123)]).toEqual([w.E_HANDLE, w.E_HANDLE]);
  });

  test('C-062: synchronous session, nothing pending: S_OK and no effect', async () => {
    await using host = await createHost();
    const process = host.process();
    const handle = await openSync(host, process);
    expect(await process.winbio.WinBioCancel(handle)).toBe(w.S_OK);
    await host.settle();
    expect([process.winbio.liveBlocks(), host.idle]).toEqual([0, true]);
    const identify = process.winbio.WinBioIdentify(handle, w.out(), w.out(), w.out(), w.out());
    await host.touch(1);
    expect(await identify).toBe(w.WINBIO_E_UNKNOWN_ID);
  });

  test('C-063: synchronous session: a pending legacy operation gets its callback with CANCELED', async () => {
    await using host = await createHost();
    const { winbio, ...process } = host.process({ administrator: true });
    const seen: unknown[] = [];
    const legacy: ((handle: number) => Promise<w.HRESULT>)[] = [
      (h) => winbio.WinBioCaptureSampleWithCallback(h, 0, RAW, (...args) => seen.push(args), 'c'),
      (h) => winbio.WinBioIdentifyWithCallback(h, (...args) => seen.push(args), 'i'),
      (h) => winbio.WinBioLocateSensorWithCallback(h, (...args) => seen.push(args), 'l'),
      (h) =>
        winbio.WinBioVerifyWithCallback(
          h,
          w.toWinbioIdentity({ type: 'sid', sid: process.user }),
          2,
          (...args) => seen.push(args),
          'v',
        ),
    ];
    for (const start of legacy) {
      const handle = await openSync(host, { winbio, ...process }, { flags: w.WINBIO_FLAG_RAW });
      expect(await start(handle)).toBe(w.S_OK);
      await host.settle();
      expect(await winbio.WinBioCancel(handle)).toBe(w.S_OK);
      await host.settle();
    }
    expect(seen).toEqual([
      ['c', w.WINBIO_E_CANCELED, 0, null, 0, 0],
      ['i', w.WINBIO_E_CANCELED, 0, null, 0, 0],
      ['l', w.WINBIO_E_CANCELED, 0],
      ['v', w.WINBIO_E_CANCELED, 0, false, 0],
    ]);
  });

  test('C-064: synchronous session: a blocked operation returns CANCELED', async () => {
    await using host = await createHost();
    const process = host.process();
    const handle = await openSync(host, process);
    const blocked = process.winbio.WinBioIdentify(handle, w.out(), w.out(), w.out(), w.out());
    expect(await isPending(host, blocked)).toBe(true);
    expect(await process.winbio.WinBioCancel(handle)).toBe(w.S_OK);
    expect(await blocked).toBe(w.WINBIO_E_CANCELED);
  });

  test('C-065: synchronous session: no WINBIO_ASYNC_RESULT for the cancel', async () => {
    await using host = await createHost();
    const process = host.process();
    const handle = await openSync(host, process);
    const blocked = process.winbio.WinBioLocateSensor(handle, w.out());
    await process.winbio.WinBioCancel(handle);
    await blocked;
    await host.settle();
    expect(process.winbio.liveBlocks()).toBe(0);
  });

  test('C-066: asynchronous session: returns immediately', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices } = await openAsync(host, process);
    await process.winbio.WinBioIdentify(handle, null, null, null, null);
    expect(await process.winbio.WinBioCancel(handle)).toBe(w.S_OK);
    expect(notices.results).toHaveLength(0);
  });

  test('C-067: asynchronous session: each pending operation is notified with CANCELED', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    const { handle, notices } = await openAsync(host, process);
    await winbio.WinBioIdentify(handle, null, null, null, null);
    await winbio.WinBioLocateSensor(handle, null);
    await winbio.WinBioIdentify(handle, null, null, null, null);
    await winbio.WinBioCancel(handle);
    await notices.at(3);
    expect(operations(notices.results.slice(0, 3))).toEqual([
      [w.WINBIO_OPERATION_IDENTIFY, w.WINBIO_E_CANCELED],
      [w.WINBIO_OPERATION_LOCATE_SENSOR, w.WINBIO_E_CANCELED],
      [w.WINBIO_OPERATION_IDENTIFY, w.WINBIO_E_CANCELED],
    ]);
  });

  test('C-068: asynchronous session: one extra result for the cancel itself', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices } = await openAsync(host, process);
    await process.winbio.WinBioIdentify(handle, null, null, null, null);
    await process.winbio.WinBioCancel(handle);
    await host.settle();
    expect(notices.results).toHaveLength(2);
    expect(notices.results[1]?.ApiStatus).toBe(w.S_OK);
  });

  test("C-069: the cancel's result has Operation NONE, S_OK, and comes after those it canceled", async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices } = await openAsync(host, process);
    for (let i = 0; i < 3; i++) await process.winbio.WinBioIdentify(handle, null, null, null, null);
    await process.winbio.WinBioCancel(handle);
    await host.settle();
    expect(notices.results.at(-1)).toMatchObject({
      Operation: w.WINBIO_OPERATION_NONE,
      ApiStatus: w.S_OK,
      UnitId: 0,
      SequenceNumber: 5,
    });
    expect(notices.results.map(({ SequenceNumber }) => SequenceNumber)).toEqual([2, 3, 4, 5]);
  });

  test('C-070: asynchronous session, nothing pending: exactly one notice', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices } = await openAsync(host, process);
    await process.winbio.WinBioCancel(handle);
    await host.settle();
    expect(operations(notices.results)).toEqual([[w.WINBIO_OPERATION_NONE, w.S_OK]]);
  });

  test("C-071: the cancel's result goes by the session's method and must be freed", async () => {
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
    await winbio.WinBioCancel(handle.value ?? 0);
    const message = await window.getMessage();
    expect(message?.lParam.Operation).toBe(w.WINBIO_OPERATION_NONE);
    expect(winbio.liveBlocks()).toBe(1);
    expect(winbio.WinBioFree(message?.lParam)).toBe(w.S_OK);
    expect(winbio.liveBlocks()).toBe(0);
  });

  test('C-072: all pending operations are canceled, queued ones included', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices } = await openAsync(host, process);
    for (let i = 0; i < 50; i++) await process.winbio.WinBioIdentify(handle, null, null, null, null);
    await process.winbio.WinBioCancel(handle);
    await notices.at(50);
    expect(notices.results.slice(0, 50).every(({ ApiStatus }) => ApiStatus === w.WINBIO_E_CANCELED)).toBe(true);
    await host.settle();
    expect(host.idle).toBe(true);
  });

  test('C-073: operations of other sessions are not affected', async () => {
    await using host = await createHost();
    const process = host.process();
    const first = await openAsync(host, process);
    const second = await openAsync(host, process);
    await process.winbio.WinBioIdentify(first.handle, null, null, null, null);
    await process.winbio.WinBioIdentify(second.handle, null, null, null, null);
    await process.winbio.WinBioCancel(first.handle);
    await first.notices.at(1);
    await host.settle();
    expect(second.notices.results).toHaveLength(0);
    await host.touch(1);
    expect((await second.notices.at(0)).ApiStatus).toBe(w.WINBIO_E_UNKNOWN_ID);
  });

  test('C-074: operations requested after the cancel are not affected', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices } = await openAsync(host, process);
    await process.winbio.WinBioIdentify(handle, null, null, null, null);
    await process.winbio.WinBioCancel(handle);
    await process.winbio.WinBioIdentify(handle, null, null, null, null);
    await host.settle();
    expect(notices.results).toHaveLength(2);
    await host.touch(1);
    expect(await notices.at(2)).toMatchObject({ ApiStatus: w.WINBIO_E_UNKNOWN_ID, SequenceNumber: 4 });
  });

  test('C-075: an operation that completes while being canceled is notified exactly once', async () => {
    await using host = await createHost();
    const process = host.process();
    for (let turns = 0; turns < 12; turns++) {
      const { handle, notices } = await openAsync(host, process);
      await process.winbio.WinBioIdentify(handle, null, null, null, null);
      await host.settle();
      const touched = host.touch(1);
      // Lets the touch race the cancel by a different number of turns each time.
      for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve));
      await process.winbio.WinBioCancel(handle);
      await touched;
      await host.settle();
      expect(notices.results.map(({ Operation }) => Operation)).toEqual([
        w.WINBIO_OPERATION_IDENTIFY,
        w.WINBIO_OPERATION_NONE,
      ]);
      expect([w.WINBIO_E_CANCELED, w.WINBIO_E_UNKNOWN_ID]).toContain(notices.results[0]?.ApiStatus);
    }
    expect(host.idle).toBe(true);
  });

  test('C-075: an operation canceled while it is being compared is notified exactly once', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices } = await openAsync(host, process);
    await process.winbio.WinBioIdentify(handle, null, null, null, null);
    host.engine.hold();
    await host.touch(1);
    await process.winbio.WinBioCancel(handle);
    await host.settle();
    host.engine.release();
    await host.settle();
    expect(operations(notices.results)).toEqual([
      [w.WINBIO_OPERATION_IDENTIFY, w.WINBIO_E_CANCELED],
      [w.WINBIO_OPERATION_NONE, w.S_OK],
    ]);
    expect(host.idle).toBe(true);
  });

  test('C-076: canceling an enroll-capture leaves the enrollment open; discard works', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    const handle = await openSync(host, process);
    expect(await winbio.WinBioEnrollBegin(handle, 2, 1)).toBe(w.S_OK);
    const capture = winbio.WinBioEnrollCapture(handle, w.out());
    await host.settle();
    await winbio.WinBioCancel(handle);
    expect(await capture).toBe(w.WINBIO_E_CANCELED);
    expect(await winbio.WinBioEnrollBegin(handle, 2, 1)).toBe(w.WINBIO_E_ENROLLMENT_IN_PROGRESS);
    expect(await winbio.WinBioEnrollDiscard(handle)).toBe(w.S_OK);
    expect(await winbio.WinBioEnrollBegin(handle, 2, 1)).toBe(w.S_OK);
  });

  test('C-077: a held unit lock survives cancel; a waiting lock request is canceled', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    const owner = await openAsync(host, process);
    const waiter = await openAsync(host, process);
    await winbio.WinBioLockUnit(owner.handle, 1);
    expect((await owner.notices.at(0)).ApiStatus).toBe(w.S_OK);
    await winbio.WinBioLockUnit(waiter.handle, 1);
    await winbio.WinBioCancel(owner.handle);
    await winbio.WinBioCancel(waiter.handle);
    expect(await waiter.notices.at(0)).toMatchObject({
      Operation: w.WINBIO_OPERATION_LOCK_UNIT,
      ApiStatus: w.WINBIO_E_CANCELED,
    });
    // Still owned: only the owner can unlock.
    await winbio.WinBioUnlockUnit(waiter.handle, 1);
    expect((await waiter.notices.at(2)).ApiStatus).toBe(w.WINBIO_E_LOCK_VIOLATION);
    await winbio.WinBioUnlockUnit(owner.handle, 1);
    expect((await owner.notices.at(2)).ApiStatus).toBe(w.S_OK);
  });

  test('C-078: cancel on a framework handle ends its change monitor', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices } = await openFramework(process);
    const monitor = () => process.winbio.WinBioAsyncMonitorFrameworkChanges(handle, w.WINBIO_FRAMEWORK_CHANGE_UNIT);
    expect(await monitor()).toBe(w.S_OK);
    await host.settle();
    host.reader(0).replug();
    await host.settle();
    expect(await process.winbio.WinBioCancel(handle)).toBe(w.S_OK);
    await host.settle();
    host.reader(0).replug();
    await host.settle();
    expect(operations(notices.results)).toEqual([
      [w.WINBIO_OPERATION_UNIT_REMOVAL, w.S_OK],
      [w.WINBIO_OPERATION_UNIT_ARRIVAL, w.S_OK],
      [w.WINBIO_OPERATION_NONE, w.WINBIO_E_CANCELED],
      [w.WINBIO_OPERATION_NONE, w.S_OK],
    ]);
  });

  test('C-080: cancel, wait, close on a synchronous session with a pending capture', async () => {
    await using host = await createHost();
    const process = host.process({ administrator: true });
    const { winbio } = process;
    const handle = await openSync(host, process, { flags: w.WINBIO_FLAG_RAW });
    const statuses: number[] = [];
    await winbio.WinBioCaptureSampleWithCallback(handle, 0, RAW, (_, status) => statuses.push(status));
    await host.settle();
    expect(await winbio.WinBioCancel(handle)).toBe(w.S_OK);
    expect(await winbio.WinBioWait(handle)).toBe(w.S_OK);
    expect(statuses).toEqual([w.WINBIO_E_CANCELED]);
    expect(await winbio.WinBioCloseSession(handle)).toBe(w.S_OK);
    expect([statuses.length, host.idle]).toEqual([1, true]);
  });

  test('C-081: in the CANCELED capture callback Sample is null and size 0', async () => {
    await using host = await createHost();
    const process = host.process({ administrator: true });
    const { winbio } = process;
    const handle = await openSync(host, process, { flags: w.WINBIO_FLAG_RAW });
    const seen: unknown[] = [];
    const callback: w.PWINBIO_CAPTURE_CALLBACK = (_context, status, _unit, sample, size) => {
      if (sample !== null) winbio.WinBioFree(sample);
      seen.push([status, sample === null, size > 0]);
    };
    await winbio.WinBioCaptureSampleWithCallback(handle, 0, RAW, callback);
    await host.touch(1);
    await winbio.WinBioCaptureSampleWithCallback(handle, 0, RAW, callback);
    await winbio.WinBioCancel(handle);
    await winbio.WinBioWait(handle);
    expect(seen).toEqual([
      [w.S_OK, false, true],
      [w.WINBIO_E_CANCELED, true, false],
    ]);
    expect(winbio.liveBlocks()).toBe(0);
  });

  test('C-075: a commit past the point of no return keeps its real outcome', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    const { handle, notices } = await openAsync(host, process);
    await winbio.WinBioEnrollBegin(handle, 2, 1);
    for (let i = 0; i < 3; i++) {
      await winbio.WinBioEnrollCapture(handle, null);
      await host.touch(9);
    }
    await winbio.WinBioEnrollCommit(handle, null, null);
    await winbio.WinBioCancel(handle);
    await host.settle();
    const [commit, cancel] = notices.results.slice(4);
    expect(cancel?.Operation).toBe(w.WINBIO_OPERATION_NONE);
    const stored = commit?.ApiStatus === w.S_OK;
    expect(stored || commit?.ApiStatus === w.WINBIO_E_CANCELED).toBe(true);
    await winbio.WinBioCloseSession(handle);
    await host.settle();
    // The report must match what happened.
    const check = await openSync(host, process);
    const identify = winbio.WinBioIdentify(check, w.out(), w.out(), w.out(), w.out());
    await host.touch(9);
    expect(await identify).toBe(stored ? w.S_OK : w.WINBIO_E_UNKNOWN_ID);
    expect(await enroll(host, process, 10, { subFactor: 3 })).toMatchObject({ Type: w.WINBIO_ID_TYPE_SID });
  });
});
