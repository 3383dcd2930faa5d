/** Which handle a function takes, and how a cancel, a wait and a close end what is out. */

import assert from 'node:assert/strict';
import * as c from '../../../../core/constants.ts';
import type { HRESULT } from '../../../../core/hresult.ts';
import type { WinBio } from '../../../../winbio/bind-winbio.ts';
import { out } from '../../../../winbio/out.ts';
import type { WinBioClause } from '../winbio-clause.ts';
import { codeIs, type WinBioTrial } from '../winbio-trial.ts';

type CallOn = (winbio: WinBio, handle: number, trial: WinBioTrial) => Promise<HRESULT>;

/** One call of each function that takes a session; with arguments that would be refused on an open one. */
const ON_SESSIONS: Readonly<Record<string, CallOn>> = {
  WinBioCloseSession: (w, handle) => w.WinBioCloseSession(handle),
  WinBioWait: (w, handle) => w.WinBioWait(handle),
  WinBioIdentify: (w, handle) => w.WinBioIdentify(handle, out(), out(), out(), out()),
  WinBioVerify: (w, handle) => w.WinBioVerify(handle, null, 0, out(), out(), out()),
  WinBioLocateSensor: (w, handle) => w.WinBioLocateSensor(handle, out()),
  WinBioCaptureSample: (w, handle) => w.WinBioCaptureSample(handle, 0, 0, out(), out(), out(), out()),
  WinBioEnrollBegin: (w, handle) => w.WinBioEnrollBegin(handle, 0, 0),
  WinBioEnrollCapture: (w, handle) => w.WinBioEnrollCapture(handle, out()),
  WinBioEnrollCommit: (w, handle) => w.WinBioEnrollCommit(handle, out(), out()),
  WinBioEnrollDiscard: (w, handle) => w.WinBioEnrollDiscard(handle),
  WinBioEnrollSelect: (w, handle) => w.WinBioEnrollSelect(handle, 0n),
  WinBioEnumEnrollments: (w, handle) => w.WinBioEnumEnrollments(handle, 0, null, out(), out()),
  WinBioDeleteTemplate: (w, handle) => w.WinBioDeleteTemplate(handle, 0, null, 0),
  WinBioGetProperty: (w, handle) => w.WinBioGetProperty(handle, 0, 0, 0, null, 0, out(), out()),
  WinBioSetProperty: (w, handle) => w.WinBioSetProperty(handle, 0, 0, 0, null, 0, null, 0),
  WinBioLockUnit: (w, handle) => w.WinBioLockUnit(handle, 0),
  WinBioUnlockUnit: (w, handle) => w.WinBioUnlockUnit(handle, 0),
  WinBioRegisterEventMonitor: (w, handle) => w.WinBioRegisterEventMonitor(handle, 0, null, null),
  WinBioUnregisterEventMonitor: (w, handle) => w.WinBioUnregisterEventMonitor(handle),
  WinBioIdentifyWithCallback: (w, handle) => w.WinBioIdentifyWithCallback(handle, null, null),
};

/** The legacy functions, each with a callback that must not run. */
const LEGACY: Readonly<
  Record<string, (winbio: WinBio, handle: number, ran: () => void, trial: WinBioTrial) => Promise<HRESULT>>
> = {
  WinBioCaptureSampleWithCallback: (w, handle, ran) =>
    w.WinBioCaptureSampleWithCallback(handle, 0, c.WINBIO_DATA_FLAG_RAW, ran, null),
  WinBioEnrollCaptureWithCallback: (w, handle, ran) => w.WinBioEnrollCaptureWithCallback(handle, ran, null),
  WinBioIdentifyWithCallback: (w, handle, ran) => w.WinBioIdentifyWithCallback(handle, ran, null),
  WinBioLocateSensorWithCallback: (w, handle, ran) => w.WinBioLocateSensorWithCallback(handle, ran, null),
  WinBioVerifyWithCallback: (w, handle, ran, { account }) =>
    w.WinBioVerifyWithCallback(handle, account, c.WINBIO_SUBTYPE_ANY, ran, null),
};

/** Identifications that wait for a finger, on a session of their own. */
async function waiting(trial: WinBioTrial, count: number) {
  const session = await trial.session();
  const { winbio } = trial;
  for (let each = 0; each < count; each += 1) {
    codeIs(await winbio.WinBioIdentify(session.handle, null, null, null, null), 'S_OK');
  }
  return session;
}

