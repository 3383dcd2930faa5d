/** Framework connections, enumerations, and settings. */

import assert from 'node:assert/strict';
import * as c from '../../../../core/constants.ts';
import { toWinbioIdentity } from '../../../../winbio/identity.ts';
import { type Out, out } from '../../../../winbio/out.ts';
import type { WinBioClause } from '../winbio-clause.ts';
import { codeIs, NOBODYS_GUID, type WinBioTrial } from '../winbio-trial.ts';

const RESERVED_FACTOR = 0x0100_0000;

/** The enumerations of a framework connection: the operation of the notice, and the members of its list. */
const ENUMERATIONS = [
  ['WinBioAsyncEnumBiometricUnits', c.WINBIO_OPERATION_ENUM_BIOMETRIC_UNITS, 'EnumBiometricUnits'],
  ['WinBioAsyncEnumDatabases', c.WINBIO_OPERATION_ENUM_DATABASES, 'EnumDatabases'],
  ['WinBioAsyncEnumServiceProviders', c.WINBIO_OPERATION_ENUM_SERVICE_PROVIDERS, 'EnumServiceProviders'],
] as const;

/** The enumerations without a handle. */
const LISTS = ['WinBioEnumBiometricUnits', 'WinBioEnumDatabases', 'WinBioEnumServiceProviders'] as const;

async function openFramework(trial: WinBioTrial, asynchronousOpen: boolean, holder: Out<number> | null) {
  const notices = trial.box();
  const hresult = await trial.winbio.WinBioAsyncOpenFramework(
    c.WINBIO_ASYNC_NOTIFY_CALLBACK,
    null,
    0,
    notices.callback,
    'mine',
    asynchronousOpen,
    holder,
  );
  return { hresult, notices };
}

