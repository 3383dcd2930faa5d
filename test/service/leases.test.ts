/** What one client holds without using it goes back to the others, and monitors tell nobody whose finger it was. */

import { expect, test } from 'vitest';
import * as w from '../../src/exports/whorl/winbio.ts';
import { openSync } from '../support/sessions.ts';
import { World } from '../support/world.ts';

const LEASES = { enrollmentMs: 120_000, lockMs: 300_000 };
const OTHER = { user: 'S-1-5-21-1-2-3-1002' };

interface MonitoredEvent {
  readonly Parameters: { readonly UnclaimedIdentify: { readonly Identity: w.WINBIO_IDENTITY } };
}

/** A second account's session. */
async function other(world: World) {
  const process = world.host.process(OTHER);
  return { process, handle: await openSync(world.host, process) };
}

test('an enrollment without a sample ends, with the capture that waits for one; its session is told, others go on', async () => {
  await using world = await World.create({ leases: LEASES });
  expect(await world.begin()).toBe(w.S_OK);
  const { process, handle } = await other(world);
  world.process.focus();
  world.host.clock.advance(LEASES.enrollmentMs - 1);
  expect((await world.capture(1)).hr).toBe(w.WINBIO_I_MORE_DATA);
  world.host.clock.advance(LEASES.enrollmentMs - 1);
  const waiting = world.winbio.WinBioEnrollCapture(world.handle, w.out<number>());
  await world.host.settle();
  process.focus();
  const begin = () => process.winbio.WinBioEnrollBegin(handle, 2, 1);
  expect(await begin()).toBe(w.WINBIO_E_ENROLLMENT_IN_PROGRESS);
  world.host.clock.advance(1);
  expect(await waiting).toBe(w.WINBIO_E_CANCELED);
  expect(await world.discard()).toBe(w.WINBIO_E_INVALID_OPERATION);
  expect(await begin()).toBe(w.S_OK);
  expect(await process.winbio.WinBioEnrollDiscard(handle)).toBe(w.S_OK);
  expect(world.host.clock.pending).toBe(0);
});

test('a lock without an operation ends, and the next one in line has it', async () => {
  await using world = await World.create({ leases: LEASES });
  expect(await world.winbio.WinBioLockUnit(world.handle, 1)).toBe(w.S_OK);
  const { process, handle } = await other(world);
  const next = process.winbio.WinBioLockUnit(handle, 1);
  await world.host.settle();
  world.host.clock.advance(LEASES.lockMs - 1);
  expect((await world.property(w.WINBIO_PROPERTY_SAMPLE_HINT)).hr).toBe(w.S_OK);
  world.host.clock.advance(LEASES.lockMs);
  expect(await next).toBe(w.S_OK);
  expect(await world.winbio.WinBioUnlockUnit(world.handle, 1)).toBe(w.WINBIO_E_LOCK_VIOLATION);
  expect(await process.winbio.WinBioUnlockUnit(handle, 1)).toBe(w.S_OK);
  expect(world.host.clock.pending).toBe(0);
});

test('without a policy both are held as long as their sessions live', async () => {
  await using world = await World.create();
  expect(await world.begin()).toBe(w.S_OK);
  world.host.clock.advance(1e9);
  expect(await world.discard()).toBe(w.S_OK);
});

test('monitors tell an account of its own fingers, administrators of all, and others only that someone was there', async () => {
  await using world = await World.create();
  await world.enroll(1);
  const told: string[] = [];
  const watch = async (name: string, who: object) => {
    const process = world.host.process(who);
    const handle = await openSync(world.host, process);
    const note = (_context: unknown, _status: number, event: MonitoredEvent | null) => {
      if (event === null) return;
      told.push(`${name} ${w.fromWinbioIdentity(event.Parameters.UnclaimedIdentify.Identity)?.type}`);
    };
    const mask = w.WINBIO_EVENT_FP_UNCLAIMED_IDENTIFY;
    expect(await process.winbio.WinBioRegisterEventMonitor(handle, mask, note as never)).toBe(w.S_OK);
  };
  await watch('own', {});
  await watch('other', OTHER);
  await watch('administrator', { user: 'S-1-5-21-1-2-3-1003', administrator: true });
  // Nobody else waits, so that the touch is unclaimed.
  await world.host.touch(1);
  await world.host.settle();
  expect(told.sort()).toEqual(['administrator sid', 'other null', 'own sid']);
});