export const HANDLES: readonly WinBioClause[] = [
  {
    id: 'C-055',
    what: 'the legacy functions are refused on an asynchronous session, without a notice or a callback',
    async check(trial) {
      const { handle, notices } = await trial.session();
      for (const call of Object.values(LEGACY)) {
        codeIs(await call(trial.winbio, handle, () => assert.fail('called'), trial), 'WINBIO_E_INCORRECT_SESSION_TYPE');
      }
      assert.deepEqual(notices.texts(), []);
    },
  },
  {
    id: 'C-056',
    what: 'a framework connection is no session',
    async check(trial) {
      const { handle } = await trial.framework();
      for (const call of Object.values(ON_SESSIONS)) {
        codeIs(await call(trial.winbio, handle, trial), 'WINBIO_E_INCORRECT_SESSION_TYPE');
      }
    },
  },
  {
    id: 'C-057',
    what: 'a session is no framework connection',
    async check(trial) {
      const { winbio } = trial;
      for (const handle of [(await trial.session()).handle, await trial.syncSession()]) {
        for (const hresult of [
          await winbio.WinBioAsyncEnumBiometricUnits(handle, c.WINBIO_TYPE_FINGERPRINT),
          await winbio.WinBioAsyncEnumDatabases(handle, c.WINBIO_TYPE_FINGERPRINT),
          await winbio.WinBioAsyncEnumServiceProviders(handle, c.WINBIO_TYPE_FINGERPRINT),
          await winbio.WinBioAsyncMonitorFrameworkChanges(handle, c.WINBIO_FRAMEWORK_CHANGE_UNIT),
        ]) {
          codeIs(hresult, 'WINBIO_E_INCORRECT_SESSION_TYPE');
        }
      }
    },
  },
  {
    id: 'C-058',
    what: 'unknown handles are E_HANDLE, before any other fault of the call',
    async check(trial) {
      for (const call of Object.values(ON_SESSIONS)) {
        for (const handle of [0, 0x7fff_fff0]) codeIs(await call(trial.winbio, handle, trial), 'E_HANDLE');
      }
    },
  },
  {
    id: 'C-061',
    what: 'a cancel of an unknown handle is E_HANDLE',
    async check({ winbio }) {
      for (const handle of [0, 0x7fff_fff0]) codeIs(await winbio.WinBioCancel(handle), 'E_HANDLE');
    },
  },
  {
    id: 'C-062',
    what: 'a cancel on a synchronous session with nothing out is S_OK',
    async check(trial) {
      codeIs(await trial.winbio.WinBioCancel(await trial.syncSession()), 'S_OK');
    },
  },
  {
    id: 'C-067',
    what: 'a cancel ends all that is out, what waits in the queue too, and is told last, as NONE',
    needs: 'reader',
    async check(trial) {
      const { handle, notices } = await waiting(trial, 3);
      codeIs(await trial.winbio.WinBioCancel(handle), 'S_OK');
      await notices.last(c.WINBIO_OPERATION_NONE);
      const canceled = `${c.WINBIO_OPERATION_IDENTIFY}: WINBIO_E_CANCELED`;
      assert.deepEqual(notices.texts(), [canceled, canceled, canceled, `${c.WINBIO_OPERATION_NONE}: S_OK`]);
    },
  },
  {
    id: 'C-070',
    what: 'a cancel with nothing out is told once',
    async check(trial) {
      const { handle, notices } = await trial.session();
      codeIs(await trial.winbio.WinBioCancel(handle), 'S_OK');
      await notices.at(0);
      await trial.close(handle);
      assert.deepEqual(
        notices.results.map(({ Operation }) => Operation),
        [c.WINBIO_OPERATION_NONE, c.WINBIO_OPERATION_CLOSE],
      );
    },
  },
  {
    id: 'C-073',
    what: 'a cancel ends nothing of another session, and its own goes on',
    needs: 'reader',
    async check(trial) {
      const [one, other] = [await waiting(trial, 1), await waiting(trial, 1)];
      codeIs(await trial.winbio.WinBioCancel(one.handle), 'S_OK');
      await one.notices.at(1);
      codeIs(await trial.winbio.WinBioEnrollDiscard(one.handle), 'S_OK');
      codeIs((await one.notices.at(2)).ApiStatus, 'WINBIO_E_INVALID_OPERATION');
      assert.deepEqual(other.notices.texts(), []);
    },
  },
  {
    id: 'C-078',
    what: 'a cancel on a framework connection ends its monitor',
    async check(trial) {
      const { handle, notices } = await trial.framework();
      const { winbio } = trial;
      codeIs(await winbio.WinBioAsyncMonitorFrameworkChanges(handle, c.WINBIO_FRAMEWORK_CHANGE_UNIT), 'S_OK');
      codeIs(await winbio.WinBioCancel(handle), 'S_OK');
      codeIs((await notices.at(0)).ApiStatus, 'WINBIO_E_CANCELED');
      await notices.at(1);
      codeIs(await winbio.WinBioAsyncMonitorFrameworkChanges(handle, c.WINBIO_FRAMEWORK_CHANGE_UNIT), 'S_OK');
    },
  },
  {
    id: 'C-080',
    what: 'cancel, wait, close end a legacy operation: one canceled callback',
    needs: 'reader',
    async check(trial) {
      const { winbio } = trial;
      const handle = await trial.syncSession();
      const told: unknown[][] = [];
      const { promise, resolve } = Promise.withResolvers<void>();
      const callback = (...values: unknown[]) => {
        told.push(values);
        resolve();
      };
      codeIs(await winbio.WinBioIdentifyWithCallback(handle, callback, 'mine'), 'S_OK');
      codeIs(await winbio.WinBioCancel(handle), 'S_OK');
      codeIs(await winbio.WinBioWait(handle), 'S_OK');
      await promise;
      await trial.close(handle);
      assert.equal(told.length, 1);
      assert.equal(told[0]?.[0], 'mine');
      codeIs(told[0]?.[1] as number, 'WINBIO_E_CANCELED');
    },
  },
  {
    id: 'C-085',
    what: 'CLOSE comes last, with the highest number, after what it has canceled',
    needs: 'reader',
    async check(trial) {
      const { handle, notices } = await waiting(trial, 2);
      await trial.close(handle);
      assert.deepEqual(
        notices.results.map(({ SequenceNumber }) => SequenceNumber),
        [2, 3, 4],
      );
      for (const { ApiStatus } of notices.results.slice(0, 2)) codeIs(ApiStatus, 'WINBIO_E_CANCELED');
      codeIs(notices.results[2]?.ApiStatus ?? -1, 'S_OK');
      codeIs(await trial.winbio.WinBioCancel(handle), 'E_HANDLE');
    },
  },
  {
    id: 'C-089',
    what: 'a close discards an enrollment: another session can begin one at once',
    needs: 'reader',
    async check(trial) {
      const { winbio } = trial;
      const [one, other, unit] = [await trial.syncSession(), await trial.syncSession(), await trial.unit()];
      const subFactor = await trial.freeSubFactor(one, unit);
      codeIs(await winbio.WinBioEnrollBegin(one, subFactor, unit), 'S_OK');
      codeIs(await winbio.WinBioEnrollBegin(other, subFactor, unit), 'WINBIO_E_ENROLLMENT_IN_PROGRESS');
      await trial.close(one);
      codeIs(await winbio.WinBioEnrollBegin(other, subFactor, unit), 'S_OK');
      codeIs(await winbio.WinBioEnrollDiscard(other), 'S_OK');
    },
  },
  {
    id: 'C-094',
    what: 'a wait for an unknown handle is E_HANDLE; with nothing out it returns at once, without a notice',
    async check(trial) {
      const { winbio } = trial;
      codeIs(await winbio.WinBioWait(0), 'E_HANDLE');
      codeIs(await winbio.WinBioWait(await trial.syncSession()), 'S_OK');
      const { handle, notices } = await trial.session();
      codeIs(await winbio.WinBioWait(handle), 'S_OK');
      assert.deepEqual(notices.texts(), []);
    },
  },
  {
    id: 'C-101',
    what: 'null is not freed: E_POINTER; what is no block is not freed: E_INVALIDARG',
    async check({ winbio }) {
      codeIs(winbio.WinBioFree(null), 'E_POINTER');
      codeIs(winbio.WinBioFree({}), 'E_INVALIDARG');
    },
  },
  {
    id: 'C-117',
    what: 'a second operation of a synchronous session is WINBIO_E_SESSION_BUSY',
    needs: 'reader',
    async check(trial) {
      const { winbio } = trial;
      const handle = await trial.syncSession();
      const { promise, resolve } = Promise.withResolvers<void>();
      codeIs(await winbio.WinBioLocateSensorWithCallback(handle, () => resolve(), null), 'S_OK');
      codeIs(await winbio.WinBioEnrollBegin(handle, c.WINBIO_ANSI_381_POS_LH_THUMB, 1), 'WINBIO_E_SESSION_BUSY');
      codeIs(await winbio.WinBioCancel(handle), 'S_OK');
      await promise;
      codeIs(await winbio.WinBioEnrollDiscard(handle), 'WINBIO_E_INVALID_OPERATION');
    },
  },
];
