/** Properties, locks, commands of the vendor, and event monitors. */

import assert from 'node:assert/strict';
import * as c from '../../../../core/constants.ts';
import type { HRESULT } from '../../../../core/hresult.ts';
import { out } from '../../../../winbio/out.ts';
import type { WINBIO_EVENT } from '../../../../winbio/structures.ts';
import type { WinBioClause } from '../winbio-clause.ts';
import { codeIs, type WinBioTrial } from '../winbio-trial.ts';

const { WINBIO_PROPERTY_TYPE_UNIT: UNIT, WINBIO_PROPERTY_TYPE_ACCOUNT: ACCOUNT } = c;
const MONITORED = c.WINBIO_EVENT_FP_UNCLAIMED;

/** A property of a unit or an account, and what is said of it. */
async function property(
  trial: WinBioTrial,
  wanted: { type?: number; id: number; unit?: number; ofAccount?: boolean; subFactor?: number },
): Promise<{ readonly hresult: HRESULT; readonly bytes: Uint8Array | undefined }> {
  const [buffer, size] = [out<Uint8Array | null>(), out<number>()];
  const hresult = await trial.winbio.WinBioGetProperty(
    await trial.syncSession(),
    wanted.type ?? UNIT,
    wanted.id,
    wanted.unit ?? 0,
    wanted.ofAccount === true ? trial.account : null,
    wanted.subFactor ?? 0,
    buffer,
    size,
  );
  const bytes = trial.keep(buffer.value)?.slice();
  assert.equal(bytes?.length ?? 0, size.value ?? 0);
  return { hresult, bytes };
}

