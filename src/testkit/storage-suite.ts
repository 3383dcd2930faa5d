/** What every storage adapter must do: the storage clauses of the adapter conformance list, for any test runner. */

import assert from 'node:assert/strict';
import type { ADAPTER_CAPABILITIES } from '../adapters/adapter-module.ts';
import type {
  DatabaseDescriptor,
  NewRecord,
  RecordSelector,
  StorageAdapter,
  StoredRecord,
  TemplateDatabase,
} from '../adapters/storage-adapter.ts';
import { WINBIO_TYPE_FINGERPRINT } from '../core/constants.ts';
import { guidIdentity, type OwnerIdentity, sidIdentity } from '../core/identity.ts';
import { type AdapterTest, rejectsWith } from './adapter-test.ts';
import { collectRecords } from './collect-records.ts';
import { checkAgainstModel } from './storage-model.ts';

/** A storage to be tested, and where its databases are. */
export interface StorageRig {
  readonly adapter: StorageAdapter;
  /** Path or connection string of a database that does not exist yet; a new one at each call. */
  place(): Pick<DatabaseDescriptor, 'path' | 'connectionString'>;
  /** A second adapter on the same databases, as after a restart; absent when nothing survives. */
  reopen?(): Promise<StorageAdapter>;
  close(): Promise<void>;
}

const ALICE = sidIdentity('S-1-5-21-1-2-3-1001');
const BOB = sidIdentity('S-1-5-21-1-2-3-1002');
const CAROL = guidIdentity('6F9619FF-8B86-D011-B42D-00C04FC964FF');
const FORMAT = '11111111-2222-3333-4444-555555555555';

/** What a storage may do without, by the names of its manifest. */
export type StorageCapability = (typeof ADAPTER_CAPABILITIES)['storage'][number];

