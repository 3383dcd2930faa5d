/** Making, opening, closing and erasing a database. */

import assert from 'node:assert/strict';
import { rejectsWith } from '../../adapter-test.ts';
import { collectRecords } from '../collect-records.ts';
import { find } from '../find.ts';
import { ALICE, FORMAT, fill, newDatabase, record } from '../sample-records.ts';
import type { StorageClause } from '../storage-clause.ts';

export const DATABASES: readonly StorageClause[] = [
  {
    id: 'A-126',
    what: 'create leaves the database open',
    async check(db) {
      await db.add(record(ALICE, 2));
      assert.equal(await db.count(), 1);
    },
  },
  {
    id: 'A-128',
    what: 'opening a missing database fails with CANT_FIND',
    async check(_db, rig) {
      await rejectsWith('WINBIO_E_DATABASE_CANT_FIND', () => rig.adapter.open(newDatabase(rig), { create: false }));
      await rejectsWith('WINBIO_E_DATABASE_CANT_FIND', () => rig.adapter.erase(newDatabase(rig)));
    },
  },
  {
    id: 'A-131',
    what: 'nothing but the named database is erased',
    async check(db, rig) {
      await db.add(record(ALICE, 2));
      await rejectsWith('WINBIO_E_DATABASE_LOCKED', () => rig.adapter.erase(db.descriptor));
      await db.close();
      await assert.rejects(rig.adapter.erase({ ...db.descriptor, databaseId: FORMAT }));
      const again = await rig.adapter.open(db.descriptor, { create: false });
      assert.equal(await again.count(), 1);
      await again.close();
      await rig.adapter.erase(db.descriptor);
      await rejectsWith('WINBIO_E_DATABASE_CANT_FIND', () => rig.adapter.open(db.descriptor, { create: false }));
    },
  },
  {
    id: 'A-132',
    what: 'closing ends a running query',
    async check(db) {
      await fill(db);
      const batches = db.query({})[Symbol.asyncIterator]();
      assert.equal((await batches.next()).done, false);
      await db.close();
      await rejectsWith('WINBIO_E_INVALID_DEVICE_STATE', () => collectRecords(batches));
    },
  },
  {
    id: 'A-133',
    what: 'a closed database refuses everything',
    async check(db) {
      await Promise.all([db.close(), db.close()]);
      const refused = [() => db.add(record(ALICE, 2)), () => db.delete({}), () => db.count(), () => find(db, {})];
      for (const attempt of refused) await rejectsWith('WINBIO_E_INVALID_DEVICE_STATE', attempt);
    },
  },
  {
    id: 'A-160',
    what: 'a database is opened only as what it is',
    async check(db, rig) {
      await db.close();
      const { descriptor } = db;
      const others = [{ templateFormat: descriptor.databaseId }, { factor: 16 }];
      for (const other of others) {
        await rejectsWith('WINBIO_E_DATABASE_CORRUPTED', () =>
          rig.adapter.open({ ...descriptor, ...other }, { create: true }),
        );
      }
    },
  },
];