export const FRAMEWORK: readonly WinBioClause[] = [
  {
    id: 'C-129',
    what: 'the open of a framework connection follows the rules of the open of a session',
    async check(trial) {
      const { winbio } = trial;
      const by = c.WINBIO_ASYNC_NOTIFY_CALLBACK;
      const ignore = () => assert.fail('called');
      codeIs(await winbio.WinBioAsyncOpenFramework(by, null, 0, null, null, true, out()), 'E_POINTER');
      codeIs(await winbio.WinBioAsyncOpenFramework(by, null, 0, ignore, null, false, null), 'E_POINTER');
      codeIs(await winbio.WinBioAsyncOpenFramework(9, null, 0, ignore, null, true, out()), 'E_INVALIDARG');
    },
  },
  {
    id: 'C-130',
    what: 'AsynchronousOpen TRUE: the first notice is OPEN_FRAMEWORK, with the handle',
    async check(trial) {
      const holder = out<number>(7);
      const { hresult, notices } = await openFramework(trial, true, holder);
      codeIs(hresult, 'S_OK');
      assert.equal(holder.value, 0);
      const { Operation, ApiStatus, SessionHandle, UserData } = await notices.at(0);
      codeIs(ApiStatus, 'S_OK');
      assert.deepEqual([Operation, UserData], [c.WINBIO_OPERATION_OPEN_FRAMEWORK, 'mine']);
      codeIs(await trial.winbio.WinBioCloseFramework(SessionHandle), 'S_OK');
      await notices.last(c.WINBIO_OPERATION_CLOSE_FRAMEWORK);
    },
  },
  {
    id: 'C-131',
    what: 'AsynchronousOpen FALSE: a handle, and no OPEN_FRAMEWORK notice; CLOSE_FRAMEWORK is the last',
    async check(trial) {
      const { handle, notices } = await trial.framework();
      assert.notEqual(handle, 0);
      await trial.closeFramework(handle);
      assert.deepEqual(
        notices.results.map(({ Operation }) => Operation),
        [c.WINBIO_OPERATION_CLOSE_FRAMEWORK],
      );
    },
  },
  {
    id: 'C-134',
    what: 'each enumeration is one notice, with a list and its length',
    async check(trial) {
      const { handle, notices } = await trial.framework();
      for (const [index, [name, operation, member]] of ENUMERATIONS.entries()) {
        codeIs(await trial.winbio[name](handle, c.WINBIO_TYPE_FINGERPRINT), 'S_OK');
        const { Operation, ApiStatus, Parameters } = await notices.at(index);
        codeIs(ApiStatus, 'S_OK');
        assert.equal(Operation, operation);
        const [count, list] = Object.values((Parameters as Readonly<Record<string, object>>)[member] ?? {});
        assert.equal((list ?? []).length, count);
      }
    },
  },
  {
    id: 'C-133',
    what: 'an enumeration of reserved factors is E_INVALIDARG, without a notice',
    async check(trial) {
      const { handle, notices } = await trial.framework();
      for (const [name] of ENUMERATIONS) codeIs(await trial.winbio[name](handle, RESERVED_FACTOR), 'E_INVALIDARG');
      assert.deepEqual(notices.texts(), []);
    },
  },
  {
    id: 'C-137',
    what: 'an enumeration without a handle needs both holders; a failure leaves null and 0',
    async check({ winbio }) {
      for (const name of LISTS) {
        codeIs(await winbio[name](c.WINBIO_TYPE_FINGERPRINT, null, out()), 'E_POINTER');
        codeIs(await winbio[name](c.WINBIO_TYPE_FINGERPRINT, out(), null), 'E_POINTER');
        const [list, count] = [out<never[] | null>(), out<number>(9)];
        codeIs(await winbio[name](RESERVED_FACTOR, list, count), 'E_INVALIDARG');
        assert.deepEqual([list.value, count.value], [null, 0]);
      }
    },
  },
  {
    id: 'C-138',
    what: 'a factor that nothing serves is an empty list',
    async check({ winbio }) {
      const [list, count] = [out<never[] | null>(), out<number>(9)];
      codeIs(await winbio.WinBioEnumBiometricUnits(c.WINBIO_TYPE_VOICE, list, count), 'S_OK');
      assert.deepEqual([list.value, count.value], [null, 0]);
    },
  },
  {
    id: 'C-140',
    what: 'a monitor of no changes, or of unknown ones, is E_INVALIDARG',
    async check(trial) {
      const { handle } = await trial.framework();
      for (const changes of [0, 0x10]) {
        codeIs(await trial.winbio.WinBioAsyncMonitorFrameworkChanges(handle, changes), 'E_INVALIDARG');
      }
    },
  },
  {
    id: 'C-141',
    what: 'a unit that goes and comes is told, with its number; those that are there are not',
    needs: 'unplug',
    async check(trial) {
      const { handle, notices } = await trial.framework();
      const units = await trial.units();
      const last = units.at(-1)?.UnitId;
      const { winbio, rig } = trial;
      codeIs(await winbio.WinBioAsyncMonitorFrameworkChanges(handle, c.WINBIO_FRAMEWORK_CHANGE_UNIT), 'S_OK');
      await rig.unplug?.();
      const gone = await notices.at(0);
      assert.deepEqual([gone.Operation, gone.UnitId], [c.WINBIO_OPERATION_UNIT_REMOVAL, last]);
      await rig.plug?.();
      assert.equal((await notices.at(1)).Operation, c.WINBIO_OPERATION_UNIT_ARRIVAL);
    },
  },
  {
    id: 'C-144',
    what: 'a second monitor of a connection is WINBIO_E_EVENT_MONITOR_ACTIVE',
    async check(trial) {
      const { handle, notices } = await trial.framework();
      const { winbio } = trial;
      codeIs(await winbio.WinBioAsyncMonitorFrameworkChanges(handle, c.WINBIO_FRAMEWORK_CHANGE_UNIT), 'S_OK');
      codeIs(await winbio.WinBioAsyncMonitorFrameworkChanges(handle, c.WINBIO_FRAMEWORK_CHANGE_UNIT), 'S_OK');
      codeIs((await notices.at(0)).ApiStatus, 'WINBIO_E_EVENT_MONITOR_ACTIVE');
    },
  },
  {
    id: 'C-265',
    what: 'the focus is for Local System alone: E_ACCESSDENIED',
    needs: 'ordinary',
    async check({ winbio }) {
      codeIs(await winbio.WinBioAcquireFocus(), 'E_ACCESSDENIED');
      codeIs(await winbio.WinBioReleaseFocus(), 'E_ACCESSDENIED');
    },
  },
  {
    id: 'C-276',
    what: 'the factors that an account has enrolled are asked without a session',
    async check(trial) {
      const factors = out<number>();
      codeIs(await trial.winbio.WinBioGetEnrolledFactors(trial.account, factors), 'S_OK');
      assert.equal((factors.value ?? -1) & ~c.WINBIO_TYPE_ANY, 0);
    },
  },
  {
    id: 'C-277',
    what: 'enrolled factors: null is E_POINTER, an identity that is no account E_INVALIDARG',
    async check(trial) {
      const { winbio } = trial;
      codeIs(await winbio.WinBioGetEnrolledFactors(null, out()), 'E_POINTER');
      codeIs(await winbio.WinBioGetEnrolledFactors(trial.account, null), 'E_POINTER');
      for (const identity of [toWinbioIdentity(), toWinbioIdentity({ type: 'guid', guid: NOBODYS_GUID })]) {
        codeIs(await winbio.WinBioGetEnrolledFactors(identity, out()), 'E_INVALIDARG');
      }
    },
  },
  {
    id: 'C-278',
    what: 'settings are told with where they come from',
    async check({ winbio }) {
      for (const name of ['WinBioGetEnabledSetting', 'WinBioGetLogonSetting', 'WinBioGetDomainLogonSetting'] as const) {
        const [value, source] = [out<boolean>(), out<number>()];
        codeIs(await winbio[name](value, source), 'S_OK');
        assert.equal(typeof value.value, 'boolean');
        assert.ok([1, 2, 3].includes(source.value ?? 0), `${name}: source ${source.value}`);
      }
    },
  },
];
