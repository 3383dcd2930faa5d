/** What an asynchronous open accepts. */

import assert from 'node:assert/strict';
import * as c from '../../../../core/constants.ts';
import {
  type DatabaseIdArgument,
  WINBIO_DB_BOOTSTRAP,
  WINBIO_DB_DEFAULT,
  WINBIO_DB_ONCHIP,
} from '../../../../winbio/database-id.ts';
import { createMessageWindow } from '../../../../winbio/message-window.ts';
import type { WinBioClause } from '../winbio-clause.ts';
import { codeIs, NOBODYS_GUID, type OpenChoice, type WinBioTrial } from '../winbio-trial.ts';

const PRIVATE = { pool: c.WINBIO_POOL_PRIVATE, flags: c.WINBIO_FLAG_BASIC } as const;
const MESSAGE = { method: c.WINBIO_ASYNC_NOTIFY_MESSAGE } as const;

/** A choice with each of some databases. */
function withDatabases(databases: readonly DatabaseIdArgument[], choice: OpenChoice = {}): readonly OpenChoice[] {
  return databases.map((database) => ({ ...choice, database }));
}

/** Each is refused at once: no handle, and no notice. */
async function refused(trial: WinBioTrial, code: 'E_INVALIDARG' | 'E_POINTER', ...choices: readonly OpenChoice[]) {
  for (const choice of choices) {
    const { hresult, handle, notices } = await trial.asyncOpen(choice);
    codeIs(hresult, code);
    assert.equal(handle, 0);
    assert.deepEqual(notices.texts(), []);
  }
}

/** The open is tried in both ways; the code is returned, or notified. */
async function fails(trial: WinBioTrial, choice: OpenChoice, ...codes: Parameters<typeof codeIs>[1][]) {
  codeIs((await trial.asyncOpen(choice)).hresult, ...codes);
  const { hresult, notices } = await trial.asyncOpen({ ...choice, asynchronousOpen: true, holder: null });
  codeIs(hresult, 'S_OK');
  codeIs((await notices.at(0)).ApiStatus, ...codes);
}

