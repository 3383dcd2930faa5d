/** What a record may be, and that one that is refused changes nothing. */

import assert from 'node:assert/strict';
import type { NewRecord } from '../../../../adapters/storage-adapter.ts';
import { BiometricError, hresultOf } from '../../../../core/biometric-error.ts';
import type { OwnerIdentity } from '../../../../core/identity.ts';
import { E_NOTIMPL } from '../../../../core/result-constants.ts';
import { rejectsWith } from '../../adapter-test.ts';
import { find, fingers } from '../find.ts';
import { ALICE, BOB, CAROL, record } from '../sample-records.ts';
import type { StorageClause } from '../storage-clause.ts';

const NO_GROUPS = new BiometricError('E_NOTIMPL');

export const ADDING: readonly StorageClause[] = [
  {
    id: 'A-134',
    what: 'an owner is an account or a GUID',
    async check(db) {
      for (const type of ['wildcard', 'null'] as const) {
        const identity = { type } as unknown as OwnerIdentity;
        await rejectsWith('E_INVALIDARG', () => db.add({ ...record(ALICE, 2), identity }));
      }
    },
  },
  {
    id: 'A-135',
    what: 'neither 0x00 nor 0xFF is a sub-factor of a record',
    async check(db) {
      for (const subFactor of [0, 0xff, -1, 256, 1.5]) {
        await rejectsWith('E_INVALIDARG', () => db.add({ ...record(ALICE, 2), subFactor }));
      }
    },
  },
  {
    id: 'A-136',
    what: 'a template is not empty',
    async check(db) {
      await rejectsWith('E_INVALIDARG', () => db.add({ ...record(ALICE, 2), template: new Uint8Array() }));
    },
  },
  {
    id: 'A-138',
    what: 'an identity has one record a sub-factor',
    async check(db) {
      await db.add(record(ALICE, 2));
      await rejectsWith('WINBIO_E_DUPLICATE_ENROLLMENT', () => db.add(record(ALICE, 2, 9)));
      assert.deepEqual((await find(db, {}))[0]?.template, record(ALICE, 2).template);
      await db.add(record(ALICE, 3));
      await db.add(record(BOB, 2));
      assert.equal(await db.count(), 3);
    },
  },
  {
    id: 'A-138',
    what: 'of several records at once all are stored, or none',
    recordLimit: 4,
    async check(db) {
      // A storage need not have it; the service then stores one after the other.
      const addAll = (records: readonly NewRecord[]) => db.addAll?.(records) ?? Promise.reject(NO_GROUPS);
      const first = await addAll([record(ALICE, 2), record(BOB, 3)]).catch((thrown: unknown) => {
        if (hresultOf(thrown) !== E_NOTIMPL) throw thrown;
      });
      if (first === undefined) return;
      assert.deepEqual(
        (await find(db, {})).map(({ recordId, subFactor }) => [recordId, subFactor]),
        [
          [first[0], 2],
          [first[1], 3],
        ],
      );
      await rejectsWith('WINBIO_E_DUPLICATE_ENROLLMENT', () => addAll([record(CAROL, 4), record(BOB, 3, 9)]));
      await rejectsWith('WINBIO_E_DUPLICATE_ENROLLMENT', () => addAll([record(CAROL, 4), record(CAROL, 4, 9)]));
      await rejectsWith('WINBIO_E_DATABASE_FULL', () => addAll([4, 5, 6].map((finger) => record(CAROL, finger))));
      await rejectsWith('E_INVALIDARG', () => addAll([record(CAROL, 4), record(CAROL, 0)]));
      assert.deepEqual(await fingers(db, {}), [2, 3]);
      assert.deepEqual(await addAll([]), []);
    },
  },
  {
    id: 'A-139',
    what: 'of two adds with one key exactly one succeeds',
    async check(db, rig) {
      const other = await rig.adapter.open(db.descriptor, { create: false });
      const adds = [db, other, db, other].map((each, i) => each.add(record(CAROL, 7, i)));
      const results = await Promise.allSettled(adds);
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
      assert.equal(await db.count(), 1);
    },
  },
  {
    id: 'A-140',
    what: 'what a caller does with its bytes later changes nothing',
    async check(db) {
      const given = { ...record(ALICE, 2), payload: Uint8Array.of(5, 6) };
      await db.add(given);
      given.template.fill(0);
      given.payload.fill(0);
      const [first] = await find(db, {});
      assert.deepEqual(first?.template, record(ALICE, 2).template);
      first.template.fill(0);
      const [second] = await find(db, {});
      assert.deepEqual(second?.template, record(ALICE, 2).template);
      assert.deepEqual(second.payload, Uint8Array.of(5, 6));
    },
  },
  {
    id: 'A-141',
    what: 'a full database refuses a record and stays as it was',
    recordLimit: 2,
    async check(db) {
      await db.add(record(ALICE, 1));
      await db.add(record(ALICE, 2));
      await rejectsWith('WINBIO_E_DATABASE_FULL', () => db.add(record(ALICE, 3)));
      assert.equal(await db.count(), 2);
      await db.delete({ subFactor: 1 });
      await db.add(record(ALICE, 3));
      assert.deepEqual(await fingers(db, {}), [2, 3]);
    },
  },
];