export const UNITS: readonly WinBioClause[] = [
  {
    id: 'C-223',
    what: 'a property of an unknown type or number has a code of its own for each',
    needs: 'reader',
    async check(trial) {
      const unit = await trial.unit();
      const wrongType = await property(trial, { type: 9, id: c.WINBIO_PROPERTY_SAMPLE_HINT, unit });
      codeIs(wrongType.hresult, 'WINBIO_E_INVALID_PROPERTY_TYPE');
      codeIs((await property(trial, { id: 99, unit })).hresult, 'WINBIO_E_INVALID_PROPERTY_ID');
    },
  },
  {
    id: 'C-224',
    what: 'a property of no unit, or of a unit and an identity, is E_INVALIDARG',
    needs: 'reader',
    async check(trial) {
      const id = c.WINBIO_PROPERTY_SAMPLE_HINT;
      const unit = await trial.unit();
      codeIs((await property(trial, { id })).hresult, 'E_INVALIDARG');
      codeIs((await property(trial, { id, unit, ofAccount: true })).hresult, 'E_INVALIDARG');
      codeIs((await property(trial, { id, unit, subFactor: 1 })).hresult, 'E_INVALIDARG');
    },
  },
  {
    id: 'C-225',
    what: 'the anti-spoof setting of a unit is E_INVALIDARG',
    needs: 'reader',
    async check(trial) {
      const id = c.WINBIO_PROPERTY_ANTI_SPOOF_POLICY;
      const asked = await property(trial, { type: ACCOUNT, id, unit: await trial.unit(), ofAccount: true });
      codeIs(asked.hresult, 'E_INVALIDARG');
    },
  },
  {
    id: 'C-227',
    what: 'SAMPLE_HINT is a number of 4 bytes',
    needs: 'reader',
    async check(trial) {
      const { hresult, bytes } = await property(trial, {
        id: c.WINBIO_PROPERTY_SAMPLE_HINT,
        unit: await trial.unit(),
      });
      codeIs(hresult, 'S_OK');
      assert.equal(bytes?.length, 4);
      assert.ok(new DataView(bytes.buffer).getUint32(0, true) > 0);
    },
  },
  {
    id: 'C-232',
    what: 'a property is set of an identity, from a buffer: E_POINTER without',
    async check(trial) {
      const handle = await trial.syncSession();
      const { winbio, account } = trial;
      const id = c.WINBIO_PROPERTY_ANTI_SPOOF_POLICY;
      const bytes = new Uint8Array(8);
      codeIs(await winbio.WinBioSetProperty(handle, ACCOUNT, id, 0, null, 0, bytes, 8), 'E_POINTER');
      codeIs(await winbio.WinBioSetProperty(handle, ACCOUNT, id, 0, account, 0, null, 8), 'E_POINTER');
      codeIs(await winbio.WinBioSetProperty(handle, ACCOUNT, id, 0, account, 0, bytes, 0), 'E_INVALIDARG');
    },
  },
  {
    id: 'C-235',
    what: 'no unit is locked or unlocked: E_INVALIDARG; one that is not locked, not unlocked: WINBIO_E_LOCK_VIOLATION',
    needs: 'reader',
    async check(trial) {
      const { winbio } = trial;
      const handle = await trial.syncSession();
      codeIs(await winbio.WinBioLockUnit(handle, 0), 'E_INVALIDARG');
      codeIs(await winbio.WinBioUnlockUnit(handle, 0), 'E_INVALIDARG');
      codeIs(await winbio.WinBioUnlockUnit(handle, await trial.unit()), 'WINBIO_E_LOCK_VIOLATION');
    },
  },
  {
    id: 'C-236',
    what: 'a unit that another session holds is waited for until it is free',
    needs: 'reader',
    async check(trial) {
      const { winbio } = trial;
      const [holder, unit] = [await trial.syncSession(), await trial.unit()];
      const { handle, notices } = await trial.session();
      codeIs(await winbio.WinBioLockUnit(holder, unit), 'S_OK');
      codeIs(await winbio.WinBioLockUnit(holder, unit), 'S_OK');
      codeIs(await winbio.WinBioLockUnit(handle, unit), 'S_OK');
      // What comes after waits, too, and a cancel would end it.
      codeIs(await winbio.WinBioUnlockUnit(holder, unit), 'S_OK');
      codeIs((await notices.at(0)).ApiStatus, 'S_OK');
      codeIs(await winbio.WinBioUnlockUnit(handle, unit), 'S_OK');
      codeIs((await notices.at(1)).ApiStatus, 'S_OK');
    },
  },
  {
    id: 'C-241',
    what: 'a command to a unit that is not locked is WINBIO_E_LOCK_VIOLATION',
    needs: 'reader',
    async check(trial) {
      const handle = await trial.syncSession();
      const [sent, received] = [new Uint8Array(4), new Uint8Array(4)];
      const hresult = await trial.winbio.WinBioControlUnit(
        handle,
        await trial.unit(),
        c.WINBIO_COMPONENT_SENSOR,
        1,
        sent,
        4,
        received,
        4,
        out(),
        out(),
      );
      codeIs(hresult, 'WINBIO_E_LOCK_VIOLATION');
    },
  },
  {
    id: 'C-247',
    what: 'a monitor of no event, or of both kinds, is E_INVALIDARG; without a callback E_POINTER',
    async check(trial) {
      const { winbio } = trial;
      const handle = await trial.syncSession();
      const both = MONITORED | c.WINBIO_EVENT_FP_UNCLAIMED_IDENTIFY;
      const ignore = () => {};
      codeIs(await winbio.WinBioRegisterEventMonitor(handle, 0, ignore, null), 'E_INVALIDARG');
      codeIs(await winbio.WinBioRegisterEventMonitor(handle, both, ignore, null), 'E_INVALIDARG');
      codeIs(await winbio.WinBioRegisterEventMonitor(handle, MONITORED, null, null), 'E_POINTER');
    },
  },
  {
    id: 'C-248',
    what: 'one monitor a session, and nothing beside it: WINBIO_E_EVENT_MONITOR_ACTIVE, WINBIO_E_SESSION_BUSY',
    needs: 'reader',
    async check(trial) {
      const { winbio } = trial;
      const handle = await trial.syncSession();
      const ignore = () => {};
      codeIs(await winbio.WinBioRegisterEventMonitor(handle, MONITORED, ignore, null), 'S_OK');
      codeIs(await winbio.WinBioRegisterEventMonitor(handle, MONITORED, ignore, null), 'WINBIO_E_EVENT_MONITOR_ACTIVE');
      codeIs(await winbio.WinBioLocateSensor(handle, out()), 'WINBIO_E_SESSION_BUSY');
      codeIs(await winbio.WinBioUnregisterEventMonitor(handle), 'S_OK');
      codeIs(await winbio.WinBioEnrollDiscard(handle), 'WINBIO_E_INVALID_OPERATION');
    },
  },
  {
    id: 'C-251',
    what: 'a touch that nobody asked for is told to the monitor',
    needs: 'touch',
    async check(trial) {
      const { winbio } = trial;
      const handle = await trial.syncSession();
      const { promise, resolve } = Promise.withResolvers<WINBIO_EVENT | null>();
      const callback = (_context: unknown, _status: HRESULT, event: WINBIO_EVENT | null) => resolve(event);
      codeIs(await winbio.WinBioRegisterEventMonitor(handle, MONITORED, callback, null), 'S_OK');
      await trial.touch(2);
      const event = trial.keep(await promise);
      assert.equal(event?.Type, MONITORED);
      assert.equal(event?.Parameters.Unclaimed?.UnitId, await trial.unit());
      codeIs(await winbio.WinBioUnregisterEventMonitor(handle), 'S_OK');
    },
  },
  {
    id: 'C-256',
    what: 'no monitor is ended: S_OK',
    async check(trial) {
      codeIs(await trial.winbio.WinBioUnregisterEventMonitor(await trial.syncSession()), 'S_OK');
    },
  },
  {
    id: 'C-258',
    what: 'on an asynchronous session a touch that nobody asked for is a notice, GET_EVENT',
    needs: 'touch',
    async check(trial) {
      const { winbio } = trial;
      const { handle, notices } = await trial.session();
      codeIs(await winbio.WinBioRegisterEventMonitor(handle, MONITORED, null, null), 'S_OK');
      await trial.touch(2);
      const { Operation, UnitId, Parameters } = await notices.at(0);
      assert.deepEqual([Operation, UnitId], [c.WINBIO_OPERATION_GET_EVENT, await trial.unit()]);
      assert.equal((Parameters as { GetEvent?: { Event: WINBIO_EVENT } }).GetEvent?.Event.Type, MONITORED);
      codeIs(await winbio.WinBioUnregisterEventMonitor(handle), 'S_OK');
    },
  },
  {
    id: 'C-259',
    what: 'presence is not monitored on a synchronous session, nor at no unit',
    async check(trial) {
      const { winbio } = trial;
      codeIs(await winbio.WinBioMonitorPresence(await trial.syncSession(), 1), 'WINBIO_E_INCORRECT_SESSION_TYPE');
      codeIs(await winbio.WinBioMonitorPresence((await trial.session()).handle, 0), 'E_INVALIDARG');
    },
  },
];
