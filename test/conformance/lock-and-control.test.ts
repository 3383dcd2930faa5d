import { describe, expect, test } from 'vitest';
import { createHost, type HostProcess } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { isPending, openAsync, openSync } from '../support/sessions.ts';

async function world(readers = 2, who: Parameters<Awaited<ReturnType<typeof createHost>>['process']>[0] = {}) {
  const host = await createHost({ readers });
  const process = host.process(who);
  return { host, process, winbio: process.winbio, handle: await openSync(host, process) };
}

/** Sends a command with fresh holders. */
async function control({ winbio }: HostProcess, handle: number, component: number, code: number, privileged = false) {
  const receive = new Uint8Array(4);
  const [size, status] = [w.out<number>(), w.out<number>()];
  const send = Uint8Array.of(9, 8, 7);
  const call = privileged ? winbio.WinBioControlUnitPrivileged : winbio.WinBioControlUnit;
  const hr = await call(handle, 1, component, code, send, 3, receive, 4, size, status);
  return { hr, received: [...receive], size: size.value, status: status.value };
}

describe('lock and control', () => {
  test('C-235: lock: UnitId 0 E_INVALIDARG; a second, different unit LOCK_VIOLATION', async () => {
    const { host, winbio, handle } = await world();
    await using _ = host;
    expect(await winbio.WinBioLockUnit(handle, 0)).toBe(w.E_INVALIDARG);
    expect(await winbio.WinBioLockUnit(handle, 1)).toBe(w.S_OK);
    expect(await winbio.WinBioLockUnit(handle, 2)).toBe(w.WINBIO_E_LOCK_VIOLATION);
  });

  test('C-236: lock of a unit held by another session waits until released', async () => {
    const { host, process, winbio, handle } = await world();
    await using _ = host;
    const [second, third] = [await openSync(host, process), await openSync(host, process)];
    await winbio.WinBioLockUnit(handle, 1);
    const waiting = [winbio.WinBioLockUnit(second, 1), winbio.WinBioLockUnit(third, 1)] as const;
    expect(await isPending(host, waiting[0])).toBe(true);
    await winbio.WinBioUnlockUnit(handle, 1);
    // First come, first served.
    expect([await waiting[0], await isPending(host, waiting[1])]).toEqual([w.S_OK, true]);
    await winbio.WinBioCloseSession(second);
    expect(await waiting[1]).toBe(w.S_OK);
  });

  test('C-237: lock of a unit in enrollment (system pool) is ENROLLMENT_IN_PROGRESS', async () => {
    const { host, process, winbio, handle } = await world();
    await using _ = host;
    await winbio.WinBioEnrollBegin(await openSync(host, process), 2, 1);
    expect(await winbio.WinBioLockUnit(handle, 1)).toBe(w.WINBIO_E_ENROLLMENT_IN_PROGRESS);
  });

  test('C-238: lock of the unit already held is S_OK, without nesting', async () => {
    const { host, winbio, handle } = await world();
    await using _ = host;
    expect(await winbio.WinBioLockUnit(handle, 1)).toBe(w.S_OK);
    expect(await winbio.WinBioLockUnit(handle, 1)).toBe(w.S_OK);
    expect(await winbio.WinBioUnlockUnit(handle, 1)).toBe(w.S_OK);
    expect(await winbio.WinBioUnlockUnit(handle, 1)).toBe(w.WINBIO_E_LOCK_VIOLATION);
  });

  test('C-239: unlock: UnitId 0 E_INVALIDARG; not locked by this session LOCK_VIOLATION', async () => {
    const { host, process, winbio, handle } = await world();
    await using _ = host;
    await winbio.WinBioLockUnit(await openSync(host, process), 1);
    expect(await winbio.WinBioUnlockUnit(handle, 0)).toBe(w.E_INVALIDARG);
    expect(await winbio.WinBioUnlockUnit(handle, 1)).toBe(w.WINBIO_E_LOCK_VIOLATION);
    expect(await winbio.WinBioUnlockUnit(handle, 2)).toBe(w.WINBIO_E_LOCK_VIOLATION);
  });

  test('C-240: unlock releases all locks of the session and cancels a pending lock request', async () => {
    const { host, process, winbio, handle } = await world();
    await using _ = host;
    await winbio.WinBioLockUnit(handle, 1);
    const waiter = await openSync(host, process);
    const request = winbio.WinBioLockUnit(waiter, 1);
    expect(await isPending(host, request)).toBe(true);
    expect(await winbio.WinBioUnlockUnit(waiter, 1)).toBe(w.S_OK);
    expect(await request).toBe(w.WINBIO_E_CANCELED);
    // The other session still holds its lock.
    expect(await winbio.WinBioUnlockUnit(handle, 1)).toBe(w.S_OK);
    // The removal of a unit ends its lock, and the waiting sessions are told (D-47).
    await winbio.WinBioLockUnit(handle, 1);
    const lost = winbio.WinBioLockUnit(waiter, 1);
    await host.settle();
    host.reader(0).unplug();
    expect(await lost).toBe(w.WINBIO_E_SENSOR_UNAVAILABLE);
    expect(await winbio.WinBioLockUnit(handle, 2)).toBe(w.S_OK);
  });

  test('C-236: samples of a locked unit are offered to its owner only', async () => {
    const { host, process, winbio, handle } = await world(1);
    await using _ = host;
    const other = winbio.WinBioLocateSensor(await openSync(host, process), w.out());
    await host.settle();
    await winbio.WinBioLockUnit(handle, 1);
    expect(await host.touch(1)).toBe('lost');
    expect(await isPending(host, other)).toBe(true);
    const own = winbio.WinBioLocateSensor(handle, w.out());
    await host.touch(1);
    expect([await own, await isPending(host, other)]).toEqual([w.S_OK, true]);
    await winbio.WinBioUnlockUnit(handle, 1);
    await host.touch(1);
    expect(await other).toBe(w.S_OK);
  });

  test('C-241: control without holding the lock is LOCK_VIOLATION', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    expect((await control(process, handle, w.WINBIO_COMPONENT_ENGINE, 1)).hr).toBe(w.WINBIO_E_LOCK_VIOLATION);
  });

  test('C-242: control with an unknown code is E_INVALIDARG', async () => {
    const { host, process, winbio, handle } = await world();
    await using _ = host;
    await winbio.WinBioLockUnit(handle, 1);
    for (const component of [w.WINBIO_COMPONENT_SENSOR, w.WINBIO_COMPONENT_ENGINE, w.WINBIO_COMPONENT_STORAGE]) {
      expect(await control(process, handle, component, 0x7777)).toEqual({
        hr: w.E_INVALIDARG,
        received: [0, 0, 0, 0],
        size: 0,
        status: 0,
      });
    }
    for (const component of [0, 4, 1.5]) expect((await control(process, handle, component, 1)).hr).toBe(w.E_INVALIDARG);
  });

  test('C-243: control: missing SendBuffer, ReceiveBuffer, ReceiveDataSize or OperationStatus is E_POINTER', async () => {
    const { host, process, winbio, handle } = await world();
    await using _ = host;
    await winbio.WinBioLockUnit(handle, 1);
    const bytes = new Uint8Array(1);
    const send = (
      h: number,
      a: Uint8Array | null,
      b: Uint8Array | null,
      c: w.Out<number> | null,
      d: w.Out<number> | null,
    ) => winbio.WinBioControlUnit(h, 1, 2, 1, a, a?.length ?? 0, b, b?.length ?? 0, c, d);
    expect(await send(handle, null, bytes, w.out(), w.out())).toBe(w.E_POINTER);
    expect(await send(handle, bytes, null, w.out(), w.out())).toBe(w.E_POINTER);
    expect(await send(handle, bytes, bytes, null, w.out())).toBe(w.E_POINTER);
    expect(await send(handle, bytes, bytes, w.out(), null)).toBe(w.E_POINTER);
    // The buffers also on asynchronous handles; zero lengths are legal (D-26).
    const { handle: asynchronous } = await openAsync(host, process);
    expect(await send(asynchronous, null, bytes, null, null)).toBe(w.E_POINTER);
    expect(await send(asynchronous, bytes, bytes, null, null)).toBe(w.S_OK);
    expect(await send(handle, new Uint8Array(), new Uint8Array(), w.out(), w.out())).toBe(w.S_OK);
  });

  test('C-244: privileged control without MAINTENANCE or permission is E_ACCESSDENIED', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    // Access before the lock (D-15).
    expect((await control(process, handle, 2, 1, true)).hr).toBe(w.E_ACCESSDENIED);
    const administrator = host.process({ administrator: true });
    expect((await control(administrator, await openSync(host, administrator), 2, 1, true)).hr).toBe(w.E_ACCESSDENIED);
    const maintenance = await openSync(host, administrator, { flags: w.WINBIO_FLAG_MAINTENANCE });
    expect((await control(administrator, maintenance, 2, 1, true)).hr).toBe(w.WINBIO_E_LOCK_VIOLATION);
    await administrator.winbio.WinBioLockUnit(maintenance, 1);
    expect((await control(administrator, maintenance, 2, 1, true)).hr).toBe(w.S_OK);
  });

  test('C-245: Component selects the adapter; privileged and plain commands reach different entry points', async () => {
    const { host, process, winbio } = await world(1, { administrator: true });
    await using _ = host;
    const handle = await openSync(host, process, { flags: w.WINBIO_FLAG_MAINTENANCE });
    await winbio.WinBioLockUnit(handle, 1);
    const engine = w.WINBIO_COMPONENT_ENGINE;
    expect(await control(process, handle, engine, 1)).toEqual({
      hr: w.S_OK,
      received: [9, 8, 7, 0],
      size: 3,
      status: 1,
    });
    expect((await control(process, handle, engine, 1, true)).status).toBe(2);
    // The same code means nothing to the storage.
    expect((await control(process, handle, w.WINBIO_COMPONENT_STORAGE, 1)).hr).toBe(w.E_INVALIDARG);
  });

  test('C-246: async control: payload complete; Operation 18 or 19', async () => {
    const { host, process, winbio } = await world(1, { administrator: true });
    await using _ = host;
    const { handle, notices } = await openAsync(host, process, { flags: w.WINBIO_FLAG_MAINTENANCE });
    await winbio.WinBioLockUnit(handle, 1);
    const send = Uint8Array.of(1, 2);
    const own = new Uint8Array(3);
    await winbio.WinBioControlUnit(handle, 1, 2, 1, send, 2, own, 3, null, null);
    await winbio.WinBioControlUnitPrivileged(handle, 1, 2, 1, send, 2, new Uint8Array(3), 3, null, null);
    await notices.at(2);
    // The caller's own buffer is filled too (D-38).
    expect([...own]).toEqual([1, 2, 0]);
    for (const [i, Operation] of [18, 19].entries()) {
      expect(notices.results[i + 1]).toMatchObject({
        Operation,
        ApiStatus: w.S_OK,
        UnitId: 1,
        Parameters: {
          ControlUnit: {
            Component: 2,
            ControlCode: 1,
            OperationStatus: i + 1,
            SendBuffer: Uint8Array.of(1, 2),
            SendBufferSize: 2,
            ReceiveBuffer: Uint8Array.of(1, 2, 0),
            ReceiveBufferSize: 3,
            ReceiveDataSize: 2,
          },
        },
      });
    }
  });
});
