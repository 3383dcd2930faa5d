import { describe, expect, test } from 'vitest';
import { createHost, type HostProcess } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { enroll, openAsync, openSync } from '../support/sessions.ts';

const INDEX = w.WINBIO_ANSI_381_POS_RH_INDEX_FINGER;
const THUMB = w.WINBIO_ANSI_381_POS_LH_THUMB;
const STRANGER = 'S-1-5-21-9-9-9-9';
const sid = (text: string) => w.toWinbioIdentity({ type: 'sid', sid: text });
const ANYBODY = w.toWinbioIdentity({ type: 'wildcard' });

async function fingersOf({ winbio }: HostProcess, handle: number, identity: w.WINBIO_IDENTITY | null, unit = 1) {
  const [array, count] = [w.out<Uint8Array | null>(), w.out<number>()];
  const hr = await winbio.WinBioEnumEnrollments(handle, unit, identity, array, count);
  return { hr, fingers: array.value === null ? null : [...(array.value ?? [])], count: count.value };
}

/** Two people: the ordinary one has fingers 1 and 2, the stranger has finger 3. */
async function world() {
  const host = await createHost({ readers: 2 });
  const process = host.process();
  const stranger = host.process({ user: STRANGER });
  const administrator = host.process({ administrator: true, user: 'S-1-5-21-7-7-7-7' });
  stranger.focus();
  await enroll(host, stranger, 3);
  process.focus();
  await enroll(host, process, 2, { subFactor: THUMB });
  await enroll(host, process, 1);
  return {
    host,
    process,
    administrator,
    handle: await openSync(host, process),
    admin: await openSync(host, administrator),
  };
}

