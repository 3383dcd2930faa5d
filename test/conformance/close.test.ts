import { describe, expect, test } from 'vitest';
import { createHost } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { isPending, openAsync, openSync } from '../support/sessions.ts';

describe('close', () => {
  test('C-082: invalid handle is E_HANDLE', async () => {
    await using host = await createHost();
    const { winbio } = host.process();
    expect([await winbio.WinBioCloseSession(0), await winbio.WinBioCloseSession(77)]).toEqual([w.E_HANDLE, w.E_HANDLE]);
  });

  test('C-083: synchronous session: close blocks until complete', async () => {
    await using host = await createHost();
    const process = host.process({ administrator: true });
    const handle = await openSync(host, process, { privateUnits: [1] });
    const identify = process.winbio.WinBioIdentify(handle, w.out(), w.out(), w.out(), w.out());
    await host.settle();
    // The sensor does not answer, so the unit cannot be given back.
    host.reader(0).hang();
    const close = process.winbio.WinBioCloseSession(handle);
    expect(await isPending(host, close)).toBe(true);
    host.reader(0).release();
    expect(await close).toBe(w.S_OK);
    expect(await identify).toBe(w.WINBIO_E_CANCELED);
    const units = w.out<w.WINBIO_UNIT_SCHEMA[] | null>();
    await process.winbio.WinBioEnumBiometricUnits(w.WINBIO_TYPE_ANY, units, w.out());
    expect(units.value?.[0]?.PoolType).toBe(w.WINBIO_POOL_SYSTEM);
  });

  test('C-084: asynchronous session: returns at once and completes with a CLOSE notice', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices } = await openAsync(host, process);
    expect(await process.winbio.WinBioCloseSession(handle)).toBe(w.S_OK);
    expect(notices.results).toHaveLength(0);
    expect(await notices.at(0)).toMatchObject({ Operation: w.WINBIO_OPERATION_CLOSE, ApiStatus: w.S_OK });
  });

  test('C-085: CLOSE carries the highest sequence number and is the last notice', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices } = await openAsync(host, process);
    for (let i = 0; i < 4; i++) await process.winbio.WinBioIdentify(handle, null, null, null, null);
    await process.winbio.WinBioCloseSession(handle);
    await host.settle();
    await host.touch(1);
    const numbers = notices.results.map(({ SequenceNumber }) => SequenceNumber);
    expect(notices.results.at(-1)?.Operation).toBe(w.WINBIO_OPERATION_CLOSE);
    expect(numbers.at(-1)).toBe(Math.max(...numbers));
    expect(numbers).toHaveLength(5);
  });

  test('C-086: pending operations are canceled, their notices precede CLOSE', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices } = await openAsync(host, process);
    await process.winbio.WinBioIdentify(handle, null, null, null, null);
    await process.winbio.WinBioLocateSensor(handle, null);
    await process.winbio.WinBioCloseSession(handle);
    await host.settle();
    expect(notices.results.map(({ Operation, ApiStatus }) => [Operation, ApiStatus])).toEqual([
      [w.WINBIO_OPERATION_IDENTIFY, w.WINBIO_E_CANCELED],
      [w.WINBIO_OPERATION_LOCATE_SENSOR, w.WINBIO_E_CANCELED],
      [w.WINBIO_OPERATION_CLOSE, w.S_OK],
    ]);
  });

  test('C-087: closing a synchronous session cancels its pending legacy callbacks', async () => {
    await using host = await createHost();
    const process = host.process();
    const handle = await openSync(host, process);
    const statuses: number[] = [];
    await process.winbio.WinBioIdentifyWithCallback(handle, (_, status) => statuses.push(status));
    await host.settle();
    expect(await process.winbio.WinBioCloseSession(handle)).toBe(w.S_OK);
    expect(statuses).toEqual([w.WINBIO_E_CANCELED]);
  });

  test('C-088: between request and completion SESSION_HANDLE_CLOSED, afterwards E_HANDLE', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    const { handle, notices } = await openAsync(host, process);
    await winbio.WinBioCloseSession(handle);
    expect(await winbio.WinBioIdentify(handle, null, null, null, null)).toBe(w.WINBIO_E_SESSION_HANDLE_CLOSED);
    expect(await winbio.WinBioCancel(handle)).toBe(w.WINBIO_E_SESSION_HANDLE_CLOSED);
    expect(await winbio.WinBioWait(handle)).toBe(w.WINBIO_E_SESSION_HANDLE_CLOSED);
    expect(await winbio.WinBioCloseSession(handle)).toBe(w.WINBIO_E_SESSION_HANDLE_CLOSED);
    await notices.at(0);
    expect(await winbio.WinBioIdentify(handle, null, null, null, null)).toBe(w.E_HANDLE);
    expect(await winbio.WinBioCloseSession(handle)).toBe(w.E_HANDLE);
  });

  test('C-088: the same for other callers while a synchronous close blocks', async () => {
    await using host = await createHost();
    const process = host.process();
    const handle = await openSync(host, process);
    const close = process.winbio.WinBioCloseSession(handle);
    expect(await process.winbio.WinBioLocateSensor(handle, w.out())).toBe(w.WINBIO_E_SESSION_HANDLE_CLOSED);
    expect(await close).toBe(w.S_OK);
    expect(await process.winbio.WinBioLocateSensor(handle, w.out())).toBe(w.E_HANDLE);
  });

  test('C-089: close discards an uncommitted enrollment; another session can begin one at once', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    const first = await openSync(host, process);
    const second = await openSync(host, process);
    expect(await winbio.WinBioEnrollBegin(first, 2, 1)).toBe(w.S_OK);
    expect(await winbio.WinBioEnrollBegin(second, 2, 1)).toBe(w.WINBIO_E_ENROLLMENT_IN_PROGRESS);
    expect(await winbio.WinBioCloseSession(first)).toBe(w.S_OK);
    expect(await winbio.WinBioEnrollBegin(second, 2, 1)).toBe(w.S_OK);
  });

  test('C-089: so does a process that ends', async () => {
    await using host = await createHost();
    const first = host.process();
    expect(await first.winbio.WinBioEnrollBegin(await openSync(host, first), 2, 1)).toBe(w.S_OK);
    first.end();
    const second = host.process();
    expect(await second.winbio.WinBioEnrollBegin(await openSync(host, second), 2, 1)).toBe(w.S_OK);
  });

  test('C-090: close releases the unit lock; the next waiter gets it', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    const owner = await openSync(host, process);
    const waiters = [await openAsync(host, process), await openAsync(host, process)] as const;
    expect(await winbio.WinBioLockUnit(owner, 1)).toBe(w.S_OK);
    for (const { handle } of waiters) await winbio.WinBioLockUnit(handle, 1);
    await host.settle();
    expect(waiters[0].notices.results).toHaveLength(0);
    await winbio.WinBioCloseSession(owner);
    expect(await waiters[0].notices.at(0)).toMatchObject({
      Operation: w.WINBIO_OPERATION_LOCK_UNIT,
      ApiStatus: w.S_OK,
      UnitId: 1,
    });
    await host.settle();
    expect(waiters[1].notices.results).toHaveLength(0);
  });

  test('C-091: closing a private-pool session returns its units to the pool they came from', async () => {
    await using host = await createHost({ readers: 2 });
    const process = host.process();
    const pools = async () => {
      const units = w.out<w.WINBIO_UNIT_SCHEMA[] | null>();
      await process.winbio.WinBioEnumBiometricUnits(w.WINBIO_TYPE_ANY, units, w.out());
      return units.value?.map(({ UnitId, PoolType }) => [UnitId, PoolType]);
    };
    const { handle, notices } = await openAsync(host, process, { privateUnits: [2] });
    expect(await pools()).toEqual([
      [1, w.WINBIO_POOL_SYSTEM],
      [2, w.WINBIO_POOL_PRIVATE],
    ]);
    await process.winbio.WinBioCloseSession(handle);
    await notices.at(0);
    expect(await pools()).toEqual([
      [1, w.WINBIO_POOL_SYSTEM],
      [2, w.WINBIO_POOL_SYSTEM],
    ]);
    const system = await openSync(host, process);
    const located = w.out<number>();
    const locate = process.winbio.WinBioLocateSensor(system, located);
    await host.touch(1, 1);
    expect([await locate, located.value]).toEqual([w.S_OK, 2]);
  });

  test('C-092: a result delivered before close can still be read and freed after it', async () => {
    await using host = await createHost();
    const process = host.process({ administrator: true });
    const { winbio } = process;
    const { handle, notices } = await openAsync(host, process, { flags: w.WINBIO_FLAG_RAW });
    await winbio.WinBioCaptureSample(handle, 0, w.WINBIO_DATA_FLAG_RAW, null, null, null, null);
    await host.touch(1);
    await winbio.WinBioCloseSession(handle);
    await notices.at(1);
    const result = notices.results[0];
    if (result?.Operation !== w.WINBIO_OPERATION_CAPTURE_SAMPLE) return expect.unreachable();
    expect(result.Parameters.CaptureSample.Sample?.length).toBe(result.Parameters.CaptureSample.SampleSize);
    expect(winbio.WinBioFree(result)).toBe(w.S_OK);
  });

  test('C-093: close may be called inside a completion callback', async () => {
    await using host = await createHost();
    const { winbio } = host.process();
    const seen: number[] = [];
    let code: Promise<number> | undefined;
    const done = Promise.withResolvers<void>();
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
        seen.push(result.Operation);
        if (result.Operation === w.WINBIO_OPERATION_OPEN) code = winbio.WinBioCloseSession(result.SessionHandle);
        if (result.Operation === w.WINBIO_OPERATION_CLOSE) done.resolve();
        winbio.WinBioFree(result);
      },
      null,
      true,
      null,
    );
    await done.promise;
    expect([await code, seen]).toEqual([w.S_OK, [w.WINBIO_OPERATION_OPEN, w.WINBIO_OPERATION_CLOSE]]);
  });
});
