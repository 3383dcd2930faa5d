/** Captures, identification, verification. */

import assert from 'node:assert/strict';
import * as c from '../../../../core/constants.ts';
import type { WINBIO_ASYNC_RESULT } from '../../../../winbio/async-result.ts';
import { fromWinbioIdentity, toWinbioIdentity, type WINBIO_IDENTITY } from '../../../../winbio/identity.ts';
import { out } from '../../../../winbio/out.ts';
import type { WinBioClause } from '../winbio-clause.ts';
import { codeIs, type WinBioTrial } from '../winbio-trial.ts';

/** A synchronous identification of one touch. */
async function identified(trial: WinBioTrial, finger: number) {
  const handle = await trial.syncSession();
  const [unit, identity, subFactor, detail] = [out<number>(), out<WINBIO_IDENTITY>(), out<number>(), out<number>()];
  const identifying = trial.winbio.WinBioIdentify(handle, unit, identity, subFactor, detail);
  await trial.touch(finger);
  const hresult = await identifying;
  return { hresult, unit: unit.value, identity: identity.value, subFactor: subFactor.value, detail: detail.value };
}

/** A synchronous verification of one touch. */
async function verified(trial: WinBioTrial, finger: number, identity: WINBIO_IDENTITY, subFactor: number) {
  const handle = await trial.syncSession();
  const [unit, match, detail] = [out<number>(), out<boolean>(), out<number>()];
  const verifying = trial.winbio.WinBioVerify(handle, identity, subFactor, unit, match, detail);
  await trial.touch(finger);
  const hresult = await verifying;
  return { hresult, match: match.value, detail: detail.value };
}

/** What one touch makes of a call on an asynchronous session. */
async function notified(
  trial: WinBioTrial,
  finger: number,
  call: (handle: number) => Promise<number>,
): Promise<WINBIO_ASYNC_RESULT> {
  const { handle, notices } = await trial.session();
  codeIs(await call(handle), 'S_OK');
  await trial.touch(finger);
  return await notices.at(0);
}

