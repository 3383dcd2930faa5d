/**
 * Every argument of every function is replaced by wrong values: the call returns a documented code and never throws.
 */

import { describe, expect, test } from 'vitest';
import { CODES } from '../../src/core/codes.ts';
import { createHost, type HostProcess } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { openAsync, openFramework, openSync } from '../support/sessions.ts';

type Winbio = HostProcess['winbio'];
type Name = Extract<keyof Winbio, `WinBio${string}`>;

const HANDLE = Symbol('the handle');
const bytes = () => new Uint8Array(4);
const identity = w.toWinbioIdentity({ type: 'sid', sid: 'S-1-5-21-1000-1000-1000-1001' });
const callback = () => {};
const { WINBIO_TYPE_FINGERPRINT: FINGERPRINT, WINBIO_DATA_FLAG_RAW: RAW } = w;

/** Correct arguments of each function. */
const ARGUMENTS: Record<Name, () => unknown[]> = {
  WinBioOpenSession: () => [FINGERPRINT, 1, 0, null, 0, null, w.out()],
  WinBioAsyncOpenSession: () => [FINGERPRINT, 1, 0, null, 0, null, 1, null, 0, callback, 'mine', true, w.out()],
  WinBioAsyncOpenFramework: () => [1, null, 0, callback, 'mine', true, w.out()],
  WinBioCloseSession: () => [HANDLE],
  WinBioCloseFramework: () => [HANDLE],
  WinBioCancel: () => [HANDLE],
  WinBioWait: () => [HANDLE],
  WinBioFree: () => [{}],
  WinBioCaptureSample: () => [HANDLE, 0, RAW, w.out(), w.out(), w.out(), w.out()],
  WinBioCaptureSampleWithCallback: () => [HANDLE, 0, RAW, callback, 'mine'],
  WinBioIdentify: () => [HANDLE, w.out(), w.out(), w.out(), w.out()],
  WinBioIdentifyWithCallback: () => [HANDLE, callback, 'mine'],
  WinBioVerify: () => [HANDLE, identity, 2, w.out(), w.out(), w.out()],
  WinBioVerifyWithCallback: () => [HANDLE, identity, 2, callback, 'mine'],
  WinBioLocateSensor: () => [HANDLE, w.out()],
  WinBioLocateSensorWithCallback: () => [HANDLE, callback, 'mine'],
  WinBioEnrollBegin: () => [HANDLE, 2, 1],
  WinBioEnrollSelect: () => [HANDLE, 1n],
  WinBioEnrollCapture: () => [HANDLE, w.out()],
  WinBioEnrollCaptureWithCallback: () => [HANDLE, callback, 'mine'],
  WinBioEnrollCommit: () => [HANDLE, w.out(), w.out()],
  WinBioEnrollDiscard: () => [HANDLE],
  WinBioEnumEnrollments: () => [HANDLE, 1, identity, w.out(), w.out()],
  WinBioDeleteTemplate: () => [HANDLE, 1, identity, 2],
  WinBioGetProperty: () => [HANDLE, 2, 1, 1, null, 0, w.out(), w.out()],
  WinBioSetProperty: () => [HANDLE, 4, 1, 0, identity, 0, new Uint8Array(8), 8],
  WinBioLockUnit: () => [HANDLE, 1],
  WinBioUnlockUnit: () => [HANDLE, 1],
  WinBioControlUnit: () => [HANDLE, 1, 2, 1, bytes(), 4, bytes(), 4, w.out(), w.out()],
  WinBioControlUnitPrivileged: () => [HANDLE, 1, 2, 1, bytes(), 4, bytes(), 4, w.out(), w.out()],
  WinBioRegisterEventMonitor: () => [HANDLE, 1, callback, 'mine'],
  WinBioUnregisterEventMonitor: () => [HANDLE],
  WinBioMonitorPresence: () => [HANDLE, 1],
  WinBioAsyncEnumBiometricUnits: () => [HANDLE, FINGERPRINT],
  WinBioAsyncEnumDatabases: () => [HANDLE, FINGERPRINT],
  WinBioAsyncEnumServiceProviders: () => [HANDLE, FINGERPRINT],
  WinBioAsyncMonitorFrameworkChanges: () => [HANDLE, 1],
  WinBioEnumBiometricUnits: () => [FINGERPRINT, w.out(), w.out()],
  WinBioEnumDatabases: () => [FINGERPRINT, w.out(), w.out()],
  WinBioEnumServiceProviders: () => [FINGERPRINT, w.out(), w.out()],
  WinBioAcquireFocus: () => [],
  WinBioReleaseFocus: () => [],
  WinBioGetEnabledSetting: () => [w.out(), w.out()],
  WinBioGetLogonSetting: () => [w.out(), w.out()],
  WinBioGetDomainLogonSetting: () => [w.out(), w.out()],
  WinBioGetEnrolledFactors: () => [identity, w.out()],
  WinBioGetCredentialState: () => [identity, 1, w.out()],
  WinBioSetCredential: () => [1, bytes(), 4, 1],
  WinBioRemoveCredential: () => [identity, 1],
  WinBioRemoveAllCredentials: () => [],
  WinBioRemoveAllDomainCredentials: () => [],
  WinBioLogonIdentifiedUser: () => [HANDLE],
  WinBioImproveBegin: () => [HANDLE, 1],
  WinBioImproveEnd: () => [HANDLE],
  WinBioIsESSCapable: () => [w.out()],
};

