import { describe, expect, test } from 'vitest';
import { BiometricError, type PresentPerson } from '../../src/exports/fingerprint/adapters.ts';
import { AdapterTap, createHost, type HostProcess } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { notices } from '../support/notices.ts';

const CAMERA = 2;
const EXPIRY_MS = 2_000;
const ARRIVE = w.WINBIO_PRESENCE_CHANGE_TYPE_ARRIVE;
const TRACK = w.WINBIO_PRESENCE_CHANGE_TYPE_TRACK;
const RECOGNIZE = w.WINBIO_PRESENCE_CHANGE_TYPE_RECOGNIZE;
const DEPART = w.WINBIO_PRESENCE_CHANGE_TYPE_DEPART;

async function openFace({ winbio }: HostProcess) {
  const collected = notices();
  const handle = w.out<number>();
  const { WINBIO_TYPE_FACIAL_FEATURES: FACE, WINBIO_POOL_SYSTEM: SYSTEM } = w;
  const { callback } = collected;
  await winbio.WinBioAsyncOpenSession(FACE, SYSTEM, 0, null, 0, null, 1, null, 0, callback, null, false, handle);
  return { handle: handle.value ?? 0, collected };
}

async function world(monitor = true) {
  const tap = new AdapterTap();
  const host = await createHost({ camera: true, tap });
  const process = host.process();
  const { winbio } = process;
  const { handle, collected } = await openFace(process);
  if (monitor) await winbio.WinBioMonitorPresence(handle, CAMERA);
  await host.settle();
  /** Change types and tracking ids of the notices since the monitor began. */
  const seen = () =>
    collected.results.slice(1).map((result) => {
      if (result.Operation !== w.WINBIO_OPERATION_MONITOR_PRESENCE) return [];
      const { ChangeType, PresenceArray } = result.Parameters.MonitorPresence;
      return [ChangeType, ...(PresenceArray ?? []).map(({ TrackingId }) => Number(TrackingId))];
    });
  const show = (...people: Partial<PresentPerson>[]) =>
    host.show(people.map((person) => ({ trackingId: 1, state: 'pending', ...person })) as never);
  return {
    host,
    tap,
    process,
    winbio,
    handle,
    collected,
    seen,
    show,
    [Symbol.asyncDispose]: () => host[Symbol.asyncDispose](),
  };
}

describe('presence', () => {
  test('A-211: whoever is new arrives before anything else is said of them', async () => {
    await using at = await world();
    await at.show({ trackingId: 7, state: 'unknown' });
    await at.show({ trackingId: 7, state: 'unknown' }, { trackingId: 8, state: 'rejected', detail: 2 });
    expect(at.seen()).toEqual([
      [ARRIVE, 7],
      [RECOGNIZE, 7],
      [ARRIVE, 8],
      [TRACK, 8],
    ]);
  });

  test('A-212: somebody who is seen and not yet known is no event, save once after a bad frame', async () => {
    await using at = await world();
    for (const state of ['pending', 'pending', 'rejected', 'pending', 'pending'] as const) {
      await at.show({ state, ...(state === 'rejected' && { detail: 2 }) });
    }
    expect(at.seen()).toEqual([
      [ARRIVE, 1],
      [TRACK, 1],
      [TRACK, 1],
    ]);
  });

  test('A-213: a bad frame of a person tracks them', async () => {
    await using at = await world();
    await at.show({});
    await at.show({ state: 'rejected', detail: 3 });
    expect(at.seen()).toEqual([
      [ARRIVE, 1],
      [TRACK, 1],
    ]);
  });

  test('A-214: a person is recognised once a stay, as somebody or as nobody', async () => {
    await using at = await world();
    for (let i = 0; i < 3; i++) await at.show({ state: 'unknown' });
    expect(at.seen()).toEqual([
      [ARRIVE, 1],
      [RECOGNIZE, 1],
    ]);
  });

  test('A-215: whoever is no longer seen departs after a while', async () => {
    await using at = await world();
    await at.show({ trackingId: 1 }, { trackingId: 2 });
    at.host.clock.advance(EXPIRY_MS - 1);
    await at.show({ trackingId: 2 });
    at.host.clock.advance(1);
    await at.show({ trackingId: 2 });
    expect(at.seen()).toEqual([
      [ARRIVE, 1],
      [ARRIVE, 2],
      [DEPART, 1],
    ]);
  });

  test('A-216: a frame that the engine fails at is ignored', async () => {
    await using at = await world();
    at.tap.fail('engine.identifyAll', new BiometricError('WINBIO_E_DATABASE_READ_ERROR'));
    await at.show({ trackingId: 5 });
    expect(at.seen()).toEqual([]);
    await at.show({ trackingId: 5 });
    expect(at.seen()).toEqual([[ARRIVE, 5]]);
  });

  test('A-217: a session has one presence monitor', async () => {
    await using at = await world();
    await at.winbio.WinBioMonitorPresence(at.handle, CAMERA);
    expect((await at.collected.at(1)).ApiStatus).toBe(w.WINBIO_E_PRESENCE_MONITOR_ACTIVE);
  });

  test('A-190: a camera captures for an enrollment only when somebody was selected, and the engine hears who', async () => {
    await using at = await world(false);
    await at.winbio.WinBioEnrollBegin(at.handle, 1, CAMERA);
    await at.winbio.WinBioEnrollCapture(at.handle, null);
    await at.host.settle();
    expect(at.collected.results.at(-1)?.ApiStatus).toBe(w.WINBIO_E_SELECTION_REQUIRED);
    expect(at.tap.names('sensor.capture')).toEqual([]);
    await at.winbio.WinBioEnrollSelect(at.handle, 5n);
    await at.winbio.WinBioEnrollCapture(at.handle, null);
    await at.host.settle();
    expect(at.tap.names('sensor.capture')).toHaveLength(1);
    expect(at.tap.of('enrollment.select').map(({ arguments: [selector] }) => selector)).toEqual([5n]);
  });

  test('A-120: a frame without people brings no event', async () => {
    await using at = await world();
    await at.show();
    expect(at.tap.of('engine.identifyAll').map(({ result }) => result)).toEqual([[]]);
    expect(at.seen()).toEqual([]);
  });
});
