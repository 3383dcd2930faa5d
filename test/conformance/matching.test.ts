import { describe, expect, test } from 'vitest';
import { createHost, type Host, type HostProcess } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { enroll, isPending, openAsync, openSync } from '../support/sessions.ts';

const INDEX = w.WINBIO_ANSI_381_POS_RH_INDEX_FINGER;
const THUMB = w.WINBIO_ANSI_381_POS_LH_THUMB;

/** A synchronous identify with its holders. */
function identify(process: HostProcess, handle: number) {
  const [unit, identity, subFactor, detail] = [
    w.out<number>(),
    w.out<w.WINBIO_IDENTITY>(),
    w.out<number>(),
    w.out<number>(),
  ];
  const call = process.winbio.WinBioIdentify(handle, unit, identity, subFactor, detail);
  return { call, unit, identity, subFactor, detail };
}

function verify(process: HostProcess, handle: number, identity: w.WINBIO_IDENTITY, subFactor: number) {
  const [unit, match, detail] = [w.out<number>(), w.out<boolean>(), w.out<number>()];
  const call = process.winbio.WinBioVerify(handle, identity, subFactor, unit, match, detail);
  return { call, unit, match, detail };
}

/** A world with finger 1 enrolled as the right index of the process's user. */
async function world(
  readers = 1,
): Promise<{ host: Host; process: HostProcess; handle: number; owner: w.WINBIO_IDENTITY }> {
  const host = await createHost({ readers });
  const process = host.process({ administrator: true });
  const owner = await enroll(host, process, 1);
  return { host, process, handle: await openSync(host, process), owner };
}

