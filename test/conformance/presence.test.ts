import { describe, expect, test } from 'vitest';
import { createHost, type Host, type HostProcess } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { notices } from '../support/notices.ts';
import { openAsync } from '../support/sessions.ts';

const FACE = w.WINBIO_TYPE_FACIAL_FEATURES;
const CAMERA = 2;
const ARRIVE = w.WINBIO_PRESENCE_CHANGE_TYPE_ARRIVE;
const TRACK = w.WINBIO_PRESENCE_CHANGE_TYPE_TRACK;
const RECOGNIZE = w.WINBIO_PRESENCE_CHANGE_TYPE_RECOGNIZE;
const DEPART = w.WINBIO_PRESENCE_CHANGE_TYPE_DEPART;
const UPDATE_ALL = w.WINBIO_PRESENCE_CHANGE_TYPE_UPDATE_ALL;

/** A session on the face pool. */
async function openFace({ winbio }: HostProcess) {
  const collected = notices();
  const handle = w.out<number>();
  const hr = await winbio.WinBioAsyncOpenSession(
    FACE,
    w.WINBIO_POOL_SYSTEM,
    0,
    null,
    0,
    null,
    1,
    null,
    0,
    collected.callback,
    null,
    false,
    handle,
  );
  expect(hr).toBe(w.S_OK);
  return { handle: handle.value ?? 0, notices: collected };
}

async function world() {
  const host = await createHost({ camera: true });
  const process = host.process();
  return { host, process, winbio: process.winbio, ...(await openFace(process)) };
}

/** Change type, tracking ids and statuses of every notice. */
function seen(results: readonly w.WINBIO_ASYNC_RESULT[]) {
  return results.map((result) => {
    if (result.Operation !== w.WINBIO_OPERATION_MONITOR_PRESENCE) return [result.Operation, result.ApiStatus];
    const { ChangeType, PresenceArray } = result.Parameters.MonitorPresence;
    return [ChangeType, ...(PresenceArray ?? []).map(({ TrackingId, Status }) => [Number(TrackingId), Status])];
  });
}

async function enrollFace(host: Host, { winbio }: HostProcess, handle: number, face: number) {
  await winbio.WinBioEnrollBegin(handle, 1, CAMERA);
  await winbio.WinBioEnrollSelect(handle, 1n);
  await winbio.WinBioEnrollCapture(handle, null);
  await host.show([{ trackingId: 1, state: 'pending', face }]);
  await winbio.WinBioEnrollCommit(handle, null, null);
  await host.settle();
}