/** The suite; each test gets a rig of its own. `lacks` names what the storage does not do. */
export function storageSuite(
  factory: () => Promise<StorageRig>,
  lacks: readonly StorageCapability[] = [],
): readonly AdapterTest[] {
  const withDatabase = (
    id: string,
    what: string,
    check: (database: TemplateDatabase, rig: StorageRig) => Promise<void>,
    limit?: number,
    indexLength = 0,
  ): AdapterTest => ({
    id,
    title: `${id}: ${what}`,
    async run() {
      const rig = await factory();
      try {
        const descriptor = { ...describe(rig, limit), indexLength };
        await check(await rig.adapter.open(descriptor, { create: true }), rig);
      } finally {
        await rig.close();
      }
    },
  });
  /** The same with a database whose index vectors have two numbers. */
  const withIndex = (id: string, what: string, check: (database: TemplateDatabase) => Promise<void>) =>
    withDatabase(id, what, check, undefined, 2);

  return [
    withDatabase('A-126', 'create leaves the database open', async (db) => {
      await db.add(record(ALICE, 2));
      assert.equal(await db.count(), 1);
    }),
    withDatabase('A-128', 'opening a missing database fails with CANT_FIND', async (_db, rig) => {
      await rejectsWith('WINBIO_E_DATABASE_CANT_FIND', () => rig.adapter.open(describe(rig), { create: false }));
      await rejectsWith('WINBIO_E_DATABASE_CANT_FIND', () => rig.adapter.erase(describe(rig)));
    }),
    withDatabase('A-131', 'nothing but the named database is erased', async (db, rig) => {
      await db.add(record(ALICE, 2));
      await rejectsWith('WINBIO_E_DATABASE_LOCKED', () => rig.adapter.erase(db.descriptor));
      await db.close();
      await assert.rejects(rig.adapter.erase({ ...db.descriptor, databaseId: FORMAT }));
      const again = await rig.adapter.open(db.descriptor, { create: false });
      assert.equal(await again.count(), 1);
      await again.close();
      await rig.adapter.erase(db.descriptor);
      await rejectsWith('WINBIO_E_DATABASE_CANT_FIND', () => rig.adapter.open(db.descriptor, { create: false }));
    }),
    withDatabase('A-132', 'closing ends a running query', async (db) => {
      for (let finger = 1; finger <= 254; finger++) await db.add(record(ALICE, finger));
      for (let finger = 1; finger <= 254; finger++) await db.add(record(BOB, finger));
      const batches = db.query({})[Symbol.asyncIterator]();
      assert.equal((await batches.next()).done, false);
      await db.close();
      await rejectsWith('WINBIO_E_INVALID_DEVICE_STATE', () => collectRecords(batches));
    }),
    withDatabase('A-133', 'a closed database refuses everything', async (db) => {
      await Promise.all([db.close(), db.close()]);
      const refused = [() => db.add(record(ALICE, 2)), () => db.delete({}), () => db.count(), () => find(db, {})];
      for (const attempt of refused) await rejectsWith('WINBIO_E_INVALID_DEVICE_STATE', attempt);
    }),
    withDatabase('A-134', 'an owner is an account or a GUID', async (db) => {
      for (const type of ['wildcard', 'null'] as const) {
        const identity = { type } as unknown as OwnerIdentity;
        await rejectsWith('E_INVALIDARG', () => db.add({ ...record(ALICE, 2), identity }));
      }
    }),
    withDatabase('A-135', 'neither 0x00 nor 0xFF is a sub-factor of a record', async (db) => {
      for (const subFactor of [0, 0xff, -1, 256, 1.5]) {
        await rejectsWith('E_INVALIDARG', () => db.add({ ...record(ALICE, 2), subFactor }));
      }
    }),
    withDatabase('A-136', 'a template is not empty', async (db) => {
      await rejectsWith('E_INVALIDARG', () => db.add({ ...record(ALICE, 2), template: new Uint8Array() }));
    }),
    withIndex('A-137', 'a record has the index vector its database was made for', async (db) => {
      for (const indexVector of [[], [1], [1, 2, 3]]) {
        await rejectsWith('WINBIO_E_DATABASE_BAD_INDEX_VECTOR', () => db.add({ ...record(ALICE, 2), indexVector }));
      }
      await rejectsWith('WINBIO_E_DATABASE_BAD_INDEX_VECTOR', () => db.add(record(ALICE, 2)));
      for (const bucket of [-1, 1.5, 2 ** 32]) {
        await rejectsWith('E_INVALIDARG', () => db.add({ ...record(ALICE, 2), indexVector: [1, bucket] }));
      }
      assert.equal(await db.count(), 0);
      await db.add({ ...record(ALICE, 2), indexVector: [0xffff_ffff, 7] });
      assert.deepEqual((await find(db, {}))[0]?.indexVector, [0xffff_ffff, 7]);
    }),
    withDatabase('A-138', 'an identity has one record a sub-factor', async (db) => {
      await db.add(record(ALICE, 2));
      await rejectsWith('WINBIO_E_DUPLICATE_ENROLLMENT', () => db.add(record(ALICE, 2, 9)));
      assert.deepEqual((await find(db, {}))[0]?.template, record(ALICE, 2).template);
      await db.add(record(ALICE, 3));
      await db.add(record(BOB, 2));
      assert.equal(await db.count(), 3);
    }),
    withDatabase('A-139', 'of two adds with one key exactly one succeeds', async (db, rig) => {
      const other = await rig.adapter.open(db.descriptor, { create: false });
      const adds = [db, other, db, other].map((each, i) => each.add(record(CAROL, 7, i)));
      const results = await Promise.allSettled(adds);
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
      assert.equal(await db.count(), 1);
    }),
    withDatabase('A-140', 'what a caller does with its bytes later changes nothing', async (db) => {
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
    }),
    withDatabase(
      'A-141',
      'a full database refuses a record and stays as it was',
      async (db) => {
        await db.add(record(ALICE, 1));
        await db.add(record(ALICE, 2));
        await rejectsWith('WINBIO_E_DATABASE_FULL', () => db.add(record(ALICE, 3)));
        assert.equal(await db.count(), 2);
        await db.delete({ subFactor: 1 });
        await db.add(record(ALICE, 3));
        assert.deepEqual(await fingers(db, {}), [2, 3]);
      },
      2,
    ),
    withDatabase('A-142', 'deleting what is not there deletes nothing', async (db) => {
      await db.add(record(ALICE, 2));
      assert.deepEqual(await db.delete({ identity: BOB }), []);
      assert.deepEqual(await db.delete({ identity: ALICE, subFactor: 3 }), []);
      assert.equal(await db.count(), 1);
    }),
    withDatabase('A-143', 'deleting without a selector empties the database, which stays usable', async (db) => {
      const ids = [await db.add(record(ALICE, 2)), await db.add(record(BOB, 2)), await db.add(record(CAROL, 3))];
      assert.deepEqual(await db.delete({}), ids);
      assert.equal(await db.count(), 0);
      const next = await db.add(record(ALICE, 2));
      assert.ok(!ids.includes(next), 'a record number was used again');
    }),
    withDatabase('A-145', 'deleting an identity leaves the others', async (db) => {
      const ids = [await db.add(record(ALICE, 2)), await db.add(record(BOB, 2)), await db.add(record(ALICE, 3))];
      assert.deepEqual(await db.delete({ identity: ALICE }), [ids[0], ids[2]]);
      assert.deepEqual(
        (await find(db, {})).map(({ identity }) => identity),
        [BOB],
      );
    }),
    withDatabase('A-146', 'a query by sub-factor finds it with every identity', async (db) => {
      for (const owner of [CAROL, ALICE, BOB]) for (const finger of [1, 2]) await db.add(record(owner, finger));
      const found = await find(db, { subFactor: 2 });
      assert.deepEqual(
        found.map(({ identity }) => identity),
        [CAROL, ALICE, BOB],
      );
      assert.ok(found.every(({ subFactor }) => subFactor === 2));
    }),
    withDatabase('A-147', 'a query by identity finds all its records, oldest first', async (db) => {
      for (const finger of [9, 1, 0xf5]) await db.add(record(CAROL, finger));
      await db.add(record(ALICE, 4));
      assert.deepEqual(await fingers(db, { identity: CAROL }), [9, 1, 0xf5]);
      assert.deepEqual(await fingers(db, { identity: { type: 'guid', guid: CAROL.guid.toLowerCase() } }), [9, 1, 0xf5]);
      assert.deepEqual(await fingers(db, { identity: CAROL, subFactor: 1 }), [1]);
    }),
    withDatabase('A-148', 'a query without hits is empty', async (db) => {
      assert.deepEqual(await find(db, {}), []);
      await db.add(record(ALICE, 2));
      assert.deepEqual(await find(db, { identity: BOB }), []);
    }),
    withDatabase('A-149', 'a query asks for a legal sub-factor', async (db) => {
      for (const subFactor of [0, 0xff]) await rejectsWith('E_INVALIDARG', () => find(db, { subFactor }));
    }),
    withDatabase('A-150', 'without index vectors a query by content is one by sub-factor', async (db) => {
      await db.add(record(ALICE, 2));
      await db.add(record(BOB, 3));
      assert.deepEqual(await fingers(db, { indexVector: [] }), [2, 3]);
      assert.deepEqual(await fingers(db, { indexVector: [], subFactor: 3 }), [3]);
    }),
    withIndex('A-151', 'a query by content asks with a vector of the length of the database', async (db) => {
      for (const indexVector of [[], [1], [1, 2, 3]]) {
        await rejectsWith('WINBIO_E_DATABASE_BAD_INDEX_VECTOR', () => find(db, { indexVector }));
      }
      await rejectsWith('E_INVALIDARG', () => db.delete({ indexVector: [1, 2] }));
    }),
    withDatabase('A-152', 'a query that is refused leaves nothing behind', async (db) => {
      await db.add(record(ALICE, 2));
      await rejectsWith('E_INVALIDARG', () => find(db, { subFactor: 0 }));
      assert.deepEqual(await fingers(db, {}), [2]);
    }),
    withDatabase('A-153', 'a query begins with the oldest record', async (db) => {
      for (const finger of [7, 3, 5]) await db.add(record(ALICE, finger));
      const { value } = await db.query({})[Symbol.asyncIterator]().next();
      assert.equal(value?.[0]?.subFactor, 7);
    }),
    withDatabase('A-154', 'after the last record a query has ended, however often it is asked', async (db) => {
      await db.add(record(ALICE, 7));
      const batches = db.query({})[Symbol.asyncIterator]();
      assert.equal((await collectRecords(batches)).at(-1)?.subFactor, 7);
      for (const _ of [1, 2]) assert.equal((await batches.next()).done, true);
    }),
    withDatabase('A-155', 'a query without hits ends at once, without a batch', async (db) => {
      assert.deepEqual(await db.query({})[Symbol.asyncIterator]().next(), { done: true, value: undefined });
    }),
    withDatabase('A-156', 'a record reads the same each time', async (db) => {
      await db.add({ ...record(ALICE, 2), payload: Uint8Array.of(1) });
      assert.deepEqual(await find(db, {}), await find(db, {}));
    }),
    withDatabase('A-158', 'a running query sees the records as they were', async (db, rig) => {
      const other = await rig.adapter.open(db.descriptor, { create: false });
      for (const owner of [ALICE, BOB]) for (let i = 1; i <= 254; i++) await db.add(record(owner, i));
      const batches = db.query({})[Symbol.asyncIterator]();
      const first = await batches.next();
      await other.delete({});
      await other.add(record(CAROL, 1));
      const rest = await collectRecords(batches);
      assert.equal((first.value?.length ?? 0) + rest.length, 508);
      assert.deepEqual(rest.at(-1), {
        ...record(BOB, 254),
        payload: new Uint8Array(),
        indexVector: [],
        recordId: rest.at(-1)?.recordId,
      });
      assert.equal(await db.count(), 1);
    }),
    withDatabase('A-159', 'deleted records are in no later query', async (db) => {
      await db.add(record(ALICE, 2));
      await db.delete({ identity: ALICE });
      assert.deepEqual(await find(db, {}), []);
    }),
    withDatabase('A-160', 'a database is opened only as what it is', async (db, rig) => {
      await db.close();
      const { descriptor } = db;
      const others = [{ templateFormat: descriptor.databaseId }, { factor: 16 }];
      for (const other of others) {
        await rejectsWith('WINBIO_E_DATABASE_CORRUPTED', () =>
          rig.adapter.open({ ...descriptor, ...other }, { create: true }),
        );
      }
    }),
    withDatabase('A-161', 'the count is of live records only', async (db) => {
      for (const finger of [1, 2, 3]) await db.add(record(ALICE, finger));
      await db.delete({ subFactor: 2 });
      assert.equal(await db.count(), 2);
    }),
    withIndex('A-165', 'a query by content finds who shares a bucket, and who is in none', async (db) => {
      const vectors = [
        [1, 2],
        [1, 9],
        [2, 1],
        [0, 2],
        [0, 0],
        [5, 6],
      ];
      for (const [i, indexVector] of vectors.entries()) await db.add({ ...record(ALICE, i + 1), indexVector });
      assert.deepEqual(await fingers(db, { indexVector: [1, 2] }), [1, 2, 4, 5]);
      assert.deepEqual(await fingers(db, { indexVector: [0, 6] }), [5, 6]);
      assert.deepEqual(await fingers(db, { indexVector: [8, 8] }), [5]);
      assert.deepEqual(await fingers(db, { indexVector: [0, 0] }), [1, 2, 3, 4, 5, 6]);
      assert.deepEqual(await fingers(db, { indexVector: [1, 2], subFactor: 4 }), [4]);
      assert.deepEqual(await fingers(db, { indexVector: [1, 2], identity: BOB }), []);
    }),
    {
      ...withDatabase('A-166', 'another template takes the place of one that is there, and of no other', async (db) => {
        const recordId = await db.add({ ...record(ALICE, 2), payload: Uint8Array.of(4) });
        const template = Uint8Array.of(9, 9);
        await db.replace({ recordId, identity: ALICE, subFactor: 2 }, template);
        template.fill(0);
        const [found, ...others] = await find(db, {});
        assert.deepEqual([found?.template, found?.recordId, others.length], [Uint8Array.of(9, 9), recordId, 0]);
        assert.deepEqual([found?.payload, found?.identity], [Uint8Array.of(4), ALICE]);
        await rejectsWith('E_INVALIDARG', () =>
          db.replace({ recordId, identity: ALICE, subFactor: 2 }, new Uint8Array()),
        );
        await db.delete({});
        await rejectsWith('WINBIO_E_DATABASE_NO_SUCH_RECORD', () =>
          db.replace({ recordId, identity: ALICE, subFactor: 2 }, Uint8Array.of(1)),
        );
        assert.equal(await db.count(), 0);
      }),
      ...(lacks.includes('replacement') && { skipped: 'the storage has no replacement' }),
    },
    withDatabase('A-168', 'two openings of a database query on their own', async (db, rig) => {
      const other = await rig.adapter.open(db.descriptor, { create: false });
      for (const owner of [ALICE, BOB]) for (let i = 1; i <= 254; i++) await db.add(record(owner, i));
      const [one, two] = [db, other].map((each) => each.query({})[Symbol.asyncIterator]());
      await one!.next();
      const all = await collectRecords(two!);
      assert.equal(all.length, 508);
      await db.close();
      assert.equal(await other.count(), 508);
    }),
    withDatabase('A-171', 'an unknown control code is refused', async (_db, rig) => {
      const request = { code: 0x7fff_ffff, privileged: false, sendBuffer: new Uint8Array(), receiveBufferSize: 0 };
      const { signal } = new AbortController();
      await rejectsWith('E_INVALIDARG', () => rig.adapter.control(request, { signal }));
    }),
    withDatabase('storage-1', 'a query may be left in the middle', async (db) => {
      for (const owner of [ALICE, BOB]) for (let i = 1; i <= 254; i++) await db.add(record(owner, i));
      for await (const batch of db.query({})) {
        assert.ok(batch.length > 0);
        break;
      }
      await db.delete({});
      assert.equal(await db.count(), 0);
    }),
    withDatabase('storage-2', 'random changes leave what a map would hold', async (_db, rig) => {
      for (let seed = 1; seed <= 20; seed++) {
        const db = await rig.adapter.open(describe(rig, 12), { create: true });
        await checkAgainstModel(db, [ALICE, BOB, CAROL], 12, seed);
        await db.close();
      }
    }),
    withDatabase('storage-3', 'a closed storage has closed its databases and refuses everything', async (db, rig) => {
      await Promise.all([rig.adapter.close(), rig.adapter.close()]);
      await rejectsWith('WINBIO_E_INVALID_DEVICE_STATE', () => db.count());
      await rejectsWith('WINBIO_E_INVALID_DEVICE_STATE', () => rig.adapter.open(describe(rig), { create: true }));
    }),
    withDatabase('storage-4', 'what was added is there after a restart', async (db, rig) => {
      if (rig.reopen === undefined) return assert.equal(rig.adapter.info.durable, false);
      const recordId = await db.add({ ...record(CAROL, 5), payload: Uint8Array.of(8) });
      await rig.adapter.close();
      const adapter = await rig.reopen();
      const again = await adapter.open(db.descriptor, { create: false });
      assert.deepEqual(await find(again, {}), [
        { ...record(CAROL, 5), payload: Uint8Array.of(8), indexVector: [], recordId },
      ]);
      await adapter.close();
    }),
  ];
}

let databases = 0;

function describe(rig: StorageRig, recordLimit?: number): DatabaseDescriptor {
  databases++;
  return {
    databaseId: `A0000000-0000-4000-8000-${databases.toString(16).toUpperCase().padStart(12, '0')}`,
    factor: WINBIO_TYPE_FINGERPRINT,
    templateFormat: FORMAT,
    ...rig.place(),
    ...(recordLimit !== undefined && { recordLimit }),
  };
}

function record(identity: OwnerIdentity, subFactor: number, salt = 0): NewRecord {
  return { identity, subFactor, template: Uint8Array.of(subFactor, 1, 2, 3, salt) };
}

async function find(db: TemplateDatabase, selector: RecordSelector): Promise<StoredRecord[]> {
  return await collectRecords(db.query(selector));
}

async function fingers(db: TemplateDatabase, selector: RecordSelector): Promise<number[]> {
  return (await find(db, selector)).map(({ subFactor }) => subFactor);
}
