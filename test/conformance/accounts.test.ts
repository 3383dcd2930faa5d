import { describe, expect, test } from 'vitest';
import { createHost, type Host, type HostProcess } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { enroll, isPending, openSync } from '../support/sessions.ts';

const ADA = 'S-1-5-21-1-1-1-1001';
const BOB = 'S-1-5-21-1-1-1-1002';
const sid = (text: string) => w.toWinbioIdentity({ type: 'sid', sid: text });
const password = (text: string) => new Uint8Array(new Uint16Array([...`${text}\0`].map((c) => c.charCodeAt(0))).buffer);
const { WINBIO_CREDENTIAL_PASSWORD: PASSWORD, WINBIO_PASSWORD_GENERIC: GENERIC } = w;

/** Ada is at the console; policy lets people log on with a finger. */
async function world() {
  const host = await createHost({
    readers: 2,
    accounts: { [ADA]: { password: 'lovelace' }, [BOB]: { password: 'builder', domain: 'WORKS' } },
  });
  host.policy = {
    ...host.policy,
    logon: { value: true, source: w.WINBIO_SETTING_SOURCE_POLICY },
    credentialProvider: true,
    fastUserSwitching: true,
  };
  const ada = host.process({ user: ADA });
  return { host, ada, winbio: ada.winbio };
}

async function state({ winbio }: HostProcess, identity: w.WINBIO_IDENTITY | null, type: number = PASSWORD) {
  const value = w.out<number>();
  return [await winbio.WinBioGetCredentialState(identity, type, value), value.value];
}

const store = ({ winbio }: HostProcess, text: string) => {
  const bytes = password(text);
  return winbio.WinBioSetCredential(PASSWORD, bytes, bytes.length, GENERIC);
};

/** Bob's finger is enrolled, and identified on a session of Ada's. */
async function identified(host: Host, ada: HostProcess) {
  const bob = host.process({ user: BOB });
  await enroll(host, bob, 2);
  ada.focus();
  await enroll(host, ada, 1);
  const handle = await openSync(host, ada);
  const identify = async (finger: number) => {
    const call = ada.winbio.WinBioIdentify(handle, w.out(), w.out(), w.out(), w.out());
    await host.touch(finger);
    return await call;
  };
  return { handle, identify };
}