describe('template management', () => {
  test('C-213: enum-enrollments: UnitId 0 E_INVALIDARG; unknown identity UNKNOWN_ID; array null, count 0', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    const nothing = { fingers: null, count: 0 };
    expect(await fingersOf(process, handle, sid(process.user), 0)).toEqual({ hr: w.E_INVALIDARG, ...nothing });
    expect(await fingersOf(process, handle, sid('S-1-5-21-4-4-4-4'))).toEqual({
      hr: w.WINBIO_E_UNKNOWN_ID,
      ...nothing,
    });
    expect((await fingersOf(process, handle, null)).hr).toBe(w.E_POINTER);
    expect((await fingersOf(process, handle, ANYBODY)).hr).toBe(w.E_INVALIDARG);
    expect((await fingersOf(process, handle, sid(process.user), 9)).hr).toBe(w.WINBIO_E_INVALID_UNIT);
    expect(await fingersOf(process, handle, sid(process.user))).toEqual({
      hr: w.S_OK,
      fingers: [INDEX, THUMB],
      count: 2,
    });
  });

  test('C-214: enum-enrollments on a unit in enrollment is ENROLLMENT_IN_PROGRESS in any pool', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    const { winbio } = process;
    await winbio.WinBioEnrollBegin(handle, 3, 1);
    expect((await fingersOf(process, handle, sid(process.user))).hr).toBe(w.WINBIO_E_ENROLLMENT_IN_PROGRESS);
    const own = await openSync(host, process, { privateUnits: [2] });
    await winbio.WinBioEnrollBegin(own, 3, 2);
    const guid = w.toWinbioIdentity({ type: 'guid', guid: host.privateDatabaseId });
    expect((await fingersOf(process, own, guid, 2)).hr).toBe(w.WINBIO_E_ENROLLMENT_IN_PROGRESS);
  });

  test('C-215: enum-enrollments needs no focus', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    host.dropFocus();
    expect((await fingersOf(process, handle, sid(process.user))).hr).toBe(w.S_OK);
  });

  test('C-216: delete: UnitId 0 or SubFactor 0 E_INVALIDARG; Identity missing E_POINTER', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    const { winbio } = process;
    const own = sid(process.user);
    expect(await winbio.WinBioDeleteTemplate(handle, 0, own, INDEX)).toBe(w.E_INVALIDARG);
    expect(await winbio.WinBioDeleteTemplate(handle, 1, own, 0)).toBe(w.E_INVALIDARG);
    expect(await winbio.WinBioDeleteTemplate(handle, 1, w.toWinbioIdentity(), INDEX)).toBe(w.E_INVALIDARG);
    expect(await winbio.WinBioDeleteTemplate(handle, 1, null, INDEX)).toBe(w.E_POINTER);
    const { handle: asynchronous } = await openAsync(host, process);
    expect(await winbio.WinBioDeleteTemplate(asynchronous, 1, null, INDEX)).toBe(w.E_POINTER);
  });

  test('C-217: delete on a unit in enrollment is ENROLLMENT_IN_PROGRESS in any pool', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    const { winbio } = process;
    await winbio.WinBioEnrollBegin(handle, 3, 1);
    expect(await winbio.WinBioDeleteTemplate(handle, 1, sid(process.user), INDEX)).toBe(
      w.WINBIO_E_ENROLLMENT_IN_PROGRESS,
    );
    const own = await openSync(host, process, { privateUnits: [2] });
    await winbio.WinBioEnrollBegin(own, 3, 2);
    const guid = w.toWinbioIdentity({ type: 'guid', guid: host.privateDatabaseId });
    expect(await winbio.WinBioDeleteTemplate(own, 2, guid, INDEX)).toBe(w.WINBIO_E_ENROLLMENT_IN_PROGRESS);
  });

  test('C-218: delete with wildcard identity takes that sub-factor of all identities; administrators only', async () => {
    const { host, process, administrator, handle, admin } = await world();
    await using _ = host;
    expect(await process.winbio.WinBioDeleteTemplate(handle, 1, ANYBODY, INDEX)).toBe(w.E_ACCESSDENIED);
    expect(await process.winbio.WinBioDeleteTemplate(handle, 1, sid(STRANGER), INDEX)).toBe(w.E_ACCESSDENIED);
    expect(await administrator.winbio.WinBioDeleteTemplate(admin, 1, ANYBODY, INDEX)).toBe(w.S_OK);
    expect((await fingersOf(process, handle, sid(process.user))).fingers).toEqual([THUMB]);
    expect((await fingersOf(process, handle, sid(STRANGER))).hr).toBe(w.WINBIO_E_UNKNOWN_ID);
  });

  test('C-219: delete with ANY and a concrete identity takes all sub-factors of that identity only', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    expect(await process.winbio.WinBioDeleteTemplate(handle, 1, sid(process.user), w.WINBIO_SUBTYPE_ANY)).toBe(w.S_OK);
    expect((await fingersOf(process, handle, sid(process.user))).hr).toBe(w.WINBIO_E_UNKNOWN_ID);
    expect((await fingersOf(process, handle, sid(STRANGER))).fingers).toEqual([INDEX]);
  });

  test("C-220: delete with wildcard and ANY empties the unit's database", async () => {
    const { host, process, administrator, handle, admin } = await world();
    await using _ = host;
    const { WinBioDeleteTemplate } = administrator.winbio;
    expect(await WinBioDeleteTemplate(admin, 1, ANYBODY, w.WINBIO_SUBTYPE_ANY)).toBe(w.S_OK);
    expect(await WinBioDeleteTemplate(admin, 1, ANYBODY, w.WINBIO_SUBTYPE_ANY)).toBe(
      w.WINBIO_E_DATABASE_NO_SUCH_RECORD,
    );
    process.focus();
    const identify = process.winbio.WinBioIdentify(handle, w.out(), w.out(), w.out(), w.out());
    await host.touch(1);
    expect(await identify).toBe(w.WINBIO_E_UNKNOWN_ID);
  });

  test('C-221: delete matching nothing is NO_SUCH_RECORD', async () => {
    const { host, process, handle } = await world();
    await using _ = host;
    const { WinBioDeleteTemplate } = process.winbio;
    expect(await WinBioDeleteTemplate(handle, 1, sid(process.user), 9)).toBe(w.WINBIO_E_DATABASE_NO_SUCH_RECORD);
  });

  test('C-222: delete (async): the payload repeats Identity and SubFactor', async () => {
    const { host, process } = await world();
    await using _ = host;
    const { handle, notices } = await openAsync(host, process);
    await process.winbio.WinBioDeleteTemplate(handle, 1, sid(process.user), THUMB);
    expect(await notices.at(0)).toMatchObject({
      ApiStatus: w.S_OK,
      Parameters: { DeleteTemplate: { Identity: sid(process.user), SubFactor: THUMB } },
    });
  });
});