describe('identify, verify, locate', () => {
  test('C-158: identify: match gives Identity, SubFactor, UnitId, RejectDetail 0', async () => {
    const { host, process, handle, owner } = await world();
    await using _ = host;
    const { call, unit, identity, subFactor, detail } = identify(process, handle);
    await host.touch(1);
    expect(await call).toBe(w.S_OK);
    expect([unit.value, identity.value, subFactor.value, detail.value]).toEqual([1, owner, INDEX, 0]);
  });

  test('C-159: identify: no match is UNKNOWN_ID', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    const { call, unit, identity, subFactor, detail } = identify(process, handle);
    await host.touch(2);
    expect(await call).toBe(w.WINBIO_E_UNKNOWN_ID);
    expect([unit.value, identity.value?.Type, subFactor.value, detail.value]).toEqual([1, w.WINBIO_ID_TYPE_NULL, 0, 0]);
  });

  test('C-160: identify: unusable sample is BAD_CAPTURE with RejectDetail and UnitId; no retry', async () => {
    const { host, process, handle } = await world(2);
    await using _ = host;
    const { call, unit, detail } = identify(process, handle);
    await host.touchBadly(w.WINBIO_FP_TOO_LEFT, 1);
    expect([await call, unit.value, detail.value]).toEqual([w.WINBIO_E_BAD_CAPTURE, 2, w.WINBIO_FP_TOO_LEFT]);
    await host.settle();
    expect(host.idle).toBe(true);
  });

  test('C-161: identify (sync): any missing holder is E_POINTER', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    for (const missing of [0, 1, 2, 3]) {
      const holders = [0, 1, 2, 3].map((i) => (i === missing ? undefined : w.out<never>()));
      const [a, b, c, d] = holders;
      expect(await process.winbio.WinBioIdentify(handle, a, b, c, d)).toBe(w.E_POINTER);
    }
  });

  test('C-162: system pool identity is a SID, private pool identity a GUID', async () => {
    const { host, process, owner } = await world(2);
    await using _ = host;
    expect(owner).toEqual(w.toWinbioIdentity({ type: 'sid', sid: process.user }));
    const handle = await openSync(host, process, { privateUnits: [2] });
    const own = await enroll(host, process, 1, { unit: 2, handle });
    expect(own.Type).toBe(w.WINBIO_ID_TYPE_GUID);
    const { call, identity } = identify(process, handle);
    await host.touch(1, 1);
    expect([await call, identity.value]).toEqual([w.S_OK, own]);
  });

  test('C-163: verify: match is S_OK, Match TRUE', async () => {
    const { host, process, handle, owner } = await world();
    await using _ = host;
    const { call, unit, match, detail } = verify(process, handle, owner, INDEX);
    await host.touch(1);
    expect([await call, unit.value, match.value, detail.value]).toEqual([w.S_OK, 1, true, 0]);
  });

  test('C-164: verify: no match is NO_MATCH, Match FALSE', async () => {
    const { host, process, handle, owner } = await world();
    await using _ = host;
    const { call, unit, match, detail } = verify(process, handle, owner, INDEX);
    await host.touch(2);
    expect([await call, unit.value, match.value, detail.value]).toEqual([w.WINBIO_E_NO_MATCH, 1, false, 0]);
    // An identity without a template is not an early error (D-32).
    const stranger = w.toWinbioIdentity({ type: 'sid', sid: 'S-1-5-21-9-9-9-9' });
    const unknown = verify(process, handle, stranger, INDEX);
    expect(await isPending(host, unknown.call)).toBe(true);
    await host.touch(1);
    expect(await unknown.call).toBe(w.WINBIO_E_NO_MATCH);
  });

  test('C-165: verify: bad SubFactor is E_INVALIDARG', async () => {
    const { host, process, handle, owner } = await world();
    await using _ = host;
    for (const subFactor of [0, 11, 12, 15, 20, 0xf4, 0x100, -1, 2.5, Number.NaN]) {
      expect([subFactor, await verify(process, handle, owner, subFactor).call]).toEqual([subFactor, w.E_INVALIDARG]);
    }
    const callback = () => expect.unreachable();
    expect(await process.winbio.WinBioVerifyWithCallback(handle, owner, 0, callback)).toBe(w.E_INVALIDARG);
  });

  test('C-166: verify: SubFactor ANY matches any finger of the identity', async () => {
    const { host, process, handle, owner } = await world();
    await using _ = host;
    await enroll(host, process, 2, { subFactor: THUMB });
    for (const [finger, hr] of [
      [1, w.S_OK],
      [2, w.S_OK],
      [3, w.WINBIO_E_NO_MATCH],
    ] as const) {
      const { call } = verify(process, handle, owner, w.WINBIO_SUBTYPE_ANY);
      await host.touch(finger);
      expect(await call).toBe(hr);
    }
  });

  test('C-167: verify: wrong sub-factor of the right identity is NO_MATCH', async () => {
    const { host, process, handle, owner } = await world();
    await using _ = host;
    await enroll(host, process, 2, { subFactor: THUMB });
    const { call } = verify(process, handle, owner, THUMB);
    await host.touch(1);
    expect(await call).toBe(w.WINBIO_E_NO_MATCH);
  });

  test('C-168: verify: Identity missing is E_POINTER on both session kinds', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    const { winbio } = process;
    const { handle: asynchronous } = await openAsync(host, process);
    expect(await winbio.WinBioVerify(handle, null, INDEX, w.out(), w.out(), w.out())).toBe(w.E_POINTER);
    expect(await winbio.WinBioVerify(asynchronous, undefined, INDEX, null, null, null)).toBe(w.E_POINTER);
    expect(await winbio.WinBioVerifyWithCallback(handle, null, INDEX, () => {})).toBe(w.E_POINTER);
    expect(await winbio.WinBioVerifyWithCallback(handle, w.toWinbioIdentity(), INDEX, null)).toBe(w.E_POINTER);
  });

  test('C-169: verify: UnitId is set when the capture fails', async () => {
    const { host, process, handle, owner } = await world(2);
    await using _ = host;
    const { call, unit, match, detail } = verify(process, handle, owner, INDEX);
    await host.touchBadly(w.WINBIO_FP_TOO_SHORT, 1);
    expect([await call, unit.value, match.value, detail.value]).toEqual([
      w.WINBIO_E_BAD_CAPTURE,
      2,
      false,
      w.WINBIO_FP_TOO_SHORT,
    ]);
  });

  test('C-170: verify: identity of type null, wildcard or the wrong kind is E_INVALIDARG', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    const { handle: asynchronous } = await openAsync(host, process);
    const identities = [
      w.toWinbioIdentity({ type: 'null' }),
      w.toWinbioIdentity({ type: 'wildcard' }),
      w.toWinbioIdentity({ type: 'guid', guid: host.privateDatabaseId }),
      { Type: 77, Value: {} },
      { Type: w.WINBIO_ID_TYPE_SID, Value: { AccountSid: { Size: 7, Data: new Uint8Array(68) } } },
    ];
    for (const identity of identities) {
      expect(await verify(process, handle, identity, INDEX).call).toBe(w.E_INVALIDARG);
      expect(await process.winbio.WinBioVerify(asynchronous, identity, INDEX, null, null, null)).toBe(w.E_INVALIDARG);
    }
  });

  test('C-171: verify-with-callback returns S_OK at once; the outcome comes only to the callback', async () => {
    const { host, process, handle, owner } = await world();
    await using _ = host;
    const seen: unknown[] = [];
    const hr = await process.winbio.WinBioVerifyWithCallback(
      handle,
      owner,
      INDEX,
      (...args) => seen.push(args),
      'mine',
    );
    expect([hr, seen.length]).toEqual([w.S_OK, 0]);
    await host.touch(1);
    expect(seen).toEqual([['mine', w.S_OK, 1, true, 0]]);
  });

  test('C-172: locate: returns the unit touched; no identification', async () => {
    const { host, process, handle } = await world(3);
    await using _ = host;
    for (const reader of [2, 0, 1]) {
      const unit = w.out<number>();
      const call = process.winbio.WinBioLocateSensor(handle, unit);
      // The engine is held, so an identification could not end.
      host.engine.hold();
      await host.touch(1, reader);
      expect([await call, unit.value]).toEqual([w.S_OK, reader + 1]);
      host.engine.release();
    }
  });

  test('C-173: locate: a bad capture locates too', async () => {
    const { host, process, handle } = await world(2);
    await using _ = host;
    const unit = w.out<number>();
    const call = process.winbio.WinBioLocateSensor(handle, unit);
    await host.touchBadly(w.WINBIO_FP_POOR_QUALITY, 1);
    expect([await call, unit.value]).toEqual([w.S_OK, 2]);
  });

  test('C-174: on a sensor in enrollment (system pool) ENROLLMENT_IN_PROGRESS', async () => {
    const { host, process, owner } = await world(2);
    await using _ = host;
    const { winbio } = process;
    const enrolling = await openSync(host, process);
    expect(await winbio.WinBioEnrollBegin(enrolling, THUMB, 1)).toBe(w.S_OK);
    // For every session, the enrolling one included.
    for (const handle of [await openSync(host, process), enrolling]) {
      for (const start of [
        () => identify(process, handle).call,
        () => verify(process, handle, owner, INDEX).call,
        () => winbio.WinBioLocateSensor(handle, w.out()),
      ]) {
        const call = start();
        expect(await isPending(host, call)).toBe(true);
        await host.touch(1);
        expect(await call).toBe(w.WINBIO_E_ENROLLMENT_IN_PROGRESS);
      }
    }
    // The enrollment goes on.
    expect(await winbio.WinBioEnrollDiscard(enrolling)).toBe(w.S_OK);
  });

  test('C-175: async locate: the unit is in the common UnitId', async () => {
    const { host, process } = await world(2);
    await using _ = host;
    const { handle, notices } = await openAsync(host, process);
    await process.winbio.WinBioLocateSensor(handle, null);
    await host.touch(1, 1);
    expect(await notices.at(0)).toMatchObject({ UnitId: 2, Parameters: {} });
  });

  test('C-176: legacy variants: missing callback E_POINTER; context passed through untouched', async () => {
    const { host, process, handle, owner } = await world();
    await using _ = host;
    const { winbio } = process;
    const raw = await openSync(host, process, { flags: w.WINBIO_FLAG_RAW });
    expect([
      await winbio.WinBioCaptureSampleWithCallback(raw, 0, w.WINBIO_DATA_FLAG_RAW, null),
      await winbio.WinBioIdentifyWithCallback(handle, undefined),
      await winbio.WinBioVerifyWithCallback(handle, owner, INDEX, null),
      await winbio.WinBioLocateSensorWithCallback(handle, null),
      await winbio.WinBioEnrollCaptureWithCallback(handle, null),
    ]).toEqual([w.E_POINTER, w.E_POINTER, w.E_POINTER, w.E_POINTER, w.E_POINTER]);
    const context = Object.freeze({ mine: true });
    const seen: unknown[] = [];
    await winbio.WinBioIdentifyWithCallback(handle, (...args) => seen.push(args), context);
    await host.touch(1);
    const [args] = seen as unknown[][];
    expect(args?.[0]).toBe(context);
    expect(args?.slice(1)).toEqual([w.S_OK, 1, owner, INDEX, 0]);
  });

  test('C-177: RejectDetail is 0 whenever the capture itself succeeded', async () => {
    const { host, process, handle, owner } = await world();
    await using _ = host;
    const bad = identify(process, handle);
    await host.touchBadly(5);
    await bad.call;
    for (const finger of [1, 2]) {
      const later = identify(process, handle);
      await host.touch(finger);
      await later.call;
      const claim = verify(process, handle, owner, INDEX);
      await host.touch(finger);
      await claim.call;
      expect([later.detail.value, claim.detail.value]).toEqual([0, 0]);
    }
  });

  test('C-178: a pool-wide operation survives removal of one unit while another is left', async () => {
    const { host, process, handle } = await world(2);
    await using _ = host;
    const first = identify(process, handle);
    await host.settle();
    host.reader(0).unplug();
    expect(await isPending(host, first.call)).toBe(true);
    host.reader(1).unplug();
    expect(await first.call).toBe(w.WINBIO_E_SENSOR_UNAVAILABLE);
    expect(await identify(process, handle).call).toBe(w.WINBIO_E_SENSOR_UNAVAILABLE);
  });

  test('C-179: a hardware fault of the capturing unit is DEVICE_FAILURE', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    const { call, unit } = identify(process, handle);
    await host.settle();
    host.reader(0).fault();
    expect([await call, unit.value]).toEqual([w.WINBIO_E_DEVICE_FAILURE, 1]);
    host.reader(0).release();
    const next = identify(process, handle);
    await host.touch(1);
    expect(await next.call).toBe(w.S_OK);
  });
});
