/** Random changes, held against a model. */

import { ALICE, BOB, CAROL, newDatabase } from '../sample-records.ts';
import type { StorageClause } from '../storage-clause.ts';
import { checkAgainstModel } from '../storage-model.ts';

export const RANDOM_CHANGES: readonly StorageClause[] = [
  {
    id: 'storage-2',
    what: 'random changes leave what a map would hold',
    async check(_db, rig) {
      for (let seed = 1; seed <= 20; seed++) {
        const db = await rig.adapter.open(newDatabase(rig, 12), { create: true });
        await checkAgainstModel(db, [ALICE, BOB, CAROL], 12, seed);
        await db.close();
      }
    },
  },
];