export const MATCHING: readonly WinBioClause[] = [
  {
    id: 'C-147',
    what: 'a capture on a session without RAW, or by an account that is no administrator, is E_ACCESSDENIED',
    needs: 'reader',
    async check(trial) {
      const handle = await trial.syncSession();
      const capture = trial.winbio.WinBioCaptureSample(handle, 0, c.WINBIO_DATA_FLAG_RAW, out(), out(), out(), out());
      codeIs(await capture, 'E_ACCESSDENIED');
    },
  },
  {
    id: 'C-150',
    what: 'a synchronous capture needs its four holders: E_POINTER',
    async check(trial) {
      const handle = await trial.syncSession();
      const { winbio } = trial;
      const raw = c.WINBIO_DATA_FLAG_RAW;
      codeIs(await winbio.WinBioCaptureSample(handle, 0, raw, null, out(), out(), out()), 'E_POINTER');
      codeIs(await winbio.WinBioCaptureSample(handle, 0, raw, out(), null, out(), out()), 'E_POINTER');
      codeIs(await winbio.WinBioCaptureSample(handle, 0, raw, out(), out(), null, out()), 'E_POINTER');
      codeIs(await winbio.WinBioCaptureSample(handle, 0, raw, out(), out(), out(), null), 'E_POINTER');
    },
  },
  {
    id: 'C-158',
    what: 'a finger that is enrolled is identified: its owner, its name, the unit, and no reject detail',
    needs: 'touch',
    async check(trial) {
      const enrolled = await trial.enrolled();
      const found = await identified(trial, enrolled.finger);
      codeIs(found.hresult, 'S_OK');
      assert.deepEqual(fromWinbioIdentity(found.identity), fromWinbioIdentity(enrolled.identity));
      assert.deepEqual([found.subFactor, found.unit, found.detail], [enrolled.subFactor, enrolled.unitId, 0]);
    },
  },
  {
    id: 'C-159',
    what: 'a finger that is not enrolled is WINBIO_E_UNKNOWN_ID',
    needs: 'touch',
    async check(trial) {
      await trial.enrolled();
      codeIs((await identified(trial, 2)).hresult, 'WINBIO_E_UNKNOWN_ID');
    },
  },
  {
    id: 'C-160',
    what: 'a sample that cannot be used is WINBIO_E_BAD_CAPTURE, with a detail and the unit',
    needs: 'touchBadly',
    async check(trial) {
      const { handle, notices } = await trial.session();
      codeIs(await trial.winbio.WinBioIdentify(handle, null, null, null, null), 'S_OK');
      await trial.rig.touchBadly?.();
      const { ApiStatus, UnitId, Parameters } = await notices.at(0);
      codeIs(ApiStatus, 'WINBIO_E_BAD_CAPTURE');
      assert.notEqual((Parameters as { Identify?: { RejectDetail: number } }).Identify?.RejectDetail, 0);
      assert.notEqual(UnitId, 0);
    },
  },
  {
    id: 'C-161',
    what: 'a synchronous identification needs its four holders: E_POINTER',
    async check(trial) {
      const handle = await trial.syncSession();
      const { winbio } = trial;
      codeIs(await winbio.WinBioIdentify(handle, null, out(), out(), out()), 'E_POINTER');
      codeIs(await winbio.WinBioIdentify(handle, out(), null, out(), out()), 'E_POINTER');
      codeIs(await winbio.WinBioIdentify(handle, out(), out(), null, out()), 'E_POINTER');
      codeIs(await winbio.WinBioIdentify(handle, out(), out(), out(), null), 'E_POINTER');
    },
  },
  {
    id: 'C-162',
    what: 'the owner of a template of the system pool is an account',
    needs: 'touch',
    async check(trial) {
      const { identity } = await trial.enrolled();
      assert.deepEqual(fromWinbioIdentity(identity), { type: 'sid', sid: trial.rig.account });
    },
  },
  {
    id: 'C-163',
    what: 'a finger is verified against its owner, by its name or by any',
    needs: 'touch',
    async check(trial) {
      const { identity, subFactor, finger } = await trial.enrolled();
      for (const name of [subFactor, c.WINBIO_SUBTYPE_ANY]) {
        const { hresult, match, detail } = await verified(trial, finger, identity, name);
        codeIs(hresult, 'S_OK');
        assert.deepEqual([match, detail], [true, 0]);
      }
    },
  },
  {
    id: 'C-164',
    what: 'another finger is WINBIO_E_NO_MATCH, and no match',
    needs: 'touch',
    async check(trial) {
      const { identity, subFactor } = await trial.enrolled();
      const { hresult, match } = await verified(trial, 2, identity, subFactor);
      codeIs(hresult, 'WINBIO_E_NO_MATCH');
      assert.equal(match, false);
    },
  },
  {
    id: 'C-165',
    what: 'a verification of a finger of no name is E_INVALIDARG',
    async check(trial) {
      const handle = await trial.syncSession();
      const { winbio, account } = trial;
      for (const subFactor of [0, 99]) {
        codeIs(await winbio.WinBioVerify(handle, account, subFactor, out(), out(), out()), 'E_INVALIDARG');
      }
    },
  },
  {
    id: 'C-168',
    what: 'a verification without an identity is E_POINTER, of the null identity or the wildcard E_INVALIDARG',
    async check(trial) {
      const { winbio } = trial;
      const any = c.WINBIO_SUBTYPE_ANY;
      for (const handle of [await trial.syncSession(), (await trial.session()).handle]) {
        codeIs(await winbio.WinBioVerify(handle, null, any, out(), out(), out()), 'E_POINTER');
        for (const identity of [toWinbioIdentity(), toWinbioIdentity({ type: 'wildcard' })]) {
          codeIs(await winbio.WinBioVerify(handle, identity, any, out(), out(), out()), 'E_INVALIDARG');
        }
      }
    },
  },
  {
    id: 'C-171',
    what: 'a verification with a callback returns at once; the callback has the outcome and the context',
    needs: 'touch',
    async check(trial) {
      const { identity, finger } = await trial.enrolled();
      const handle = await trial.syncSession();
      const { promise, resolve } = Promise.withResolvers<unknown[]>();
      const callback = (...values: unknown[]) => resolve(values);
      const context = { mine: true };
      const { winbio } = trial;
      const any = c.WINBIO_SUBTYPE_ANY;
      codeIs(await winbio.WinBioVerifyWithCallback(handle, identity, any, callback, context), 'S_OK');
      await trial.touch(finger);
      const [given, hresult, unit, match, detail] = await promise;
      codeIs(hresult as number, 'S_OK');
      assert.equal(given, context);
      assert.deepEqual([unit, match, detail], [await trial.unit(), true, 0]);
    },
  },
  {
    id: 'C-172',
    what: 'a touch is located: the unit, in the notice as well',
    needs: 'touch',
    async check(trial) {
      const [unit, located] = [await trial.unit(), out<number>()];
      const locating = trial.winbio.WinBioLocateSensor(await trial.syncSession(), located);
      await trial.touch(2);
      codeIs(await locating, 'S_OK');
      assert.equal(located.value, unit);
      const { UnitId, Operation } = await notified(trial, 2, (handle) => trial.winbio.WinBioLocateSensor(handle, null));
      assert.deepEqual([UnitId, Operation], [unit, c.WINBIO_OPERATION_LOCATE_SENSOR]);
    },
  },
  {
    id: 'C-176',
    what: 'the legacy functions need a callback: E_POINTER',
    async check(trial) {
      const handle = await trial.syncSession();
      const { winbio, account } = trial;
      for (const hresult of [
        await winbio.WinBioIdentifyWithCallback(handle, null, null),
        await winbio.WinBioLocateSensorWithCallback(handle, null, null),
        await winbio.WinBioVerifyWithCallback(handle, account, c.WINBIO_SUBTYPE_ANY, null, null),
        await winbio.WinBioEnrollCaptureWithCallback(handle, null, null),
      ]) {
        codeIs(hresult, 'E_POINTER');
      }
    },
  },
];