/** Wrong values. */
const BAD: Record<string, unknown> = {
  null: null,
  undefined,
  NaN: Number.NaN,
  negative: -1,
  'too large': 2 ** 33,
  fraction: 1.5,
  text: 'text',
  'empty text': '',
  boolean: true,
  bigint: -5n,
  array: [],
  object: {},
  function: () => {},
  symbol: Symbol('x'),
  bytes: new Uint8Array(3),
  'strange identity': { Type: 3, Value: null },
};

const KNOWN = new Set<number>(Object.values(CODES).map(({ hresult }) => hresult));

describe.each(Object.entries(ARGUMENTS) as [Name, () => unknown[]][])('%s', (name, valid) => {
  test('answers every wrong argument with a known code, at once or in one notice', async () => {
    await using host = await createHost();
    const process = host.process({ administrator: true });
    const { winbio } = process;
    const call = winbio[name] as (...args: unknown[]) => Promise<number> | number;
    const count = valid().length;
    for (let at = 0; at < count; at++) {
      for (const [what, bad] of Object.entries(BAD)) {
        const handles = {
          synchronous: { handle: await openSync(host, process, { flags: 3 }), notices: undefined },
          asynchronous: await openAsync(host, process, { flags: 3 }),
          framework: await openFramework(process),
        };
        for (const [kind, { handle, notices }] of Object.entries(handles)) {
          const args = valid().map((argument) => (argument === HANDLE ? handle : argument));
          args[at] = bad;
          const answer = Promise.resolve(call(...args));
          // Accepted operations end with the handle.
          await host.settle();
          if (kind === 'framework') await winbio.WinBioCloseFramework(handle);
          else await winbio.WinBioCloseSession(handle);
          const hr = await answer;
          expect(KNOWN.has(hr), `${name}(${at}: ${what}) on ${kind}: ${hr}`).toBe(true);
          await host.settle();
          // A refused call adds no notice: only the close is there.
          if (w.FAILED(hr) && notices !== undefined) {
            expect(notices.results.length, `${name}(${at}: ${what}) on ${kind}`).toBeLessThanOrEqual(1);
          }
          for (const result of notices?.results ?? []) expect(KNOWN.has(result.ApiStatus)).toBe(true);
        }
      }
    }
    expect(host.idle).toBe(true);
  });
});

test('a freed result, and a handle of another process', async () => {
  await using host = await createHost();
  const [mine, other] = [host.process(), host.process()];
  const { handle, notices } = await openAsync(host, mine);
  await mine.winbio.WinBioCancel(handle);
  const result = await notices.at(0);
  expect(other.winbio.WinBioFree(result)).toBe(w.E_INVALIDARG);
  expect([mine.winbio.WinBioFree(result), mine.winbio.WinBioFree(result)]).toEqual([w.S_OK, w.E_INVALIDARG]);
  expect(await other.winbio.WinBioIdentify(handle, null, null, null, null)).toBe(w.E_HANDLE);
});
