import { describe, expect, test } from 'vitest';
import { createHost, type Host, type HostProcess } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { enroll, isPending, openAsync, openSync } from '../support/sessions.ts';

const INDEX = w.WINBIO_ANSI_381_POS_RH_INDEX_FINGER;

async function world(options: Parameters<typeof createHost>[0] = {}, who: Parameters<Host['process']>[0] = {}) {
  const host = await createHost(options);
  const process = host.process(who);
  return { host, process, winbio: process.winbio, handle: await openSync(host, process) };
}

/** One capture of an open enrollment. */
async function capture(host: Host, { winbio }: HostProcess, handle: number, finger: number, reader = 0) {
  const detail = w.out<number>();
  const call = winbio.WinBioEnrollCapture(handle, detail);
  await host.touch(finger, reader);
  return [await call, detail.value];
}

async function complete(host: Host, process: HostProcess, handle: number, finger: number, subFactor = INDEX, unit = 1) {
  expect(await process.winbio.WinBioEnrollBegin(handle, subFactor, unit)).toBe(w.S_OK);
  for (let i = 0; i < 3; i++) await capture(host, process, handle, finger, unit - 1);
}

async function commit({ winbio }: HostProcess, handle: number) {
  const [identity, isNew] = [w.out<w.WINBIO_IDENTITY>(), w.out<boolean>()];
  const hr = await winbio.WinBioEnrollCommit(handle, identity, isNew);
  return { hr, identity: identity.value, isNew: isNew.value };
}

