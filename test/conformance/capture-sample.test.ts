import { describe, expect, test } from 'vitest';
import { decodeBir, decodeFingerprintSample } from '../../src/exports/fingerprint/formats.ts';
import { createHost, scriptedFingerOf } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { isPending, openAsync, openSync } from '../support/sessions.ts';

const RAW = w.WINBIO_DATA_FLAG_RAW;

async function world(options: { administrator?: boolean; flags?: number; readers?: number; secure?: boolean } = {}) {
  const { administrator = true, flags = w.WINBIO_FLAG_RAW, readers = 1, secure = false } = options;
  const host = await createHost({ readers, ...(secure && { capabilities: w.WINBIO_CAPABILITY_SECURE_SENSOR }) });
  const process = host.process({ administrator });
  const handle = await openSync(host, process, { flags });
  const holders = () => [w.out<number>(), w.out<Uint8Array | null>(), w.out<number>(), w.out<number>()] as const;
  const capture = (into = holders(), purpose = 0, dataFlags: number = RAW) =>
    process.winbio.WinBioCaptureSample(handle, purpose, dataFlags, ...into);
  return { host, process, handle, holders, capture };
}

describe('capture sample', () => {
  test('C-147: a session without RAW is E_ACCESSDENIED', async () => {
    const { host, process, handle, capture } = await world({ flags: 0 });
    await using _ = host;
    expect(await capture()).toBe(w.E_ACCESSDENIED);
    const uncalled = () => expect.unreachable();
    expect(await process.winbio.WinBioCaptureSampleWithCallback(handle, 0, RAW, uncalled)).toBe(w.E_ACCESSDENIED);
  });

  test('C-148: a caller that is neither administrator nor Local System is E_ACCESSDENIED', async () => {
    const { host, capture } = await world({ administrator: false, flags: 0 });
    await using _ = host;
    expect(await capture()).toBe(w.E_ACCESSDENIED);
    const system = host.process({ localSystem: true });
    const handle = await openSync(host, system, { flags: w.WINBIO_FLAG_RAW });
    const allowed = system.winbio.WinBioCaptureSample(handle, 0, RAW, w.out(), w.out(), w.out(), w.out());
    await host.touch(1);
    expect(await allowed).toBe(w.S_OK);
  });

  test('C-149: an unsupported purpose/flags pair is E_NOTIMPL', async () => {
    const { host, holders, capture } = await world();
    await using _ = host;
    for (const flags of [
      w.WINBIO_DATA_FLAG_PROCESSED,
      w.WINBIO_DATA_FLAG_INTERMEDIATE,
      RAW | w.WINBIO_DATA_FLAG_PRIVACY,
    ]) {
      expect(await capture(holders(), w.WINBIO_PURPOSE_VERIFY, flags)).toBe(w.E_NOTIMPL);
    }
  });

  test('C-150: a missing holder is E_POINTER', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    for (const missing of [0, 1, 2, 3]) {
      const holders = [0, 1, 2, 3].map((i) => (i === missing ? null : w.out<never>())) as [null, null, null, null];
      expect(await process.winbio.WinBioCaptureSample(handle, 0, RAW, ...holders)).toBe(w.E_POINTER);
    }
  });

  test('C-151: a sensor in enrollment (system pool) is ENROLLMENT_IN_PROGRESS', async () => {
    const { host, process, capture } = await world();
    await using _ = host;
    await process.winbio.WinBioEnrollBegin(await openSync(host, process), 2, 1);
    const pending = capture();
    // Judged when the sample arrives.
    expect(await isPending(host, pending)).toBe(true);
    await host.touch(1);
    expect(await pending).toBe(w.WINBIO_E_ENROLLMENT_IN_PROGRESS);
  });

  test('C-152: a secure sensor in the pool is INVALID_OPERATION', async () => {
    const { host, capture } = await world({ secure: true });
    await using _ = host;
    expect(await capture()).toBe(w.WINBIO_E_INVALID_OPERATION);
  });

  test('C-153: success: Sample is a BIR of SampleSize bytes, RejectDetail 0', async () => {
    const { host, holders, capture } = await world();
    await using _ = host;
    const into = holders();
    const pending = capture(into);
    await host.touch(4711);
    expect(await pending).toBe(w.S_OK);
    const [unit, sample, size, detail] = into;
    expect([unit.value, sample.value?.length, detail.value]).toEqual([1, size.value, 0]);
    expect(scriptedFingerOf(decodeFingerprintSample(sample.value ?? new Uint8Array()))).toBe(4711);
  });

  test('C-154: bad capture: BAD_CAPTURE, RejectDetail and UnitId set, Sample null', async () => {
    const { host, holders, capture } = await world({ readers: 2 });
    await using _ = host;
    const into = holders();
    const pending = capture(into);
    await host.touchBadly(w.WINBIO_FP_TOO_FAST, 1);
    expect(await pending).toBe(w.WINBIO_E_BAD_CAPTURE);
    expect(into.map(({ value }) => value)).toEqual([2, null, 0, w.WINBIO_FP_TOO_FAST]);
  });

  test('C-155: purpose 0 with flags RAW is accepted', async () => {
    const { host, holders, capture } = await world();
    await using _ = host;
    const pending = capture(holders(), w.WINBIO_NO_PURPOSE_AVAILABLE, RAW);
    await host.touch(1);
    expect(await pending).toBe(w.S_OK);
  });

  test('C-156: system pool: waits for focus and a sample', async () => {
    const { host, process, capture } = await world();
    await using _ = host;
    host.dropFocus();
    const pending = capture();
    await host.touch(1);
    expect(await isPending(host, pending)).toBe(true);
    process.focus();
    expect(await isPending(host, pending)).toBe(true);
    await host.touch(1);
    expect(await pending).toBe(w.S_OK);
  });

  test('C-157: the BIR is well formed', async () => {
    const { host, holders, capture } = await world();
    await using _ = host;
    const into = holders();
    const pending = capture(into, w.WINBIO_PURPOSE_VERIFY);
    await host.touch(1);
    await pending;
    const bytes = into[1].value ?? new Uint8Array();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const blocks = [0, 8, 16, 24].map((at) => ({
      size: view.getUint32(at, true),
      offset: view.getUint32(at + 4, true),
    }));
    for (const { size, offset } of blocks) expect(offset + size).toBeLessThanOrEqual(bytes.length);
    const [header, standard] = blocks;
    if (header === undefined || standard === undefined) return expect.unreachable();
    expect([bytes[header.offset + 2], bytes[header.offset + 3]]).toEqual([0x11, 0x11]);
    expect(view.getUint16(header.offset, true) & w.WINBIO_BIR_FIELD_NEVER_VALID).toBe(0);
    const format = [view.getUint16(header.offset + 40, true), view.getUint16(header.offset + 42, true)];
    expect(standard.size > 0).toBe(true);
    expect(format).toEqual([w.WINBIO_ANSI_381_FORMAT_OWNER, w.WINBIO_ANSI_381_FORMAT_TYPE]);
    expect(() => decodeBir(bytes)).not.toThrow();
  });

  test('C-153: on an asynchronous handle the sample is in the result', async () => {
    const { host, process } = await world();
    await using _ = host;
    const { handle, notices } = await openAsync(host, process, { flags: w.WINBIO_FLAG_RAW });
    await process.winbio.WinBioCaptureSample(handle, 0, RAW, null, null, null, null);
    await host.touch(3);
    const result = await notices.at(0);
    if (result.Operation !== w.WINBIO_OPERATION_CAPTURE_SAMPLE) return expect.unreachable();
    const { Sample, SampleSize, RejectDetail } = result.Parameters.CaptureSample;
    expect([Sample?.length, RejectDetail]).toEqual([SampleSize, 0]);
  });
});
