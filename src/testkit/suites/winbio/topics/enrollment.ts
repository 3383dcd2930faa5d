/** Enrollments, and the templates that they leave. */

import assert from 'node:assert/strict';
import * as c from '../../../../core/constants.ts';
import { S_OK } from '../../../../core/result-constants.ts';
import { fromWinbioIdentity, type WINBIO_IDENTITY } from '../../../../winbio/identity.ts';
import { out } from '../../../../winbio/out.ts';
import type { WinBioClause } from '../winbio-clause.ts';
import { codeIs, type WinBioTrial } from '../winbio-trial.ts';

/** A synchronous session that has begun to enroll a finger of a free name at the first unit. */
async function begun(trial: WinBioTrial) {
  const [handle, unitId] = [await trial.syncSession(), await trial.unit()];
  const subFactor = await trial.freeSubFactor(handle, unitId);
  codeIs(await trial.winbio.WinBioEnrollBegin(handle, subFactor, unitId), 'S_OK');
  return { handle, unitId, subFactor };
}

/** The fingers of the account at the first unit. */
async function fingersOf(trial: WinBioTrial, handle: number, unitId: number): Promise<readonly number[]> {
  const [list, count] = [out<Uint8Array | null>(), out<number>()];
  const hresult = await trial.winbio.WinBioEnumEnrollments(handle, unitId, trial.account, list, count);
  codeIs(hresult, 'S_OK', 'WINBIO_E_UNKNOWN_ID');
  const fingers = [...(trial.keep(list.value) ?? [])];
  assert.equal(fingers.length, count.value);
  return fingers;
}