describe('enrollment', () => {
  test('C-180: begin: SubFactor 0 or 0xFF, UnitId 0 are E_INVALIDARG', async () => {
    const { host, winbio, handle } = await world();
    await using _ = host;
    expect(await winbio.WinBioEnrollBegin(handle, 0, 1)).toBe(w.E_INVALIDARG);
    expect(await winbio.WinBioEnrollBegin(handle, 0xff, 1)).toBe(w.E_INVALIDARG);
    expect(await winbio.WinBioEnrollBegin(handle, INDEX, 0)).toBe(w.E_INVALIDARG);
  });

  test('C-181: begin: accepts 1..10, 13, 14 and 0xF5..0xFE; others are E_INVALIDARG', async () => {
    const { host, winbio, handle } = await world();
    await using _ = host;
    const accepted: number[] = [];
    for (let subFactor = 0; subFactor <= 0xff; subFactor++) {
      const hr = await winbio.WinBioEnrollBegin(handle, subFactor, 1);
      if (hr === w.S_OK) {
        accepted.push(subFactor);
        await winbio.WinBioEnrollDiscard(handle);
      } else expect(hr).toBe(w.E_INVALIDARG);
    }
    const unspecified = Array.from({ length: 10 }, (_, i) => 0xf5 + i);
    expect(accepted).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, ...unspecified]);
  });

  test('C-182: begin while an enrollment is in progress is ENROLLMENT_IN_PROGRESS', async () => {
    const { host, process, winbio, handle } = await world({ readers: 2 });
    await using _ = host;
    expect(await winbio.WinBioEnrollBegin(handle, INDEX, 1)).toBe(w.S_OK);
    const other = await openSync(host, process);
    expect(await winbio.WinBioEnrollBegin(handle, INDEX, 1)).toBe(w.WINBIO_E_ENROLLMENT_IN_PROGRESS);
    expect(await winbio.WinBioEnrollBegin(other, INDEX, 1)).toBe(w.WINBIO_E_ENROLLMENT_IN_PROGRESS);
    // Only one at a time, whichever unit of the pool it uses.
    expect(await winbio.WinBioEnrollBegin(other, INDEX, 2)).toBe(w.WINBIO_E_ENROLLMENT_IN_PROGRESS);
  });

  test('C-183: begin on a unit locked by another session is LOCK_VIOLATION', async () => {
    const { host, process, winbio, handle } = await world();
    await using _ = host;
    await winbio.WinBioLockUnit(await openSync(host, process), 1);
    expect(await winbio.WinBioEnrollBegin(handle, INDEX, 1)).toBe(w.WINBIO_E_LOCK_VIOLATION);
  });

  test('C-184: begin without enrollment permission is E_ACCESSDENIED', async () => {
    const { host, winbio, handle } = await world({}, { mayEnroll: false });
    await using _ = host;
    expect(await winbio.WinBioEnrollBegin(handle, INDEX, 1)).toBe(w.E_ACCESSDENIED);
    expect(await winbio.WinBioEnrollCapture(handle, w.out())).toBe(w.E_ACCESSDENIED);
    expect(await winbio.WinBioEnrollDiscard(handle)).toBe(w.E_ACCESSDENIED);
  });

  test('C-185: begin (async): EnrollBegin.SubFactor is the requested sub-factor', async () => {
    const { host, process } = await world();
    await using _ = host;
    const { handle, notices } = await openAsync(host, process);
    await process.winbio.WinBioEnrollBegin(handle, 9, 1);
    expect(await notices.at(0)).toMatchObject({
      ApiStatus: w.S_OK,
      UnitId: 1,
      Parameters: { EnrollBegin: { SubFactor: 9 } },
    });
  });

  test('C-186: begin in the system pool waits for focus', async () => {
    const { host, process, winbio, handle } = await world();
    await using _ = host;
    host.dropFocus();
    const begin = winbio.WinBioEnrollBegin(handle, INDEX, 1);
    expect(await isPending(host, begin)).toBe(true);
    process.focus();
    expect(await begin).toBe(w.S_OK);
    // In a private pool focus does not matter.
    const { host: other, process: owner } = await world({ readers: 2 });
    await using __ = other;
    const own = await openSync(other, owner, { privateUnits: [2] });
    other.dropFocus();
    expect(await owner.winbio.WinBioEnrollBegin(own, INDEX, 2)).toBe(w.S_OK);
  });

  test('C-187: capture: MORE_DATA until the last needed sample, then S_OK', async () => {
    const { host, process, winbio, handle } = await world({ samples: 4 });
    await using _ = host;
    await winbio.WinBioEnrollBegin(handle, INDEX, 1);
    const seen = [];
    for (let i = 0; i < 5; i++) seen.push(await capture(host, process, handle, 1));
    const { WINBIO_I_MORE_DATA: MORE, S_OK } = w;
    // A further one is allowed, and the template stays complete (D-20).
    expect(seen).toEqual([
      [MORE, 0],
      [MORE, 0],
      [MORE, 0],
      [S_OK, 0],
      [S_OK, 0],
    ]);
  });

  test('C-188: MORE_DATA is a success code', async () => {
    const { host, process, winbio, handle } = await world();
    await using _ = host;
    await winbio.WinBioEnrollBegin(handle, INDEX, 1);
    const [hr] = await capture(host, process, handle, 1);
    expect([hr, w.SUCCEEDED(hr ?? -1), (hr ?? -1) >>> 31]).toEqual([0x00090001, true, 0]);
  });

  test('C-189: capture: BAD_CAPTURE keeps the enrollment; RejectDetail set', async () => {
    const { host, process, winbio, handle } = await world();
    await using _ = host;
    await winbio.WinBioEnrollBegin(handle, INDEX, 1);
    await capture(host, process, handle, 1);
    const detail = w.out<number>();
    const bad = winbio.WinBioEnrollCapture(handle, detail);
    await host.touchBadly(w.WINBIO_FP_TOO_SKEWED);
    expect([await bad, detail.value]).toEqual([w.WINBIO_E_BAD_CAPTURE, w.WINBIO_FP_TOO_SKEWED]);
    expect(await capture(host, process, handle, 1)).toEqual([w.WINBIO_I_MORE_DATA, 0]);
    expect(await capture(host, process, handle, 1)).toEqual([w.S_OK, 0]);
  });

  test('C-190: capture (sync): RejectDetail holder missing is E_POINTER', async () => {
    const { host, winbio, handle } = await world();
    await using _ = host;
    await winbio.WinBioEnrollBegin(handle, INDEX, 1);
    expect(await winbio.WinBioEnrollCapture(handle, null)).toBe(w.E_POINTER);
  });

  test('C-191: capture takes samples only from the unit named at begin', async () => {
    const { host, winbio, handle } = await world({ readers: 2 });
    await using _ = host;
    await winbio.WinBioEnrollBegin(handle, INDEX, 2);
    const call = winbio.WinBioEnrollCapture(handle, w.out());
    expect(await host.touch(1, 0)).toBe('lost');
    expect(await isPending(host, call)).toBe(true);
    await host.touch(1, 1);
    expect(await call).toBe(w.WINBIO_I_MORE_DATA);
  });

  test('C-192: capture, commit, discard without begin are INVALID_OPERATION', async () => {
    const { host, process, winbio, handle } = await world();
    await using _ = host;
    expect(await winbio.WinBioEnrollCapture(handle, w.out())).toBe(w.WINBIO_E_INVALID_OPERATION);
    expect((await commit(process, handle)).hr).toBe(w.WINBIO_E_INVALID_OPERATION);
    expect(await winbio.WinBioEnrollDiscard(handle)).toBe(w.WINBIO_E_INVALID_OPERATION);
  });

  test('C-193: commit while more samples are needed is INVALID_OPERATION, the enrollment stays open', async () => {
    const { host, process, winbio, handle } = await world();
    await using _ = host;
    await winbio.WinBioEnrollBegin(handle, INDEX, 1);
    expect((await commit(process, handle)).hr).toBe(w.WINBIO_E_INVALID_OPERATION);
    for (let i = 0; i < 2; i++) await capture(host, process, handle, 1);
    expect((await commit(process, handle)).hr).toBe(w.WINBIO_E_INVALID_OPERATION);
    await capture(host, process, handle, 1);
    expect((await commit(process, handle)).hr).toBe(w.S_OK);
  });

  test('C-194: commit: new template S_OK, IsNewTemplate TRUE, Identity set', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    await complete(host, process, handle, 1);
    const identity = w.toWinbioIdentity({ type: 'sid', sid: process.user });
    expect(await commit(process, handle)).toEqual({ hr: w.S_OK, identity, isNew: true });
  });

  test('C-195: commit: a duplicate reports the existing Identity and IsNewTemplate FALSE', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    const identity = await enroll(host, process, 1);
    await complete(host, process, handle, 1);
    expect(await commit(process, handle)).toEqual({ hr: w.S_OK, identity, isNew: false });
    expect((await commit(process, handle)).hr).toBe(w.WINBIO_E_INVALID_OPERATION);
  });

  test('C-196: commit: duplicate under another identity or sub-factor (system pool) is DUPLICATE_TEMPLATE', async () => {
    const { host, process, winbio, handle } = await world();
    await using _ = host;
    const identity = await enroll(host, process, 1);
    await complete(host, process, handle, 1, 3);
    expect(await commit(process, handle)).toEqual({ hr: w.WINBIO_E_DUPLICATE_TEMPLATE, identity, isNew: false });
    // The enrollment is kept, so that it can be discarded.
    expect(await winbio.WinBioEnrollDiscard(handle)).toBe(w.S_OK);
    const stranger = host.process({ user: 'S-1-5-21-9-9-9-9' });
    const other = await openSync(host, stranger);
    await complete(host, stranger, other, 1);
    expect(await commit(stranger, other)).toEqual({ hr: w.WINBIO_E_DUPLICATE_TEMPLATE, identity, isNew: false });
  });

  test('C-196: a slot that holds another finger is DUPLICATE_ENROLLMENT', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    await enroll(host, process, 1);
    await complete(host, process, handle, 2);
    expect((await commit(process, handle)).hr).toBe(w.WINBIO_E_DUPLICATE_ENROLLMENT);
  });

  test('C-197: DUPLICATE_TEMPLATE never occurs in a private pool', async () => {
    const { host, process } = await world({ readers: 2 });
    await using _ = host;
    const handle = await openSync(host, process, { privateUnits: [2] });
    await complete(host, process, handle, 1, INDEX, 2);
    const first = await commit(process, handle);
    await complete(host, process, handle, 1, 7, 2);
    expect(await commit(process, handle)).toEqual({ hr: w.S_OK, identity: first.identity, isNew: false });
  });

  test('C-198: commit: full database is DATABASE_FULL; the enrollment stays open', async () => {
    const { host, process, winbio, handle } = await world({ recordLimit: 1 });
    await using _ = host;
    const identity = await enroll(host, process, 1);
    await complete(host, process, handle, 2, 3);
    expect((await commit(process, handle)).hr).toBe(w.WINBIO_E_DATABASE_FULL);
    // Room can be made only while no unit enrolls, so the commit cannot be retried here; discard works.
    expect(await winbio.WinBioEnrollDiscard(handle)).toBe(w.S_OK);
    expect(await winbio.WinBioDeleteTemplate(handle, 1, identity, INDEX)).toBe(w.S_OK);
    await complete(host, process, handle, 2, 3);
    expect((await commit(process, handle)).hr).toBe(w.S_OK);
  });

  test('C-199: commit (sync): missing holder is E_POINTER', async () => {
    const { host, process, winbio, handle } = await world();
    await using _ = host;
    await complete(host, process, handle, 1);
    expect(await winbio.WinBioEnrollCommit(handle, null, w.out())).toBe(w.E_POINTER);
    expect(await winbio.WinBioEnrollCommit(handle, w.out(), undefined)).toBe(w.E_POINTER);
    expect((await commit(process, handle)).hr).toBe(w.S_OK);
  });

  test('C-201: private pool: each new enrollment has a fresh GUID', async () => {
    const { host, process } = await world({ readers: 2 });
    await using _ = host;
    const handle = await openSync(host, process, { privateUnits: [2] });
    const owners = [];
    for (const finger of [1, 2, 3]) {
      await complete(host, process, handle, finger, INDEX, 2);
      owners.push((await commit(process, handle)).identity?.Value.TemplateGuid);
    }
    expect(new Set(owners).size).toBe(3);
  });

  test('C-202: discard ends the enrollment; nothing is stored', async () => {
    const { host, process, winbio, handle } = await world();
    await using _ = host;
    await complete(host, process, handle, 1);
    expect(await winbio.WinBioEnrollDiscard(handle)).toBe(w.S_OK);
    const identify = winbio.WinBioIdentify(handle, w.out(), w.out(), w.out(), w.out());
    await host.touch(1);
    expect(await identify).toBe(w.WINBIO_E_UNKNOWN_ID);
  });

  test('C-203: after commit or discard a new begin is possible at once', async () => {
    const { host, process, winbio, handle } = await world();
    await using _ = host;
    await complete(host, process, handle, 1);
    await commit(process, handle);
    expect(await winbio.WinBioEnrollBegin(handle, 3, 1)).toBe(w.S_OK);
    await winbio.WinBioEnrollDiscard(handle);
    expect(await winbio.WinBioEnrollBegin(handle, 3, 1)).toBe(w.S_OK);
  });

  test('C-204: select: 0 is E_INVALIDARG', async () => {
    const { host, winbio, handle } = await world();
    await using _ = host;
    expect(await winbio.WinBioEnrollSelect(handle, 0n)).toBe(w.E_INVALIDARG);
  });

  test('C-205: select on fingerprint is S_OK, ignored', async () => {
    const { host, process, winbio, handle } = await world();
    await using _ = host;
    expect(await winbio.WinBioEnrollSelect(handle, 1n)).toBe(w.S_OK);
    await winbio.WinBioEnrollBegin(handle, INDEX, 1);
    expect(await winbio.WinBioEnrollSelect(handle, 0xffffffffffffffffn)).toBe(w.S_OK);
    expect(await capture(host, process, handle, 1)).toEqual([w.WINBIO_I_MORE_DATA, 0]);
  });

  test('C-209: legacy enroll capture may be re-issued from its own callback', async () => {
    const { host, process, winbio, handle } = await world();
    await using _ = host;
    await winbio.WinBioEnrollBegin(handle, INDEX, 1);
    const statuses: number[] = [];
    const callback: w.PWINBIO_ENROLL_CAPTURE_CALLBACK = (_context, status) => {
      statuses.push(status);
      if (status === w.WINBIO_I_MORE_DATA) void winbio.WinBioEnrollCaptureWithCallback(handle, callback);
    };
    await winbio.WinBioEnrollCaptureWithCallback(handle, callback);
    const wait = winbio.WinBioWait(handle);
    for (let i = 0; i < 3; i++) await host.touch(1);
    await wait;
    expect(statuses).toEqual([w.WINBIO_I_MORE_DATA, w.WINBIO_I_MORE_DATA, w.S_OK]);
    expect((await commit(process, handle)).isNew).toBe(true);
  });

  test('C-210: suspend during enrollment is ENROLLMENT_CANCELED_BY_SUSPEND, the enrollment gone', async () => {
    const { host, winbio, handle } = await world();
    await using _ = host;
    await winbio.WinBioEnrollBegin(handle, INDEX, 1);
    const pending = winbio.WinBioEnrollCapture(handle, w.out());
    await host.suspend();
    expect(await pending).toBe(w.WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND);
    await host.resume();
    expect(await winbio.WinBioEnrollCapture(handle, w.out())).toBe(w.WINBIO_E_INVALID_OPERATION);
    // Without a pending capture the next call learns it, once.
    await winbio.WinBioEnrollBegin(handle, INDEX, 1);
    await host.suspend();
    await host.resume();
    expect(await winbio.WinBioEnrollCapture(handle, w.out())).toBe(w.WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND);
    expect(await winbio.WinBioEnrollCapture(handle, w.out())).toBe(w.WINBIO_E_INVALID_OPERATION);
    expect(await winbio.WinBioEnrollBegin(handle, INDEX, 1)).toBe(w.S_OK);
  });

  test('C-211: another capture error aborts the enrollment', async () => {
    const { host, winbio, handle } = await world();
    await using _ = host;
    await winbio.WinBioEnrollBegin(handle, INDEX, 1);
    const pending = winbio.WinBioEnrollCapture(handle, w.out());
    await host.settle();
    host.reader(0).fault();
    expect(await pending).toBe(w.WINBIO_E_DEVICE_FAILURE);
    host.reader(0).release();
    expect(await winbio.WinBioEnrollCapture(handle, w.out())).toBe(w.WINBIO_E_INVALID_OPERATION);
    expect(await winbio.WinBioEnrollBegin(handle, INDEX, 1)).toBe(w.S_OK);
    // So does the removal of the unit (D-47).
    const removed = winbio.WinBioEnrollCapture(handle, w.out());
    await host.settle();
    host.reader(0).unplug();
    expect(await removed).toBe(w.WINBIO_E_SENSOR_UNAVAILABLE);
    expect(await winbio.WinBioEnrollDiscard(handle)).toBe(w.WINBIO_E_INVALID_OPERATION);
    expect(await winbio.WinBioEnrollBegin(handle, INDEX, 1)).toBe(w.WINBIO_E_INVALID_UNIT);
  });

  test('C-212: samples on other units still serve other clients', async () => {
    const { host, process, winbio, handle } = await world({ readers: 2 });
    await using _ = host;
    await winbio.WinBioEnrollBegin(handle, INDEX, 1);
    const capturing = winbio.WinBioEnrollCapture(handle, w.out());
    const other = await openSync(host, process);
    const identify = winbio.WinBioIdentify(other, w.out(), w.out(), w.out(), w.out());
    await host.touch(5, 1);
    expect(await identify).toBe(w.WINBIO_E_UNKNOWN_ID);
    await host.touch(1, 0);
    expect(await capturing).toBe(w.WINBIO_I_MORE_DATA);
  });
});
