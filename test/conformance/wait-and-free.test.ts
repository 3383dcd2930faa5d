import { describe, expect, test } from 'vitest';
import { createHost } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { enroll, isPending, openAsync, openSync } from '../support/sessions.ts';

describe('wait and free', () => {
  test('C-094: wait with an invalid handle is E_HANDLE', async () => {
    await using host = await createHost();
    const { winbio } = host.process();
    expect([await winbio.WinBioWait(0), await winbio.WinBioWait(5)]).toEqual([w.E_HANDLE, w.E_HANDLE]);
  });

  test('C-095: wait returns after all pending operations are completed or canceled, on both kinds', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    const synchronous = await openSync(host, process);
    const identify = winbio.WinBioIdentify(synchronous, w.out(), w.out(), w.out(), w.out());
    const first = winbio.WinBioWait(synchronous);
    expect(await isPending(host, first)).toBe(true);
    await host.touch(1);
    expect([await identify, await first]).toEqual([w.WINBIO_E_UNKNOWN_ID, w.S_OK]);
    const { handle, notices } = await openAsync(host, process);
    await winbio.WinBioIdentify(handle, null, null, null, null);
    await winbio.WinBioIdentify(handle, null, null, null, null);
    const second = winbio.WinBioWait(handle);
    await host.touch(1);
    expect(await isPending(host, second)).toBe(true);
    await winbio.WinBioCancel(handle);
    expect([await second, notices.results.length]).toEqual([w.S_OK, 3]);
  });

  test('C-096: wait produces no WINBIO_ASYNC_RESULT', async () => {
    await using host = await createHost();
    const process = host.process();
    const { handle, notices } = await openAsync(host, process);
    await process.winbio.WinBioIdentify(handle, null, null, null, null);
    const wait = process.winbio.WinBioWait(handle);
    await host.touch(1);
    await wait;
    await host.settle();
    expect(notices.results).toHaveLength(1);
  });

  test('C-097: wait with nothing pending returns S_OK at once', async () => {
    await using host = await createHost();
    const process = host.process();
    expect(await process.winbio.WinBioWait(await openSync(host, process))).toBe(w.S_OK);
    expect(await process.winbio.WinBioWait((await openAsync(host, process)).handle)).toBe(w.S_OK);
  });

  test('C-098: a legacy callback that issues the next operation keeps an outer wait waiting', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    const handle = await openSync(host, process);
    const codes: Promise<number>[] = [];
    let captures = 0;
    const callback: w.PWINBIO_IDENTIFY_CALLBACK = () => {
      captures += 1;
      if (captures < 3) codes.push(winbio.WinBioIdentifyWithCallback(handle, callback));
    };
    await winbio.WinBioIdentifyWithCallback(handle, callback);
    const wait = winbio.WinBioWait(handle);
    for (const expected of [1, 2]) {
      await host.touch(1);
      expect([captures, await isPending(host, wait)]).toEqual([expected, true]);
    }
    await host.touch(1);
    expect([await wait, captures, await Promise.all(codes)]).toEqual([w.S_OK, 3, [w.S_OK, w.S_OK]]);
  });

  test('C-099: wait in a callback is DEADLOCK_DETECTED', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    const handle = await openSync(host, process);
    let code: Promise<number> | undefined;
    await winbio.WinBioLocateSensorWithCallback(handle, () => {
      code = winbio.WinBioWait(handle);
    });
    await host.touch(1);
    expect(await code).toBe(w.WINBIO_E_DEADLOCK_DETECTED);
    expect(await winbio.WinBioWait(handle)).toBe(w.S_OK);
  });

  test('C-100: a running monitor does not keep wait waiting', async () => {
    await using host = await createHost();
    const process = host.process();
    const handle = await openSync(host, process);
    const { WinBioRegisterEventMonitor, WinBioWait } = process.winbio;
    expect(await WinBioRegisterEventMonitor(handle, w.WINBIO_EVENT_FP_UNCLAIMED, () => {})).toBe(w.S_OK);
    expect(await WinBioWait(handle)).toBe(w.S_OK);
    const asynchronous = await openAsync(host, process);
    await WinBioRegisterEventMonitor(asynchronous.handle, w.WINBIO_EVENT_FP_UNCLAIMED, null);
    expect(await WinBioWait(asynchronous.handle)).toBe(w.S_OK);
  });

  test('C-101: WinBioFree(null) is E_POINTER', async () => {
    await using host = await createHost();
    const { WinBioFree } = host.process().winbio;
    expect([WinBioFree(null), WinBioFree(undefined)]).toEqual([w.E_POINTER, w.E_POINTER]);
  });

  test('C-102: freeing a result frees all nested data', async () => {
    await using host = await createHost();
    const process = host.process({ administrator: true });
    const { winbio } = process;
    const { handle, notices } = await openAsync(host, process, { flags: w.WINBIO_FLAG_RAW });
    await winbio.WinBioCaptureSample(handle, 0, w.WINBIO_DATA_FLAG_RAW, null, null, null, null);
    await host.touch(1);
    const result = await notices.at(0);
    if (result.Operation !== w.WINBIO_OPERATION_CAPTURE_SAMPLE) return expect.unreachable();
    const sample = result.Parameters.CaptureSample.Sample;
    expect(sample?.some((byte) => byte !== 0)).toBe(true);
    expect(winbio.liveBlocks()).toBe(1);
    expect([winbio.WinBioFree(result), winbio.liveBlocks()]).toEqual([w.S_OK, 0]);
    // The bytes are wiped, and the nested pointer cannot be freed.
    expect(sample?.every((byte) => byte === 0)).toBe(true);
    expect(winbio.WinBioFree(sample)).toBe(w.E_INVALIDARG);
  });

  test('C-103: freeing a nested pointer, an unknown address or twice is E_INVALIDARG, no effect', async () => {
    await using host = await createHost();
    const process = host.process();
    const { winbio } = process;
    const identity = await enroll(host, process, 1);
    const { handle, notices } = await openAsync(host, process);
    await winbio.WinBioEnumEnrollments(handle, 1, identity, null, null);
    const result = await notices.at(0);
    if (result.Operation !== w.WINBIO_OPERATION_ENUM_ENROLLMENTS) return expect.unreachable();
    const { SubFactorArray } = result.Parameters.EnumEnrollments;
    expect(winbio.WinBioFree(SubFactorArray)).toBe(w.E_INVALIDARG);
    expect([...(SubFactorArray ?? [])]).toEqual([w.WINBIO_ANSI_381_POS_RH_INDEX_FINGER]);
    for (const address of [{}, new Uint8Array(3), 4711, 'text', Symbol('x')]) {
      expect(winbio.WinBioFree(address)).toBe(w.E_INVALIDARG);
    }
    expect([winbio.WinBioFree(result), winbio.WinBioFree(result)]).toEqual([w.S_OK, w.E_INVALIDARG]);
  });

  test('C-104: free works inside callbacks and after close', async () => {
    await using host = await createHost();
    const process = host.process({ administrator: true });
    const { winbio } = process;
    const handle = await openSync(host, process, { flags: w.WINBIO_FLAG_RAW });
    const codes: number[] = [];
    await winbio.WinBioCaptureSampleWithCallback(handle, 0, w.WINBIO_DATA_FLAG_RAW, (_c, _s, _u, sample) =>
      codes.push(winbio.WinBioFree(sample)),
    );
    await host.touch(1);
    const sample = w.out<Uint8Array | null>();
    const capture = winbio.WinBioCaptureSample(handle, 0, w.WINBIO_DATA_FLAG_RAW, w.out(), sample, w.out(), w.out());
    await host.touch(1);
    await capture;
    await winbio.WinBioCloseSession(handle);
    codes.push(winbio.WinBioFree(sample.value));
    expect([codes, winbio.liveBlocks()]).toEqual([[w.S_OK, w.S_OK], 0]);
  });
});
