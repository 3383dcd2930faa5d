import { describe, expect, test } from 'vitest';
import { createHost } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { enroll, openAsync, openSync } from '../support/sessions.ts';

const { WINBIO_EVENT_FP_UNCLAIMED: UNCLAIMED, WINBIO_EVENT_FP_UNCLAIMED_IDENTIFY: IDENTIFY } = w;

async function world(options: Parameters<typeof createHost>[0] = {}) {
  const host = await createHost(options);
  const process = host.process();
  const seen: { context: unknown; status: number; event: w.WINBIO_EVENT | null }[] = [];
  const callback: w.PWINBIO_EVENT_CALLBACK = (context, status, event) => seen.push({ context, status, event });
  return { host, process, winbio: process.winbio, handle: await openSync(host, process), seen, callback };
}

describe('event monitor', () => {
  test('C-247: register: mask 0 or both bits E_INVALIDARG; missing callback E_POINTER (sync)', async () => {
    const { host, winbio, handle, callback } = await world();
    await using _ = host;
    for (const mask of [0, UNCLAIMED | IDENTIFY, 4, w.WINBIO_EVENT_ERROR]) {
      expect(await winbio.WinBioRegisterEventMonitor(handle, mask, callback)).toBe(w.E_INVALIDARG);
    }
    expect(await winbio.WinBioRegisterEventMonitor(handle, UNCLAIMED, null)).toBe(w.E_POINTER);
  });

  test('C-248: a second register on a session is EVENT_MONITOR_ACTIVE', async () => {
    const { host, winbio, handle, callback } = await world();
    await using _ = host;
    expect(await winbio.WinBioRegisterEventMonitor(handle, UNCLAIMED, callback)).toBe(w.S_OK);
    expect(await winbio.WinBioRegisterEventMonitor(handle, IDENTIFY, callback)).toBe(w.WINBIO_E_EVENT_MONITOR_ACTIVE);
  });

  test('C-249: register on a private-pool session is INVALID_OPERATION', async () => {
    const { host, process, winbio, callback } = await world({ readers: 2 });
    await using _ = host;
    const handle = await openSync(host, process, { privateUnits: [2] });
    expect(await winbio.WinBioRegisterEventMonitor(handle, UNCLAIMED, callback)).toBe(w.WINBIO_E_INVALID_OPERATION);
  });

  test('C-250: a sample requested by a client with focus does not reach monitors', async () => {
    const { host, process, winbio, handle, seen, callback } = await world();
    await using _ = host;
    await winbio.WinBioRegisterEventMonitor(handle, UNCLAIMED, callback);
    const locate = winbio.WinBioLocateSensor(await openSync(host, process), w.out());
    await host.touch(1);
    expect([await locate, seen.length]).toEqual([w.S_OK, 0]);
  });

  test('C-251: an unrequested sample reaches the monitor; FP_UNCLAIMED without identification', async () => {
    const { host, process, winbio, handle, seen, callback } = await world();
    await using _ = host;
    await enroll(host, process, 1);
    await winbio.WinBioRegisterEventMonitor(handle, UNCLAIMED, callback, 'mine');
    // Needs no focus.
    host.dropFocus();
    await host.touch(1);
    await host.touchBadly(w.WINBIO_FP_TOO_FAST);
    expect(seen).toEqual([
      {
        context: 'mine',
        status: w.S_OK,
        event: { Type: UNCLAIMED, Parameters: { Unclaimed: { UnitId: 1, RejectDetail: 0 } } },
      },
      {
        context: 'mine',
        status: w.S_OK,
        event: { Type: UNCLAIMED, Parameters: { Unclaimed: { UnitId: 1, RejectDetail: w.WINBIO_FP_TOO_FAST } } },
      },
    ]);
  });

  test('C-251: so does one whose requester lacks focus', async () => {
    const { host, winbio, handle, seen, callback } = await world();
    await using _ = host;
    await winbio.WinBioRegisterEventMonitor(handle, UNCLAIMED, callback);
    const other = host.process({ focus: false });
    void other.winbio.WinBioLocateSensor(await openSync(host, other), w.out());
    host.dropFocus();
    await host.touch(1);
    expect(seen).toHaveLength(1);
  });

  test('C-252: FP_UNCLAIMED_IDENTIFY delivers identity and sub-factor when known', async () => {
    const { host, process, winbio, handle, seen, callback } = await world();
    await using _ = host;
    const owner = await enroll(host, process, 1, { subFactor: 7 });
    await winbio.WinBioRegisterEventMonitor(handle, IDENTIFY, callback);
    await host.touch(1);
    await host.touch(2);
    expect(seen.map(({ event }) => event?.Parameters.UnclaimedIdentify)).toEqual([
      { UnitId: 1, Identity: owner, SubFactor: 7, RejectDetail: 0 },
      { UnitId: 1, Identity: w.toWinbioIdentity(), SubFactor: 0, RejectDetail: 0 },
    ]);
  });

  test('C-253: event callbacks are serial', async () => {
    const { host, winbio, handle } = await world();
    await using _ = host;
    let inside = 0;
    let deepest = 0;
    let events = 0;
    await winbio.WinBioRegisterEventMonitor(handle, UNCLAIMED, () => {
      inside += 1;
      events += 1;
      deepest = Math.max(deepest, inside);
      inside -= 1;
    });
    for (let i = 0; i < 5; i++) await host.touch(i);
    expect([deepest, events]).toEqual([1, 5]);
  });

  test('C-254: Event is freed by the client', async () => {
    const { host, winbio, handle, seen, callback } = await world();
    await using _ = host;
    await winbio.WinBioRegisterEventMonitor(handle, UNCLAIMED, callback);
    await host.touch(1);
    expect(winbio.liveBlocks()).toBe(1);
    expect([winbio.WinBioFree(seen[0]?.event), winbio.liveBlocks()]).toEqual([w.S_OK, 0]);
  });

  test('C-255: other operations on the session are SESSION_BUSY; another session works', async () => {
    const { host, process, winbio, handle, callback } = await world();
    await using _ = host;
    await winbio.WinBioRegisterEventMonitor(handle, UNCLAIMED, callback);
    expect(await winbio.WinBioIdentify(handle, w.out(), w.out(), w.out(), w.out())).toBe(w.WINBIO_E_SESSION_BUSY);
    expect(await winbio.WinBioEnrollBegin(handle, 2, 1)).toBe(w.WINBIO_E_SESSION_BUSY);
    expect(await winbio.WinBioLockUnit(handle, 1)).toBe(w.WINBIO_E_SESSION_BUSY);
    expect(await winbio.WinBioWait(handle)).toBe(w.S_OK);
    const locate = winbio.WinBioLocateSensor(await openSync(host, process), w.out());
    await host.touch(1);
    expect(await locate).toBe(w.S_OK);
    expect(await winbio.WinBioUnregisterEventMonitor(handle)).toBe(w.S_OK);
    expect(await winbio.WinBioLockUnit(handle, 1)).toBe(w.S_OK);
  });

  test('C-255: cancel ends the monitor with one CANCELED callback, close too', async () => {
    const { host, process, winbio, handle, seen, callback } = await world();
    await using _ = host;
    await winbio.WinBioRegisterEventMonitor(handle, UNCLAIMED, callback);
    await winbio.WinBioCancel(handle);
    expect(seen).toEqual([{ context: undefined, status: w.WINBIO_E_CANCELED, event: null }]);
    const second = await openSync(host, process);
    await winbio.WinBioRegisterEventMonitor(second, UNCLAIMED, callback);
    await winbio.WinBioCloseSession(second);
    expect(seen.map(({ status }) => status)).toEqual([w.WINBIO_E_CANCELED, w.WINBIO_E_CANCELED]);
  });

  test('C-256: unregister without monitor is S_OK', async () => {
    const { host, winbio, handle } = await world();
    await using _ = host;
    expect(await winbio.WinBioUnregisterEventMonitor(handle)).toBe(w.S_OK);
  });

  test('C-257: no event after unregister has completed', async () => {
    const { host, winbio, handle, seen, callback } = await world();
    await using _ = host;
    await winbio.WinBioRegisterEventMonitor(handle, IDENTIFY, callback);
    host.engine.hold();
    await host.touch(1);
    expect(await winbio.WinBioUnregisterEventMonitor(handle)).toBe(w.S_OK);
    host.engine.release();
    await host.settle();
    expect(await host.touch(1)).toBe('lost');
    expect(seen).toEqual([]);
  });

  test('C-258: an event monitor on an asynchronous session delivers GET_EVENT results', async () => {
    const { host, process, winbio } = await world();
    await using _ = host;
    const { handle, notices } = await openAsync(host, process, { userData: 'mine' });
    expect(await winbio.WinBioRegisterEventMonitor(handle, UNCLAIMED, null)).toBe(w.S_OK);
    await host.touch(1);
    await winbio.WinBioRegisterEventMonitor(handle, UNCLAIMED, null);
    await notices.at(1);
    await winbio.WinBioUnregisterEventMonitor(handle);
    await notices.at(2);
    await winbio.WinBioRegisterEventMonitor(handle, UNCLAIMED, null);
    await host.settle();
    await winbio.WinBioCancel(handle);
    await host.settle();
    expect(
      notices.results.map(({ Operation, ApiStatus, SequenceNumber, UserData }) => [
        Operation,
        ApiStatus,
        SequenceNumber,
        UserData,
      ]),
    ).toEqual([
      [w.WINBIO_OPERATION_GET_EVENT, w.S_OK, 2, 'mine'],
      [w.WINBIO_OPERATION_GET_EVENT, w.WINBIO_E_EVENT_MONITOR_ACTIVE, 3, 'mine'],
      [w.WINBIO_OPERATION_GET_EVENT, w.S_OK, 4, 'mine'],
      [w.WINBIO_OPERATION_GET_EVENT, w.WINBIO_E_CANCELED, 5, 'mine'],
      [w.WINBIO_OPERATION_NONE, w.S_OK, 6, 'mine'],
    ]);
    const [event, , ended] = notices.results;
    if (event?.Operation !== w.WINBIO_OPERATION_GET_EVENT) return expect.unreachable();
    expect(event.Parameters.GetEvent.Event).toEqual({
      Type: UNCLAIMED,
      Parameters: { Unclaimed: { UnitId: 1, RejectDetail: 0 } },
    });
    expect(ended?.Parameters).toEqual({ GetEvent: { Event: { Type: 0, Parameters: {} } } });
  });
});
