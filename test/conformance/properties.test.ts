import { describe, expect, test } from 'vitest';
import { createHost, type HostProcess } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { openAsync, openSync } from '../support/sessions.ts';

const { WINBIO_PROPERTY_TYPE_UNIT: UNIT, WINBIO_PROPERTY_TYPE_ACCOUNT: ACCOUNT } = w;
const ANTI_SPOOF = w.WINBIO_PROPERTY_ANTI_SPOOF_POLICY;
const sid = (text: string) => w.toWinbioIdentity({ type: 'sid', sid: text });
const EVERYBODY = w.toWinbioIdentity({ type: 'wildcard' });
const OTHER = 'S-1-5-21-9-9-9-9';

async function world(options: Parameters<typeof createHost>[0] = {}) {
  const host = await createHost(options);
  const process = host.process();
  return { host, process, winbio: process.winbio, handle: await openSync(host, process) };
}

async function get(
  { winbio }: HostProcess,
  handle: number,
  type: number,
  id: number,
  scope: { unit?: number; identity?: w.WINBIO_IDENTITY | null; subFactor?: number } = {},
) {
  const [buffer, size] = [w.out<Uint8Array | null>(), w.out<number>()];
  const { unit = type === UNIT ? 1 : 0, identity = null, subFactor = 0 } = scope;
  const hr = await winbio.WinBioGetProperty(handle, type, id, unit, identity, subFactor, buffer, size);
  const bytes = buffer.value ?? new Uint8Array();
  const words = Array.from({ length: bytes.length >> 2 }, (_, i) =>
    new DataView(bytes.buffer, bytes.byteOffset).getUint32(4 * i, true),
  );
  return { hr, size: size.value, words, buffer: buffer.value };
}

function set(
  { winbio }: HostProcess,
  handle: number,
  identity: w.WINBIO_IDENTITY | null,
  action: number,
  change: Partial<{ type: number; id: number; unit: number; sub: number; size: number }> = {},
) {
  const a = { type: ACCOUNT, id: ANTI_SPOOF, unit: 0, sub: 0, size: 8, ...change };
  const value = new Uint8Array(8);
  value[0] = action;
  return winbio.WinBioSetProperty(handle, a.type, a.id, a.unit, identity, a.sub, value, a.size);
}

