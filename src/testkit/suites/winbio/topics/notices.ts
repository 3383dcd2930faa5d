/** The open, and what notices carry. */

import assert from 'node:assert/strict';
import * as c from '../../../../core/constants.ts';
import { fileTime } from '../../../../winbio/file-time.ts';
import { out } from '../../../../winbio/out.ts';
import type { WinBioClause } from '../winbio-clause.ts';
import { codeIs, type WinBioTrial } from '../winbio-trial.ts';

const SECOND_IN_FILE_TIME = 10_000_000n;

export const NOTICES: readonly WinBioClause[] = [
  {
    id: 'C-037',
    what: 'AsynchronousOpen FALSE: no OPEN notice; the first is of what is asked for next',
    async check(trial) {
      const { handle, notices } = await trial.session();
      codeIs(await trial.winbio.WinBioCancel(handle), 'S_OK');
      assert.equal((await notices.at(0)).Operation, c.WINBIO_OPERATION_NONE);
      const failed = await trial.asyncOpen({ flags: c.WINBIO_FLAG_BASIC });
      assert.deepEqual(failed.notices.texts(), []);
    },
  },
  {
    id: 'C-040',
    what: 'AsynchronousOpen TRUE: S_OK without a handle, and the first notice is OPEN, with the handle and number 1',
    async check(trial) {
      const holder = out<number>(7);
      const { hresult, notices } = await trial.asyncOpen({ asynchronousOpen: true, holder });
      codeIs(hresult, 'S_OK');
      assert.equal(holder.value, 0);
      const opened = await notices.at(0);
      codeIs(opened.ApiStatus, 'S_OK');
      assert.deepEqual([opened.Operation, opened.SequenceNumber], [c.WINBIO_OPERATION_OPEN, 1]);
      assert.notEqual(trial.adopt(opened, notices), 0);
    },
  },
  {
    id: 'C-041',
    what: 'AsynchronousOpen TRUE: what fails later is notified, without a handle',
    needs: 'privateDatabaseId',
    async check(trial) {
      const { hresult, notices } = await trial.asyncOpen({
        pool: c.WINBIO_POOL_PRIVATE,
        flags: c.WINBIO_FLAG_BASIC,
        units: [9999],
        database: trial.rig.privateDatabaseId as string,
        asynchronousOpen: true,
      });
      codeIs(hresult, 'S_OK');
      const failed = await notices.at(0);
      assert.deepEqual([failed.Operation, failed.SessionHandle], [c.WINBIO_OPERATION_OPEN, 0]);
      codeIs(failed.ApiStatus, 'WINBIO_E_INVALID_UNIT');
    },
  },
  {
    id: 'C-047',
    what: 'UserData comes back in every notice: of OPEN, of a cancel and of CLOSE',
    async check(trial) {
      const userData = { mine: true };
      const { notices } = await trial.asyncOpen({ asynchronousOpen: true, userData, holder: null });
      const handle = trial.adopt(await notices.at(0), notices);
      await trial.winbio.WinBioCancel(handle);
      await notices.at(1);
      await trial.close(handle);
      assert.deepEqual(
        notices.results.map(({ UserData }) => UserData === userData),
        [true, true, true],
      );
    },
  },
  {
    id: 'C-050',
    what: 'each notice is a block, which is freed once',
    async check(trial) {
      const { winbio } = trial;
      const { handle, notices } = await trial.session();
      await winbio.WinBioCancel(handle);
      await notices.at(0);
      const [block] = notices.results.splice(0, 1);
      codeIs(winbio.WinBioFree(block), 'S_OK');
      codeIs(winbio.WinBioFree(block), 'E_INVALIDARG');
      await winbio.WinBioCancel(handle);
      assert.equal((await notices.at(0)).Operation, c.WINBIO_OPERATION_NONE);
    },
  },
  {
    id: 'C-105',
    what: 'numbers grow by one per operation; the open has the first, a refused call none',
    async check(trial) {
      const { winbio } = trial;
      const { handle, notices } = await trial.session();
      for (const expected of [2, 3]) {
        codeIs(await winbio.WinBioEnumEnrollments(handle, 0, trial.account, out(), out()), 'E_INVALIDARG');
        codeIs(await winbio.WinBioEnrollDiscard(handle), 'S_OK');
        assert.equal((await notices.at(expected - 2)).SequenceNumber, expected);
      }
    },
  },
  {
    id: 'C-108',
    what: 'TimeStamp is when the operation began, and SessionHandle and Operation name it',
    async check(trial) {
      const before = fileTimeNow(trial);
      const { handle, notices } = await trial.session();
      await trial.winbio.WinBioEnrollDiscard(handle);
      const { TimeStamp, SessionHandle, Operation } = await notices.at(0);
      assert.ok(TimeStamp >= before - SECOND_IN_FILE_TIME && TimeStamp <= fileTimeNow(trial) + SECOND_IN_FILE_TIME);
      assert.deepEqual([SessionHandle, Operation], [handle, c.WINBIO_OPERATION_ENROLL_DISCARD]);
    },
  },
  {
    id: 'C-112',
    what: 'what was asked for is repeated in the notice of a failure, too',
    needs: 'reader',
    async check(trial) {
      const { handle, notices } = await trial.session();
      const { winbio, account } = trial;
      await winbio.WinBioDeleteTemplate(handle, 9999, account, c.WINBIO_ANSI_381_POS_LH_THUMB);
      const { Operation, Parameters } = await notices.at(0);
      assert.equal(Operation, c.WINBIO_OPERATION_DELETE_TEMPLATE);
      assert.deepEqual(Parameters, {
        DeleteTemplate: { Identity: account, SubFactor: c.WINBIO_ANSI_381_POS_LH_THUMB },
      });
    },
  },
  {
    id: 'C-114',
    what: 'operations end in the order of the calls, and none before its call has returned',
    async check(trial) {
      const { winbio } = trial;
      const { handle, notices } = await trial.session();
      const calls = Array.from({ length: 5 }, () => winbio.WinBioEnrollDiscard(handle));
      assert.deepEqual(notices.texts(), []);
      for (const hresult of await Promise.all(calls)) codeIs(hresult, 'S_OK');
      const numbers: number[] = [];
      for (let index = 0; index < 5; index += 1) numbers.push((await notices.at(index)).SequenceNumber);
      assert.deepEqual(numbers, [2, 3, 4, 5, 6]);
    },
  },
  {
    id: 'C-119',
    what: 'on an asynchronous handle a holder is not written, and a missing one is no error',
    needs: 'reader',
    async check(trial) {
      const { winbio } = trial;
      const { handle, notices } = await trial.session();
      const [unit, count] = [await trial.unit(), out<number>(77)];
      codeIs(await winbio.WinBioEnumEnrollments(handle, unit, trial.account, null, count), 'S_OK');
      assert.equal((await notices.at(0)).Operation, c.WINBIO_OPERATION_ENUM_ENROLLMENTS);
      assert.equal(count.value, 77);
    },
  },
  {
    id: 'C-120',
    what: 'on an asynchronous handle, what is not the call itself is notified, not returned',
    needs: 'reader',
    async check(trial) {
      const { handle, notices } = await trial.session();
      codeIs(await trial.winbio.WinBioEnrollCommit(handle, null, null), 'S_OK');
      codeIs((await notices.at(0)).ApiStatus, 'WINBIO_E_INVALID_OPERATION');
    },
  },
];

/** Now, as FILETIME. */
function fileTimeNow({ rig }: WinBioTrial): bigint {
  return fileTime(rig.now?.() ?? Date.now());
}