describe('presence and selection', () => {
  test('C-079: cancel on a presence session ends the presence monitor', async () => {
    const { host, winbio, handle, notices: collected } = await world();
    await using _ = host;
    await winbio.WinBioMonitorPresence(handle, CAMERA);
    await host.settle();
    await winbio.WinBioCancel(handle);
    await host.settle();
    expect(collected.results.slice(1)).toMatchObject([
      {
        Operation: w.WINBIO_OPERATION_MONITOR_PRESENCE,
        ApiStatus: w.WINBIO_E_CANCELED,
        SequenceNumber: 2,
        Parameters: { MonitorPresence: { PresenceCount: 0, PresenceArray: null } },
      },
      { Operation: w.WINBIO_OPERATION_NONE, ApiStatus: w.S_OK },
    ]);
    expect([await host.show([{ trackingId: 1, state: 'pending' }]), host.idle]).toEqual(['lost', true]);
  });

  test('C-052: monitor-presence on an asynchronous handle produces notices', async () => {
    const { host, winbio, handle, notices: collected } = await world();
    await using _ = host;
    expect(await winbio.WinBioMonitorPresence(handle, CAMERA)).toBe(w.S_OK);
    expect(await collected.at(0)).toMatchObject({ Operation: w.WINBIO_OPERATION_MONITOR_PRESENCE, UnitId: CAMERA });
  });

  test('C-206: face capture without select is SELECTION_REQUIRED, the enrollment stays open', async () => {
    const { host, winbio, handle, notices: collected } = await world();
    await using _ = host;
    await winbio.WinBioEnrollSelect(handle, 5n);
    await winbio.WinBioEnrollBegin(handle, 1, CAMERA);
    await winbio.WinBioEnrollCapture(handle, null);
    await winbio.WinBioEnrollSelect(handle, 5n);
    await winbio.WinBioEnrollCapture(handle, null);
    await host.show([{ trackingId: 5, state: 'pending', face: 1 }]);
    expect(collected.results.map(({ ApiStatus }) => ApiStatus)).toEqual([
      w.WINBIO_E_INVALID_OPERATION,
      w.S_OK,
      w.WINBIO_E_SELECTION_REQUIRED,
      w.S_OK,
      w.S_OK,
    ]);
  });

  test('C-207: the selector is cleared by commit and discard', async () => {
    const { host, winbio, handle, notices: collected } = await world();
    await using _ = host;
    await enrollFace(host, { winbio } as HostProcess, handle, 1);
    for (let round = 0; round < 2; round++) {
      await winbio.WinBioEnrollBegin(handle, 2, CAMERA);
      await winbio.WinBioEnrollCapture(handle, null);
      await winbio.WinBioEnrollSelect(handle, 3n);
      await winbio.WinBioEnrollDiscard(handle);
    }
    await host.settle();
    const captures = collected.results.filter(({ Operation }) => Operation === w.WINBIO_OPERATION_ENROLL_CAPTURE);
    expect(captures.map(({ ApiStatus }) => ApiStatus)).toEqual([
      w.S_OK,
      w.WINBIO_E_SELECTION_REQUIRED,
      w.WINBIO_E_SELECTION_REQUIRED,
    ]);
  });

  test('C-259: monitor-presence on a synchronous session INCORRECT_SESSION_TYPE; UnitId 0 E_INVALIDARG', async () => {
    const { host, winbio, handle } = await world();
    await using _ = host;
    const synchronous = w.out<number>();
    await winbio.WinBioOpenSession(FACE, w.WINBIO_POOL_SYSTEM, 0, null, 0, null, synchronous);
    expect(await winbio.WinBioMonitorPresence(synchronous.value ?? 0, CAMERA)).toBe(w.WINBIO_E_INCORRECT_SESSION_TYPE);
    expect(await winbio.WinBioMonitorPresence(handle, 0)).toBe(w.E_INVALIDARG);
  });

  test('C-260: one presence monitor per session; an unsuitable unit is INVALID_OPERATION', async () => {
    const { host, process, winbio, handle, notices: collected } = await world();
    await using _ = host;
    await winbio.WinBioMonitorPresence(handle, CAMERA);
    await winbio.WinBioMonitorPresence(handle, CAMERA);
    expect((await collected.at(1)).ApiStatus).toBe(w.WINBIO_E_PRESENCE_MONITOR_ACTIVE);
    const fingers = await openAsync(host, process);
    await winbio.WinBioMonitorPresence(fingers.handle, 1);
    expect((await fingers.notices.at(0)).ApiStatus).toBe(w.WINBIO_E_INVALID_OPERATION);
  });

  test('C-261: ARRIVE precedes every other notice of a TrackingId; DEPART follows absence', async () => {
    const { host, winbio, handle, notices: collected } = await world();
    await using _ = host;
    await winbio.WinBioMonitorPresence(handle, CAMERA);
    await host.show([{ trackingId: 7, state: 'pending' }]);
    await host.show([
      { trackingId: 7, state: 'unknown' },
      { trackingId: 8, state: 'rejected', detail: 2 },
    ]);
    host.clock.advance(2_000);
    await host.settle();
    expect(seen(collected.results)).toEqual([
      [UPDATE_ALL],
      [ARRIVE, [7, w.S_OK]],
      [RECOGNIZE, [7, w.WINBIO_E_UNKNOWN_ID]],
      [ARRIVE, [8, w.WINBIO_E_BAD_CAPTURE]],
      [TRACK, [8, w.WINBIO_E_BAD_CAPTURE]],
      [DEPART, [7, w.WINBIO_E_UNKNOWN_ID]],
      [DEPART, [8, w.WINBIO_E_BAD_CAPTURE]],
    ]);
  });

  test('C-262: RECOGNIZE exactly once per recognised or certainly unknown person', async () => {
    const { host, process, winbio, handle, notices: collected } = await world();
    await using _ = host;
    await enrollFace(host, process, handle, 321);
    const before = collected.results.length;
    await winbio.WinBioMonitorPresence(handle, CAMERA);
    for (let i = 0; i < 3; i++) {
      await host.show([
        { trackingId: 1, state: 'matched', face: 321 },
        { trackingId: 2, state: 'unknown' },
      ]);
    }
    const later = collected.results.slice(before);
    expect(seen(later)).toEqual([
      [UPDATE_ALL],
      [ARRIVE, [1, w.S_OK]],
      [RECOGNIZE, [1, w.S_OK]],
      [ARRIVE, [2, w.WINBIO_E_UNKNOWN_ID]],
      [RECOGNIZE, [2, w.WINBIO_E_UNKNOWN_ID]],
    ]);
    expect(later[2]?.Parameters).toMatchObject({
      MonitorPresence: {
        PresenceArray: [{ Identity: w.toWinbioIdentity({ type: 'sid', sid: process.user }), Ticket: 0n }],
      },
    });
  });

  test('C-263: TRACK carries BAD_CAPTURE and a reject detail', async () => {
    const { host, winbio, handle, notices: collected } = await world();
    await using _ = host;
    await winbio.WinBioMonitorPresence(handle, CAMERA);
    await host.show([{ trackingId: 1, state: 'pending' }]);
    const { WINBIO_FACE_TOO_DARK: DARK, WINBIO_FACE_TOO_BRIGHT: BRIGHT } = w;
    await host.show([{ trackingId: 1, state: 'rejected', detail: DARK }]);
    // No change, no notice; another detail or position brings one, and so does recovery.
    await host.show([{ trackingId: 1, state: 'rejected', detail: DARK }]);
    await host.show([{ trackingId: 1, state: 'rejected', detail: BRIGHT }]);
    await host.show([{ trackingId: 1, state: 'rejected', detail: BRIGHT, left: 9 }]);
    await host.show([{ trackingId: 1, state: 'pending' }]);
    const tracks = collected.results.slice(2).map((result) => {
      if (result.Operation !== w.WINBIO_OPERATION_MONITOR_PRESENCE) return expect.unreachable();
      const [person] = result.Parameters.MonitorPresence.PresenceArray ?? [];
      return [result.Parameters.MonitorPresence.ChangeType, person?.Status, person?.RejectDetail];
    });
    expect(tracks).toEqual([
      [TRACK, w.WINBIO_E_BAD_CAPTURE, DARK],
      [TRACK, w.WINBIO_E_BAD_CAPTURE, BRIGHT],
      [TRACK, w.WINBIO_E_BAD_CAPTURE, BRIGHT],
      [TRACK, w.S_OK, 0],
    ]);
  });

  test('C-264: close ends the presence monitor', async () => {
    const { host, winbio, handle, notices: collected } = await world();
    await using _ = host;
    await winbio.WinBioMonitorPresence(handle, CAMERA);
    await host.show([{ trackingId: 1, state: 'pending' }]);
    await winbio.WinBioCloseSession(handle);
    await host.settle();
    host.clock.advance(10_000);
    await host.settle();
    expect(collected.results.slice(-2).map(({ Operation, ApiStatus }) => [Operation, ApiStatus])).toEqual([
      [w.WINBIO_OPERATION_MONITOR_PRESENCE, w.WINBIO_E_CANCELED],
      [w.WINBIO_OPERATION_CLOSE, w.S_OK],
    ]);
    expect(host.clock.pending).toBe(0);
  });
});
