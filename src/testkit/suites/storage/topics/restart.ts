/** What a closed storage refuses, and what is there after a restart. */

import assert from 'node:assert/strict';
import { rejectsWith } from '../../adapter-test.ts';
import { find } from '../find.ts';
import { CAROL, newDatabase, record } from '../sample-records.ts';
import type { StorageClause } from '../storage-clause.ts';

export const RESTART: readonly StorageClause[] = [
  {
    id: 'storage-3',
    what: 'a closed storage has closed its databases and refuses everything',
    async check(db, rig) {
      await Promise.all([rig.adapter.close(), rig.adapter.close()]);
      await rejectsWith('WINBIO_E_INVALID_DEVICE_STATE', () => db.count());
      await rejectsWith('WINBIO_E_INVALID_DEVICE_STATE', () => rig.adapter.open(newDatabase(rig), { create: true }));
    },
  },
  {
    id: 'storage-4',
    what: 'what was added is there after a restart',
    async check(db, rig) {
      if (rig.reopen === undefined) return assert.equal(rig.adapter.info.durable, false);
      const recordId = await db.add({ ...record(CAROL, 5), payload: Uint8Array.of(8) });
      await rig.adapter.close();
      const adapter = await rig.reopen();
      const again = await adapter.open(db.descriptor, { create: false });
      assert.deepEqual(await find(again, {}), [
        { ...record(CAROL, 5), payload: Uint8Array.of(8), indexVector: [], recordId },
      ]);
      await adapter.close();
    },
  },
];