export const ENROLLMENT: readonly WinBioClause[] = [
  {
    id: 'C-076',
    what: 'a canceled capture leaves the enrollment open: it can be discarded',
    needs: 'reader',
    async check(trial) {
      const { handle, notices } = await trial.session();
      const { winbio } = trial;
      const unitId = await trial.unit();
      const subFactor = await trial.freeSubFactor(await trial.syncSession(), unitId);
      codeIs(await winbio.WinBioEnrollBegin(handle, subFactor, unitId), 'S_OK');
      codeIs((await notices.at(0)).ApiStatus, 'S_OK');
      codeIs(await winbio.WinBioEnrollCapture(handle, null), 'S_OK');
      codeIs(await winbio.WinBioCancel(handle), 'S_OK');
      codeIs((await notices.at(1)).ApiStatus, 'WINBIO_E_CANCELED');
      codeIs(await winbio.WinBioEnrollDiscard(handle), 'S_OK');
      codeIs((await notices.at(3)).ApiStatus, 'S_OK');
    },
  },
  {
    id: 'C-180',
    what: 'a begin with a finger of no name, or at no unit, is E_INVALIDARG',
    async check(trial) {
      const { winbio } = trial;
      const handle = await trial.syncSession();
      for (const subFactor of [0, 0xff, 11, 12, 15, 0xf4]) {
        codeIs(await winbio.WinBioEnrollBegin(handle, subFactor, 1), 'E_INVALIDARG');
      }
      codeIs(await winbio.WinBioEnrollBegin(handle, c.WINBIO_ANSI_381_POS_LH_THUMB, 0), 'E_INVALIDARG');
    },
  },
  {
    id: 'C-185',
    what: 'the notice of a begin repeats the name of the finger',
    needs: 'reader',
    async check(trial) {
      const { handle, notices } = await trial.session();
      const unitId = await trial.unit();
      const subFactor = await trial.freeSubFactor(await trial.syncSession(), unitId);
      codeIs(await trial.winbio.WinBioEnrollBegin(handle, subFactor, unitId), 'S_OK');
      const { ApiStatus, Parameters } = await notices.at(0);
      codeIs(ApiStatus, 'S_OK');
      assert.deepEqual(Parameters, { EnrollBegin: { SubFactor: subFactor } });
    },
  },
  {
    id: 'C-187',
    what: 'captures are WINBIO_I_MORE_DATA until the last; nothing is stored before the commit',
    needs: 'touch',
    async check(trial) {
      const { handle } = await begun(trial);
      const { winbio } = trial;
      codeIs(await winbio.WinBioEnrollCommit(handle, out(), out()), 'WINBIO_E_INVALID_OPERATION');
      await trial.collect(handle, 3);
      codeIs(await winbio.WinBioEnrollDiscard(handle), 'S_OK');
      codeIs(await winbio.WinBioEnrollCommit(handle, out(), out()), 'WINBIO_E_INVALID_OPERATION');
    },
  },
  {
    id: 'C-190',
    what: 'a synchronous capture needs its holder, and a commit both: E_POINTER',
    async check(trial) {
      const { winbio } = trial;
      const handle = await trial.syncSession();
      codeIs(await winbio.WinBioEnrollCapture(handle, null), 'E_POINTER');
      codeIs(await winbio.WinBioEnrollCommit(handle, null, out()), 'E_POINTER');
      codeIs(await winbio.WinBioEnrollCommit(handle, out(), null), 'E_POINTER');
    },
  },
  {
    id: 'C-192',
    what: 'capture, commit and discard without a begin are WINBIO_E_INVALID_OPERATION',
    needs: 'reader',
    async check(trial) {
      const { winbio } = trial;
      const handle = await trial.syncSession();
      codeIs(await winbio.WinBioEnrollCapture(handle, out()), 'WINBIO_E_INVALID_OPERATION');
      codeIs(await winbio.WinBioEnrollCommit(handle, out(), out()), 'WINBIO_E_INVALID_OPERATION');
      codeIs(await winbio.WinBioEnrollDiscard(handle), 'WINBIO_E_INVALID_OPERATION');
    },
  },
  {
    id: 'C-194',
    what: 'a commit of a finger that is new: its owner, and IsNewTemplate; it is listed then, and deleted by its name',
    needs: 'touch',
    async check(trial) {
      const { handle, unitId, subFactor } = await begun(trial);
      const { winbio } = trial;
      await trial.collect(handle, 4);
      const [identity, isNew] = [out<WINBIO_IDENTITY>(), out<boolean>()];
      codeIs(await winbio.WinBioEnrollCommit(handle, identity, isNew), 'S_OK');
      try {
        assert.deepEqual([fromWinbioIdentity(identity.value)?.type, isNew.value], ['sid', true]);
        assert.ok((await fingersOf(trial, handle, unitId)).includes(subFactor));
      } finally {
        // Whatever is wrong, nothing of a person stays.
        codeIs(await winbio.WinBioDeleteTemplate(handle, unitId, identity.value, subFactor), 'S_OK');
      }
      assert.ok(!(await fingersOf(trial, handle, unitId)).includes(subFactor));
    },
  },
  {
    id: 'C-196',
    what: 'a finger that is enrolled under another name is WINBIO_E_DUPLICATE_TEMPLATE',
    needs: 'touch',
    async check(trial) {
      const enrolled = await trial.enrolled();
      const { handle, unitId, subFactor } = await begun(trial);
      await trial.collect(handle, enrolled.finger);
      const [identity, isNew] = [out<WINBIO_IDENTITY>(), out<boolean>()];
      const hresult = await trial.winbio.WinBioEnrollCommit(handle, identity, isNew);
      // One that was stored all the same does not stay.
      if (hresult === S_OK) await trial.winbio.WinBioDeleteTemplate(handle, unitId, identity.value, subFactor);
      codeIs(hresult, 'WINBIO_E_DUPLICATE_TEMPLATE');
      codeIs(await trial.winbio.WinBioEnrollDiscard(handle), 'S_OK');
    },
  },
  {
    id: 'C-203',
    what: 'after a discard another begin is possible at once',
    needs: 'reader',
    async check(trial) {
      const { handle, unitId, subFactor } = await begun(trial);
      const { winbio } = trial;
      codeIs(await winbio.WinBioEnrollDiscard(handle), 'S_OK');
      codeIs(await winbio.WinBioEnrollBegin(handle, subFactor, unitId), 'S_OK');
      codeIs(await winbio.WinBioEnrollDiscard(handle), 'S_OK');
    },
  },
  {
    id: 'C-204',
    what: 'nobody is selected by the number 0: E_INVALIDARG',
    async check(trial) {
      codeIs(await trial.winbio.WinBioEnrollSelect(await trial.syncSession(), 0n), 'E_INVALIDARG');
    },
  },
  {
    id: 'C-213',
    what: 'fingers at no unit are E_INVALIDARG; those of nobody are WINBIO_E_UNKNOWN_ID, null and 0',
    needs: 'reader',
    async check(trial) {
      const { winbio, account } = trial;
      const handle = await trial.syncSession();
      codeIs(await winbio.WinBioEnumEnrollments(handle, 0, account, out(), out()), 'E_INVALIDARG');
      const [list, count] = [out<Uint8Array | null>(), out<number>(9)];
      const stranger = trial.stranger;
      codeIs(
        await winbio.WinBioEnumEnrollments(handle, await trial.unit(), stranger, list, count),
        'WINBIO_E_UNKNOWN_ID',
      );
      assert.deepEqual([list.value, count.value], [null, 0]);
    },
  },
  {
    id: 'C-214',
    what: 'fingers at a unit that enrolls are WINBIO_E_ENROLLMENT_IN_PROGRESS, to list and to delete',
    needs: 'reader',
    async check(trial) {
      const { handle, unitId, subFactor } = await begun(trial);
      const { winbio, account } = trial;
      const other = await trial.syncSession();
      codeIs(
        await winbio.WinBioEnumEnrollments(other, unitId, account, out(), out()),
        'WINBIO_E_ENROLLMENT_IN_PROGRESS',
      );
      codeIs(await winbio.WinBioDeleteTemplate(other, unitId, account, subFactor), 'WINBIO_E_ENROLLMENT_IN_PROGRESS');
      codeIs(await winbio.WinBioEnrollDiscard(handle), 'S_OK');
    },
  },
  {
    id: 'C-216',
    what: 'a deletion at no unit or of a finger of no name is E_INVALIDARG, of nobody E_POINTER',
    async check(trial) {
      const { winbio, account } = trial;
      const handle = await trial.syncSession();
      const thumb = c.WINBIO_ANSI_381_POS_LH_THUMB;
      codeIs(await winbio.WinBioDeleteTemplate(handle, 0, account, thumb), 'E_INVALIDARG');
      codeIs(await winbio.WinBioDeleteTemplate(handle, 1, account, 0), 'E_INVALIDARG');
      codeIs(await winbio.WinBioDeleteTemplate(handle, 1, null, thumb), 'E_POINTER');
    },
  },
  {
    id: 'C-221',
    what: 'a deletion of what is not there is WINBIO_E_DATABASE_NO_SUCH_RECORD',
    needs: 'reader',
    async check(trial) {
      const handle = await trial.syncSession();
      const unitId = await trial.unit();
      const free = await trial.freeSubFactor(handle, unitId);
      const hresult = await trial.winbio.WinBioDeleteTemplate(handle, unitId, trial.account, free);
      codeIs(hresult, 'WINBIO_E_DATABASE_NO_SUCH_RECORD');
    },
  },
];