describe('properties', () => {
  test('C-208: EXTENDED_ENROLLMENT_STATUS follows the enrollment', async () => {
    const { host, process, winbio, handle } = await world();
    await using _ = host;
    const status = async () => {
      const { hr, size, words } = await get(process, handle, UNIT, w.WINBIO_PROPERTY_EXTENDED_ENROLLMENT_STATUS);
      expect([hr, size]).toEqual([w.S_OK, 72]);
      return words.slice(0, 5);
    };
    const FACTOR = w.WINBIO_TYPE_FINGERPRINT;
    expect(await status()).toEqual([w.WINBIO_E_INVALID_OPERATION, 0, 0, FACTOR, 0]);
    await winbio.WinBioEnrollBegin(handle, 2, 1);
    expect(await status()).toEqual([w.WINBIO_I_MORE_DATA, 0, 0, FACTOR, 2]);
    const bad = winbio.WinBioEnrollCapture(handle, w.out());
    await host.touchBadly(w.WINBIO_FP_TOO_HIGH);
    await bad;
    expect(await status()).toEqual([w.WINBIO_E_BAD_CAPTURE, w.WINBIO_FP_TOO_HIGH, 0, FACTOR, 2]);
    const percents = [];
    for (let i = 0; i < 3; i++) {
      const capture = winbio.WinBioEnrollCapture(handle, w.out());
      await host.touch(1);
      await capture;
      percents.push((await status()).slice(0, 3));
    }
    expect(percents).toEqual([
      [w.WINBIO_I_MORE_DATA, 0, 33],
      [w.WINBIO_I_MORE_DATA, 0, 66],
      [w.S_OK, 0, 100],
    ]);
    // Another session may not read it (D-24).
    const other = await openSync(host, process);
    const { hr } = await get(process, other, UNIT, w.WINBIO_PROPERTY_EXTENDED_ENROLLMENT_STATUS);
    expect(hr).toBe(w.WINBIO_E_ENROLLMENT_IN_PROGRESS);
  });

  test('C-223: type not UNIT or ACCOUNT is INVALID_PROPERTY_TYPE; undefined id INVALID_PROPERTY_ID', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    for (const type of [0, 1, 3, 5])
      expect((await get(process, handle, type, 1)).hr).toBe(w.WINBIO_E_INVALID_PROPERTY_TYPE);
    for (const id of [0, 10, 99])
      expect((await get(process, handle, UNIT, id)).hr).toBe(w.WINBIO_E_INVALID_PROPERTY_ID);
    expect((await get(process, handle, ACCOUNT, 2)).hr).toBe(w.WINBIO_E_INVALID_PROPERTY_ID);
  });

  test('C-224: unit property with UnitId 0 or non-null Identity is E_INVALIDARG', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    const hint = w.WINBIO_PROPERTY_SAMPLE_HINT;
    expect((await get(process, handle, UNIT, hint, { unit: 0 })).hr).toBe(w.E_INVALIDARG);
    expect((await get(process, handle, UNIT, hint, { identity: EVERYBODY })).hr).toBe(w.E_INVALIDARG);
    expect((await get(process, handle, UNIT, hint, { unit: 9 })).hr).toBe(w.WINBIO_E_INVALID_UNIT);
    // FP_BU_STATE alone takes unit 0.
    const state = w.WINBIO_PROPERTY_FP_BU_STATE;
    expect((await get(process, handle, UNIT, state)).hr).toBe(w.E_INVALIDARG);
    expect(await get(process, handle, UNIT, state, { unit: 0 })).toMatchObject({
      hr: w.S_OK,
      size: 8,
      words: [1, w.S_OK],
    });
  });

  test('C-225: anti-spoof with UnitId not 0 is E_INVALIDARG', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    expect((await get(process, handle, ACCOUNT, ANTI_SPOOF, { unit: 1 })).hr).toBe(w.E_INVALIDARG);
  });

  test('C-226: SubFactor not NO_INFORMATION is E_INVALIDARG', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    expect((await get(process, handle, UNIT, 1, { subFactor: 2 })).hr).toBe(w.E_INVALIDARG);
    expect((await get(process, handle, ACCOUNT, ANTI_SPOOF, { subFactor: 0xff })).hr).toBe(w.E_INVALIDARG);
  });

  test('C-227: SAMPLE_HINT is a 4-byte number, estimate of the most good samples needed', async () => {
    const { host, process, winbio, handle } = await world({ samples: 5 });
    await using _ = host;
    const { hr, size, words, buffer } = await get(process, handle, UNIT, w.WINBIO_PROPERTY_SAMPLE_HINT);
    expect([hr, size, words]).toEqual([w.S_OK, 4, [5]]);
    expect([winbio.liveBlocks(), winbio.WinBioFree(buffer), winbio.liveBlocks()]).toEqual([1, w.S_OK, 0]);
    // The documented sizes of the others.
    const sizes = [];
    for (const id of [2, 3, 4, 5, 6, 7, 9]) sizes.push((await get(process, handle, UNIT, id)).size);
    expect(sizes).toEqual([36, 36, 12, 72, 8, 4, 4]);
  });

  test('C-228: an unsupported property is UNSUPPORTED_PROPERTY', async () => {
    const { host, process, handle } = await world({ sampleHint: 0 });
    await using _ = host;
    expect((await get(process, handle, UNIT, w.WINBIO_PROPERTY_SAMPLE_HINT)).hr).toBe(w.WINBIO_E_UNSUPPORTED_PROPERTY);
  });

  test("C-229: a property in another session's locked region is LOCK_VIOLATION", async () => {
    const { host, process, winbio, handle } = await world();
    await using _ = host;
    const owner = await openSync(host, process);
    await winbio.WinBioLockUnit(owner, 1);
    expect((await get(process, handle, UNIT, 1)).hr).toBe(w.WINBIO_E_LOCK_VIOLATION);
    expect((await get(process, owner, UNIT, 1)).hr).toBe(w.S_OK);
  });

  test("C-230: anti-spoof with null Identity is the current user's policy; wildcard the system default", async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    const enabled = [w.WINBIO_ANTI_SPOOF_ENABLE, w.WINBIO_POLICY_DEFAULT];
    expect((await get(process, handle, ACCOUNT, ANTI_SPOOF)).words).toEqual(enabled);
    expect(await set(process, handle, sid(process.user), w.WINBIO_ANTI_SPOOF_DISABLE)).toBe(w.S_OK);
    const own = [w.WINBIO_ANTI_SPOOF_DISABLE, w.WINBIO_POLICY_LOCAL];
    expect((await get(process, handle, ACCOUNT, ANTI_SPOOF)).words).toEqual(own);
    expect((await get(process, handle, ACCOUNT, ANTI_SPOOF, { identity: sid(process.user) })).words).toEqual(own);
    expect((await get(process, handle, ACCOUNT, ANTI_SPOOF, { identity: EVERYBODY })).words).toEqual(enabled);
    // REMOVE brings the default back.
    await set(process, handle, sid(process.user), w.WINBIO_ANTI_SPOOF_REMOVE);
    expect((await get(process, handle, ACCOUNT, ANTI_SPOOF)).words).toEqual(enabled);
  });

  test('C-231: set-property: only (ACCOUNT, ANTI_SPOOF_POLICY) is writable', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    const own = sid(process.user);
    expect(await set(process, handle, own, 0, { type: UNIT })).toBe(w.WINBIO_E_INVALID_PROPERTY_TYPE);
    expect(await set(process, handle, own, 0, { type: 3 })).toBe(w.WINBIO_E_INVALID_PROPERTY_TYPE);
    expect(await set(process, handle, own, 0, { id: 2 })).toBe(w.WINBIO_E_INVALID_PROPERTY_ID);
    expect(await set(process, handle, own, 3)).toBe(w.E_INVALIDARG);
    expect(await set(process, handle, own, 0, { unit: 1 })).toBe(w.E_INVALIDARG);
    expect(await set(process, handle, own, 0, { sub: 2 })).toBe(w.E_INVALIDARG);
    expect(await set(process, handle, own, 0, { size: 4 })).toBe(w.E_INVALIDARG);
    expect(await set(process, handle, own, 0)).toBe(w.S_OK);
  });

  test('C-232: set-property: Identity or PropertyBuffer null E_POINTER; type, id or size 0 E_INVALIDARG', async () => {
    const { host, process, winbio, handle } = await world();
    await using _ = host;
    const own = sid(process.user);
    expect(await set(process, handle, null, 0)).toBe(w.E_POINTER);
    expect(await winbio.WinBioSetProperty(handle, ACCOUNT, ANTI_SPOOF, 0, own, 0, null, 8)).toBe(w.E_POINTER);
    for (const zero of [{ type: 0 }, { id: 0 }, { size: 0 }])
      expect(await set(process, handle, own, 0, zero)).toBe(w.E_INVALIDARG);
    const { handle: asynchronous } = await openAsync(host, process);
    expect(await set(process, asynchronous, null, 0)).toBe(w.E_POINTER);
  });

  test('C-233: set-property: another account or wildcard without privilege is E_ACCESSDENIED', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    expect(await set(process, handle, sid(OTHER), 0)).toBe(w.E_ACCESSDENIED);
    expect(await set(process, handle, EVERYBODY, 0)).toBe(w.E_ACCESSDENIED);
    const administrator = host.process({ administrator: true, user: OTHER });
    const admin = await openSync(host, administrator);
    expect(await set(administrator, admin, sid(process.user), w.WINBIO_ANTI_SPOOF_DISABLE)).toBe(w.S_OK);
    expect(await set(administrator, admin, EVERYBODY, w.WINBIO_ANTI_SPOOF_DISABLE)).toBe(w.S_OK);
    // The user cannot override an administrator's decision.
    expect((await get(process, handle, ACCOUNT, ANTI_SPOOF)).words).toEqual([0, w.WINBIO_POLICY_ADMIN]);
    expect(await set(process, handle, sid(process.user), w.WINBIO_ANTI_SPOOF_ENABLE)).toBe(w.E_ACCESSDENIED);
  });

  test("C-234: the set-property buffer stays the caller's", async () => {
    const { host, process, winbio, handle } = await world();
    await using _ = host;
    const value = Uint8Array.of(1, 0, 0, 0, 7, 7, 7, 7);
    const own = sid(process.user);
    expect(await winbio.WinBioSetProperty(handle, ACCOUNT, ANTI_SPOOF, 0, own, 0, value, 8)).toBe(w.S_OK);
    expect([[...value], winbio.WinBioFree(value), winbio.liveBlocks()]).toEqual([
      [1, 0, 0, 0, 7, 7, 7, 7],
      w.E_INVALIDARG,
      0,
    ]);
  });

  test('C-051: get-property and logon-identified-user on an asynchronous handle produce notices', async () => {
    const { host, process, winbio } = await world();
    await using _ = host;
    const { handle, notices } = await openAsync(host, process);
    await winbio.WinBioGetProperty(handle, UNIT, w.WINBIO_PROPERTY_SAMPLE_HINT, 1, null, 0, null, null);
    await winbio.WinBioLogonIdentifiedUser(handle);
    await notices.at(1);
    expect(notices.results).toMatchObject([
      {
        Operation: w.WINBIO_OPERATION_GET_PROPERTY,
        ApiStatus: w.S_OK,
        Parameters: {
          GetProperty: {
            PropertyType: UNIT,
            PropertyId: 1,
            PropertyBufferSize: 4,
            PropertyBuffer: Uint8Array.of(3, 0, 0, 0),
          },
        },
      },
      { Operation: w.WINBIO_OPERATION_NONE, ApiStatus: w.E_ACCESSDENIED },
    ]);
  });

  test('C-052: set-property on an asynchronous handle produces a notice', async () => {
    const { host, process } = await world();
    await using _ = host;
    const { handle, notices } = await openAsync(host, process);
    await set(process, handle, sid(OTHER), 0);
    expect(await notices.at(0)).toMatchObject({
      Operation: w.WINBIO_OPERATION_SET_PROPERTY,
      ApiStatus: w.E_ACCESSDENIED,
      Parameters: {
        SetProperty: { PropertyType: ACCOUNT, PropertyId: ANTI_SPOOF, Identity: sid(OTHER), PropertyBufferSize: 8 },
      },
    });
  });
});