describe('focus, logon, credentials, settings', () => {
  test('C-265: acquire and release focus by a process not running as Local System is E_ACCESSDENIED', async () => {
    const { host, winbio } = await world();
    await using _ = host;
    const administrator = host.process({ administrator: true });
    for (const b of [winbio, administrator.winbio]) {
      expect([await b.WinBioAcquireFocus(), await b.WinBioReleaseFocus()]).toEqual([
        w.E_ACCESSDENIED,
        w.E_ACCESSDENIED,
      ]);
    }
  });

  test('C-265: a service overrides window focus until its last release', async () => {
    const { host, ada, winbio } = await world();
    await using _ = host;
    const service = host.process({ localSystem: true, focus: false });
    const locate = async (process: HostProcess) =>
      process.winbio.WinBioLocateSensor(await openSync(host, process), w.out());
    const [mine, theirs] = [locate(ada), locate(service)];
    expect([await service.winbio.WinBioAcquireFocus(), await service.winbio.WinBioAcquireFocus()]).toEqual([
      w.S_OK,
      w.S_OK,
    ]);
    await service.winbio.WinBioReleaseFocus();
    await host.touch(1);
    expect([await theirs, await isPending(host, mine)]).toEqual([w.S_OK, true]);
    await service.winbio.WinBioReleaseFocus();
    await host.touch(1);
    expect(await mine).toBe(w.S_OK);
    // Releasing when nothing is held does nothing.
    expect(await service.winbio.WinBioReleaseFocus()).toBe(w.S_OK);
    expect(winbio.liveBlocks()).toBe(0);
  });

  test('C-266: system-pool identify without focus stays pending; completes after focus and a sample', async () => {
    const { host, ada, winbio } = await world();
    await using _ = host;
    const handle = await openSync(host, ada);
    host.dropFocus();
    const call = winbio.WinBioIdentify(handle, w.out(), w.out(), w.out(), w.out());
    await host.touch(1);
    expect(await isPending(host, call)).toBe(true);
    ada.focus();
    expect(await isPending(host, call)).toBe(true);
    await host.touch(1);
    expect(await call).toBe(w.WINBIO_E_UNKNOWN_ID);
  });

  test('C-267: private-pool operations ignore focus', async () => {
    const { host, ada, winbio } = await world();
    await using _ = host;
    const handle = await openSync(host, ada, { privateUnits: [2] });
    host.dropFocus();
    const call = winbio.WinBioIdentify(handle, w.out(), w.out(), w.out(), w.out());
    await host.touch(1, 1);
    expect(await call).toBe(w.WINBIO_E_UNKNOWN_ID);
  });

  test('C-268: logon within the window: of another user S_OK, of the current user S_FALSE', async () => {
    const { host, ada, winbio } = await world();
    await using _ = host;
    const { handle, identify } = await identified(host, ada);
    expect(await identify(1)).toBe(w.S_OK);
    expect(await winbio.WinBioLogonIdentifiedUser(handle)).toBe(w.S_FALSE);
    expect(await identify(2)).toBe(w.S_OK);
    host.clock.advance(4_999);
    expect(await winbio.WinBioLogonIdentifiedUser(handle)).toBe(w.S_OK);
    expect(host.switchedTo).toEqual([BOB]);
    // Success consumes the identification.
    expect(await winbio.WinBioLogonIdentifiedUser(handle)).toBe(w.E_ACCESSDENIED);
  });

  test('C-269: logon after the window or without identify is E_ACCESSDENIED; window up to 60 s', async () => {
    const { host, ada, winbio } = await world();
    await using _ = host;
    const { handle, identify } = await identified(host, ada);
    expect(await winbio.WinBioLogonIdentifiedUser(handle)).toBe(w.E_ACCESSDENIED);
    await identify(2);
    host.clock.advance(5_001);
    expect(await winbio.WinBioLogonIdentifiedUser(handle)).toBe(w.E_ACCESSDENIED);
    host.policy = { ...host.policy, logonWindowMs: 600_000 };
    await identify(2);
    host.clock.advance(30_000);
    // A later failed identify neither extends nor clears it.
    expect(await identify(9)).toBe(w.WINBIO_E_UNKNOWN_ID);
    host.clock.advance(30_001);
    expect(await winbio.WinBioLogonIdentifiedUser(handle)).toBe(w.E_ACCESSDENIED);
    await identify(2);
    host.clock.advance(60_000);
    expect(await winbio.WinBioLogonIdentifiedUser(handle)).toBe(w.S_OK);
  });

  test('C-270: logon errors as configured, in their order', async () => {
    const { host, ada, winbio } = await world();
    await using _ = host;
    const { handle, identify } = await identified(host, ada);
    await identify(2);
    const base = host.policy;
    const cases: [Partial<typeof base>, number][] = [
      [{ logon: { value: false, source: 2 } }, w.E_ACCESSDENIED],
      [{ credentialProvider: false, fastUserSwitching: false }, w.WINBIO_E_CRED_PROV_DISABLED],
      [{ fastUserSwitching: false, secureAttention: true }, w.WINBIO_E_FAST_USER_SWITCH_DISABLED],
      [{ secureAttention: true }, w.WINBIO_E_SAS_ENABLED],
    ];
    for (const [change, hr] of cases) {
      host.policy = { ...base, ...change };
      expect(await winbio.WinBioLogonIdentifiedUser(handle)).toBe(hr);
    }
    host.policy = base;
    // An account that the system does not know cannot be logged on.
    const ghost = host.process({ user: 'S-1-5-21-1-1-1-4711' });
    await enroll(host, ghost, 6);
    ada.focus();
    await identify(6);
    expect(await winbio.WinBioLogonIdentifiedUser(handle)).toBe(w.SEC_E_LOGON_DENIED);
  });

  test('C-271: credential state: NOT_SET 1, SET 2; another account E_ACCESSDENIED; unknown UNKNOWN_ID', async () => {
    const { host, ada } = await world();
    await using _ = host;
    await enroll(host, ada, 1);
    expect(await state(ada, sid(ADA))).toEqual([w.S_OK, 1]);
    expect(await store(ada, 'lovelace')).toBe(w.S_OK);
    expect(await state(ada, sid(ADA))).toEqual([w.S_OK, 2]);
    expect((await state(ada, sid(BOB)))[0]).toBe(w.E_ACCESSDENIED);
    const administrator = host.process({ administrator: true });
    expect(await state(administrator, sid(BOB))).toEqual([w.S_OK, 1]);
    expect((await state(administrator, sid('S-1-5-21-8-8-8-8')))[0]).toBe(w.WINBIO_E_UNKNOWN_ID);
    expect((await state(ada, null))[0]).toBe(w.E_POINTER);
    expect((await state(ada, sid(ADA), 7))[0]).toBe(w.E_INVALIDARG);
    expect((await state(ada, w.toWinbioIdentity({ type: 'wildcard' })))[0]).toBe(w.E_INVALIDARG);
  });

  test('C-272: set credential: no enrollment UNKNOWN_ID; wrong password SEC_E_LOGON_DENIED; overwrites', async () => {
    const { host, ada, winbio } = await world();
    await using _ = host;
    expect(await store(ada, 'lovelace')).toBe(w.WINBIO_E_UNKNOWN_ID);
    await enroll(host, ada, 1);
    expect(await store(ada, 'byron')).toBe(w.SEC_E_LOGON_DENIED);
    expect([await store(ada, 'lovelace'), await store(ada, 'lovelace')]).toEqual([w.S_OK, w.S_OK]);
    const bytes = password('lovelace');
    expect(await winbio.WinBioSetCredential(PASSWORD, null, 4, GENERIC)).toBe(w.E_POINTER);
    expect(await winbio.WinBioSetCredential(PASSWORD, bytes, 0, GENERIC)).toBe(w.E_INVALIDARG);
    expect(await winbio.WinBioSetCredential(PASSWORD, bytes, bytes.length, 9)).toBe(w.E_INVALIDARG);
    expect(await winbio.WinBioSetCredential(w.WINBIO_CREDENTIAL_ALL, bytes, bytes.length, GENERIC)).toBe(
      w.E_INVALIDARG,
    );
    expect(await winbio.WinBioSetCredential(PASSWORD, bytes, bytes.length - 2, GENERIC)).toBe(w.E_INVALIDARG);
  });

  test('C-273: set and remove credential below medium integrity is E_ACCESSDENIED', async () => {
    const { host, ada } = await world();
    await using _ = host;
    await enroll(host, ada, 1);
    await store(ada, 'lovelace');
    const sandboxed = host.process({ user: ADA, lowIntegrity: true });
    expect(await store(sandboxed, 'lovelace')).toBe(w.E_ACCESSDENIED);
    expect(await sandboxed.winbio.WinBioRemoveCredential(sid(ADA), PASSWORD)).toBe(w.E_ACCESSDENIED);
  });

  test('C-274: remove credential: none present NO_CREDENTIAL; enrollments untouched', async () => {
    const { host, ada, winbio } = await world();
    await using _ = host;
    await enroll(host, ada, 1);
    await store(ada, 'lovelace');
    expect(await winbio.WinBioRemoveCredential(sid(ADA), PASSWORD)).toBe(w.S_OK);
    expect(await winbio.WinBioRemoveCredential(sid(ADA), w.WINBIO_CREDENTIAL_ALL)).toBe(
      w.WINBIO_E_CRED_PROV_NO_CREDENTIAL,
    );
    const factors = w.out<number>();
    expect([await winbio.WinBioGetEnrolledFactors(sid(ADA), factors), factors.value]).toEqual([
      w.S_OK,
      w.WINBIO_TYPE_FINGERPRINT,
    ]);
    // Removal in bulk needs an administrator; the domain variant leaves local accounts alone.
    await store(ada, 'lovelace');
    expect(await winbio.WinBioRemoveAllCredentials()).toBe(w.E_ACCESSDENIED);
    const administrator = host.process({ administrator: true });
    expect(await administrator.winbio.WinBioRemoveAllDomainCredentials()).toBe(w.S_OK);
    expect(await state(ada, sid(ADA))).toEqual([w.S_OK, 2]);
    expect(await administrator.winbio.WinBioRemoveAllCredentials()).toBe(w.S_OK);
    expect(await state(ada, sid(ADA))).toEqual([w.S_OK, 1]);
  });

  test('C-275: provider disabled by policy: get and set credential are CRED_PROV_DISABLED', async () => {
    const { host, ada } = await world();
    await using _ = host;
    await enroll(host, ada, 1);
    host.policy = { ...host.policy, credentialProvider: false };
    expect((await state(ada, sid(ADA)))[0]).toBe(w.WINBIO_E_CRED_PROV_DISABLED);
    expect(await store(ada, 'lovelace')).toBe(w.WINBIO_E_CRED_PROV_DISABLED);
    // Access takes precedence.
    expect((await state(ada, sid(BOB)))[0]).toBe(w.E_ACCESSDENIED);
  });

  test('C-276: enrolled factors: without a session; 0 for none; wildcard is the union; private pools not counted', async () => {
    const { host, ada, winbio } = await world();
    await using _ = host;
    const factorsOf = async (identity: w.WINBIO_IDENTITY) => {
      const factors = w.out<number>();
      expect(await winbio.WinBioGetEnrolledFactors(identity, factors)).toBe(w.S_OK);
      return factors.value;
    };
    const everybody = w.toWinbioIdentity({ type: 'wildcard' });
    expect([await factorsOf(sid(ADA)), await factorsOf(everybody)]).toEqual([0, 0]);
    const own = await openSync(host, ada, { privateUnits: [2] });
    await enroll(host, ada, 3, { unit: 2, handle: own });
    expect(await factorsOf(everybody)).toBe(0);
    await enroll(host, ada, 1);
    expect([await factorsOf(sid(ADA)), await factorsOf(sid(BOB)), await factorsOf(everybody)]).toEqual([8, 0, 8]);
  });

  test('C-277: enrolled factors: null E_POINTER; identity type not SID or wildcard, or bad SID E_INVALIDARG', async () => {
    const { host, winbio } = await world();
    await using _ = host;
    expect(await winbio.WinBioGetEnrolledFactors(null, w.out())).toBe(w.E_POINTER);
    expect(await winbio.WinBioGetEnrolledFactors(sid(ADA), null)).toBe(w.E_POINTER);
    const bad: w.WINBIO_IDENTITY = {
      Type: w.WINBIO_ID_TYPE_SID,
      Value: { AccountSid: { Size: 9, Data: new Uint8Array(68) } },
    };
    for (const identity of [
      w.toWinbioIdentity(),
      w.toWinbioIdentity({ type: 'guid', guid: host.privateDatabaseId }),
      bad,
    ]) {
      expect(await winbio.WinBioGetEnrolledFactors(identity, w.out())).toBe(w.E_INVALIDARG);
    }
  });

  test('C-278: settings report value and source', async () => {
    await using host = await createHost();
    const { winbio } = host.process();
    const read = async (get: typeof winbio.WinBioGetEnabledSetting) => {
      const [value, source] = [w.out<boolean>(), w.out<number>()];
      return [await get(value, source), value.value, source.value];
    };
    expect(await read(winbio.WinBioGetEnabledSetting)).toEqual([w.S_OK, true, 1]);
    expect(await read(winbio.WinBioGetLogonSetting)).toEqual([w.S_OK, false, 1]);
    const { policy } = host;
    host.policy = { ...policy, enabled: { value: false, source: 2 }, domainLogon: { value: true, source: 3 } };
    // These work while the framework is disabled.
    expect(await read(winbio.WinBioGetEnabledSetting)).toEqual([w.S_OK, false, 2]);
    expect(await read(winbio.WinBioGetDomainLogonSetting)).toEqual([w.S_OK, true, 3]);
    expect(await winbio.WinBioGetEnabledSetting(null, w.out())).toBe(w.E_POINTER);
    expect(await winbio.WinBioGetLogonSetting(w.out(), undefined)).toBe(w.E_POINTER);
  });

  test('C-200: commit success sets the persistent enrollment-committed flag', async () => {
    const { host, ada, winbio } = await world();
    await using _ = host;
    expect(host.enrollmentMarks).toBe(0);
    await enroll(host, ada, 1);
    expect(host.enrollmentMarks).toBe(1);
    // A duplicate stores nothing and sets no mark.
    const handle = await openSync(host, ada);
    await winbio.WinBioEnrollBegin(handle, 2, 1);
    for (let i = 0; i < 3; i++) {
      const capture = winbio.WinBioEnrollCapture(handle, w.out());
      await host.touch(1);
      await capture;
    }
    await winbio.WinBioEnrollCommit(handle, w.out(), w.out());
    expect(host.enrollmentMarks).toBe(1);
  });
});