export const OPENING: readonly WinBioClause[] = [
  {
    id: 'C-002',
    what: 'CALLBACK without a callback is E_POINTER, with no handle',
    check: (trial) => refused(trial, 'E_POINTER', { callback: null }),
  },
  {
    id: 'C-003',
    what: 'MESSAGE without a window is E_INVALIDARG',
    check: (trial) => refused(trial, 'E_INVALIDARG', { ...MESSAGE, window: null, message: c.WM_APP }),
  },
  {
    id: 'C-004',
    what: 'MESSAGE to HWND_BROADCAST is E_INVALIDARG',
    check: (trial) => refused(trial, 'E_INVALIDARG', { ...MESSAGE, window: c.HWND_BROADCAST, message: c.WM_APP }),
  },
  {
    id: 'C-005',
    what: 'MESSAGE with the message code 0 is E_INVALIDARG',
    async check(trial) {
      using window = createMessageWindow();
      await refused(trial, 'E_INVALIDARG', { ...MESSAGE, window, message: 0 });
    },
  },
  {
    id: 'C-007',
    what: 'MESSAGE with a code outside WM_APP to 0xBFFF is E_INVALIDARG',
    async check(trial) {
      using window = createMessageWindow();
      await refused(trial, 'E_INVALIDARG', ...[0x7fff, 0xc000].map((message) => ({ ...MESSAGE, window, message })));
    },
  },
  {
    id: 'C-008',
    what: 'with CALLBACK, window and message code are ignored',
    async check(trial) {
      await trial.session({ window: c.HWND_BROADCAST, message: 0 });
      await trial.session({ window: null, message: 1 });
    },
  },
  {
    id: 'C-010',
    what: 'any other notification method is E_INVALIDARG',
    check: (trial) => refused(trial, 'E_INVALIDARG', ...[0, 3, 99].map((method) => ({ method }))),
  },
  {
    id: 'C-011',
    what: 'AsynchronousOpen FALSE without a holder is E_POINTER',
    check: (trial) => refused(trial, 'E_POINTER', { holder: null }),
  },
  {
    id: 'C-013',
    what: 'AsynchronousOpen TRUE needs no holder',
    async check(trial) {
      const { hresult, notices } = await trial.asyncOpen({ asynchronousOpen: true, holder: null });
      codeIs(hresult, 'S_OK');
      trial.adopt(await notices.at(0), notices);
    },
  },
  {
    id: 'C-014',
    what: 'the system pool with BASIC or ADVANCED is E_INVALIDARG',
    check: (trial) => refused(trial, 'E_INVALIDARG', { flags: c.WINBIO_FLAG_BASIC }, { flags: c.WINBIO_FLAG_ADVANCED }),
  },
  {
    id: 'C-015',
    what: 'BASIC and ADVANCED together are E_INVALIDARG',
    check: (trial) => refused(trial, 'E_INVALIDARG', { flags: c.WINBIO_FLAG_BASIC | c.WINBIO_FLAG_ADVANCED }),
  },
  {
    id: 'C-017',
    what: 'the system pool with RAW alone is accepted',
    needs: 'administrator',
    async check(trial) {
      await trial.session({ flags: c.WINBIO_FLAG_RAW });
    },
  },
  {
    id: 'C-018',
    what: 'undefined flags are E_INVALIDARG',
    check: (trial) => refused(trial, 'E_INVALIDARG', { flags: 0x4 }, { flags: 0x100_0000 }),
  },
  {
    id: 'C-019',
    what: 'the system pool with units is E_INVALIDARG',
    check: (trial) => refused(trial, 'E_INVALIDARG', { units: [1] }, { unitCount: 1 }),
  },
  {
    id: 'C-020',
    what: 'a private pool without units, or with one twice, is E_INVALIDARG',
    check: (trial) =>
      refused(
        trial,
        'E_INVALIDARG',
        { ...PRIVATE, database: NOBODYS_GUID },
        { ...PRIVATE, database: NOBODYS_GUID, units: [], unitCount: 0 },
        { ...PRIVATE, database: NOBODYS_GUID, units: [1, 1] },
      ),
  },
  {
    id: 'C-021',
    what: 'a private pool of a unit that there is not is WINBIO_E_INVALID_UNIT',
    needs: 'privateDatabaseId',
    check: (trial) =>
      fails(
        trial,
        { ...PRIVATE, units: [9999], database: trial.rig.privateDatabaseId as string },
        'WINBIO_E_INVALID_UNIT',
      ),
  },
  {
    id: 'C-023',
    what: 'a private pool with WINBIO_DB_DEFAULT is E_INVALIDARG',
    check: (trial) => refused(trial, 'E_INVALIDARG', { ...PRIVATE, units: [1], database: WINBIO_DB_DEFAULT }),
  },
  {
    id: 'C-024',
    what: 'a private pool with BOOTSTRAP, ONCHIP or no database is E_INVALIDARG',
    check: (trial) =>
      refused(
        trial,
        'E_INVALIDARG',
        ...withDatabases([WINBIO_DB_BOOTSTRAP, WINBIO_DB_ONCHIP, null], { ...PRIVATE, units: [1] }),
      ),
  },
  {
    id: 'C-025',
    what: 'a private pool with a database that is not installed is WINBIO_E_DATABASE_CANT_FIND',
    needs: 'privateDatabaseId',
    async check(trial) {
      const units = [await trial.unit()];
      await fails(trial, { ...PRIVATE, units, database: NOBODYS_GUID }, 'WINBIO_E_DATABASE_CANT_FIND');
    },
  },
  {
    id: 'C-026',
    what: 'the system pool with WINBIO_DB_DEFAULT is accepted',
    async check(trial) {
      await trial.session({ database: WINBIO_DB_DEFAULT });
    },
  },
  {
    id: 'C-027',
    what: 'the system pool without a database is accepted',
    async check(trial) {
      await trial.session({ database: null });
    },
  },
  {
    id: 'C-028',
    what: 'the system pool with BOOTSTRAP, ONCHIP or a GUID is E_INVALIDARG',
    check: (trial) =>
      refused(trial, 'E_INVALIDARG', ...withDatabases([WINBIO_DB_BOOTSTRAP, WINBIO_DB_ONCHIP, NOBODYS_GUID])),
  },
  {
    id: 'C-030',
    what: 'RAW or MAINTENANCE without permission is E_ACCESSDENIED',
    needs: 'ordinary',
    async check(trial) {
      for (const flags of [c.WINBIO_FLAG_RAW, c.WINBIO_FLAG_MAINTENANCE])
        await fails(trial, { flags }, 'E_ACCESSDENIED');
    },
  },
  {
    id: 'C-033',
    what: 'no factor and reserved ones are E_INVALIDARG; one that nothing serves is WINBIO_E_UNSUPPORTED_FACTOR',
    async check(trial) {
      await refused(trial, 'E_INVALIDARG', { factor: 0 }, { factor: 0x0100_0000 });
      await fails(trial, { factor: c.WINBIO_TYPE_VOICE }, 'WINBIO_E_UNSUPPORTED_FACTOR');
    },
  },
  {
    id: 'C-034',
    what: 'any other pool is E_INVALIDARG',
    check: (trial) => refused(trial, 'E_INVALIDARG', { pool: 0 }, { pool: 3 }),
  },
  {
    id: 'C-121',
    what: 'a synchronous open without a holder is E_POINTER',
    async check(trial) {
      codeIs((await trial.syncOpen({ holder: null })).hresult, 'E_POINTER');
    },
  },
  {
    id: 'C-122',
    what: 'a synchronous open with arguments that do not go together is E_INVALIDARG, and the handle 0',
    async check(trial) {
      for (const choice of [{ flags: c.WINBIO_FLAG_BASIC }, { pool: 7 }, { units: [1] }, { factor: 0 }]) {
        const { hresult, handle } = await trial.syncOpen(choice);
        codeIs(hresult, 'E_INVALIDARG');
        assert.equal(handle, 0);
      }
    },
  },
  {
    id: 'C-124',
    what: 'many sessions may be open at once',
    async check(trial) {
      const handles = new Set<number>();
      for (let count = 0; count < 10; count += 1) handles.add(await trial.syncSession());
      assert.equal(handles.size, 10);
    },
  },
  {
    id: 'C-125',
    what: 'a private pool takes a unit from the system pool until it is closed',
    needs: 'privateDatabaseId',
    async check(trial) {
      const unit = await trial.unit();
      const choice = { ...PRIVATE, units: [unit], database: trial.rig.privateDatabaseId as string };
      const handle = await trial.syncSession(choice);
      const poolOf = async () => (await trial.units()).find(({ UnitId }) => UnitId === unit)?.PoolType;
      assert.equal(await poolOf(), c.WINBIO_POOL_PRIVATE);
      codeIs((await trial.syncOpen(choice)).hresult, 'WINBIO_E_SENSOR_UNAVAILABLE');
      await trial.close(handle);
      assert.equal(await poolOf(), c.WINBIO_POOL_SYSTEM);
    },
  },
];
