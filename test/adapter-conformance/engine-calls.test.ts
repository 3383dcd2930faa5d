import { describe, expect, test } from 'vitest';
import { BiometricError, HASH_ALGORITHMS, type StoredRecord } from '../../src/exports/fingerprint/adapters.ts';
import { MemoryStorageAdapter } from '../../src/exports/whorl/storage/memory.ts';
import { SCRIPTED_TEMPLATE_FORMAT } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { INDEX, sid, THUMB, World } from '../support/world.ts';

const STRANGER = 'S-1-5-21-9-9-9-9';

/** Template bytes the storage was given, one entry per add. */
const stored = ({ tap }: World) => tap.of('database.add').map(({ arguments: [record] }) => record as StoredRecord);

/** A storage on a removable medium. */
class RemovableStorage extends MemoryStorageAdapter {
  override readonly info = {
    attributes: w.WINBIO_DATABASE_TYPE_FILE | w.WINBIO_DATABASE_FLAG_REMOVABLE,
    durable: false,
  };
}

const removable = () => ({ storage: new RemovableStorage(), payloadKey: new Uint8Array(32).fill(7) });

describe('matching', () => {
  test('A-096: verifying somebody without a record is no match', async () => {
    await using world = await World.create();
    expect(await world.verify(1)).toMatchObject({ hr: w.WINBIO_E_NO_MATCH, match: false });
    await world.enroll(1);
    expect(await world.verify(1, world.self, THUMB)).toMatchObject({ hr: w.WINBIO_E_NO_MATCH, match: false });
    expect(await world.verify(1, sid(STRANGER))).toMatchObject({ hr: w.WINBIO_E_NO_MATCH, match: false });
    expect(world.tap.names('engine.verify')).toEqual([]);
  });

  test('A-097: verifying with sub-factor ANY takes any finger of the identity', async () => {
    await using world = await World.create();
    await world.enroll(1);
    await world.enroll(2, { subFactor: THUMB });
    for (const finger of [1, 2]) {
      expect(await world.verify(finger, world.self, w.WINBIO_SUBTYPE_ANY)).toMatchObject({ hr: w.S_OK, match: true });
    }
    expect((await world.verify(3, world.self, w.WINBIO_SUBTYPE_ANY)).hr).toBe(w.WINBIO_E_NO_MATCH);
    expect((await world.verify(2, world.self, INDEX)).hr).toBe(w.WINBIO_E_NO_MATCH);
  });

  test('A-098: whoever is not in the database, empty or not, is unknown', async () => {
    await using world = await World.create();
    expect((await world.identify(1)).hr).toBe(w.WINBIO_E_UNKNOWN_ID);
    await world.enroll(1);
    expect((await world.identify(2)).hr).toBe(w.WINBIO_E_UNKNOWN_ID);
  });

  test('A-099: identification gives identity and sub-factor of the record that was found', async () => {
    await using world = await World.create();
    await world.enroll(1);
    await world.enroll(2, { subFactor: THUMB });
    expect(await world.identify(1)).toMatchObject({ hr: w.S_OK, identity: world.self, subFactor: INDEX });
    expect(await world.identify(2)).toMatchObject({ hr: w.S_OK, identity: world.self, subFactor: THUMB });
  });

  test('A-095: whatever becomes of it, every output is set', async () => {
    await using world = await World.create();
    expect(await world.identify(1)).toEqual({
      hr: w.WINBIO_E_UNKNOWN_ID,
      unit: 1,
      identity: w.toWinbioIdentity({ type: 'null' }),
      subFactor: w.WINBIO_SUBTYPE_NO_INFORMATION,
      detail: 0,
    });
    expect(await world.verify(1)).toEqual({ hr: w.WINBIO_E_NO_MATCH, match: false, detail: 0 });
  });

  test('A-102: features that cannot be had are a bad capture, in verification and identification', async () => {
    const extract = async () => ({ kind: 'rejected', detail: w.WINBIO_FP_TOO_SHORT }) as const;
    await using world = await World.create({ overrides: { engine: { extract } } });
    const rejected = { hr: w.WINBIO_E_BAD_CAPTURE, detail: w.WINBIO_FP_TOO_SHORT };
    expect(await world.identify(1)).toMatchObject(rejected);
    expect(await world.verify(1)).toMatchObject(rejected);
  });

  test('A-165: an engine with index vectors is searched through the database, which hides nobody', async () => {
    await using world = await World.create({ indexed: true });
    await world.enroll(1);
    await world.enroll(101, { subFactor: THUMB });
    await world.enroll(2, { subFactor: 3 });
    expect(stored(world).map(({ indexVector }) => indexVector)).toEqual([[2], [2], [3]]);
    world.tap.clear();
    expect(await world.identify(101)).toMatchObject({ hr: w.S_OK, subFactor: THUMB });
    // Two share the bucket; nothing else was read, and nothing stays in memory.
    expect(world.tap.names('database.query', 'gallery.add', 'gallery.dispose')).toEqual([
      'database.query',
      'gallery.add',
      'gallery.add',
      'gallery.dispose',
    ]);
    expect((await world.identify(102)).hr).toBe(w.WINBIO_E_UNKNOWN_ID);
    await world.complete(2, { subFactor: 4 });
    expect((await world.commit()).hr).toBe(w.WINBIO_E_DUPLICATE_TEMPLATE);
  });
});

describe('template hashes', () => {
  test('A-100: what is believed is the hash of the stored template, not of the sample', async () => {
    const options = removable();
    await using world = await World.create(options);
    await world.enroll(1);
    world.tap.clear();
    expect((await world.verify(1)).hr).toBe(w.S_OK);
    const [record] = await all(options.storage);
    expect(world.tap.of('engine.hashTemplate').map(({ arguments: [template] }) => template)).toEqual([
      record?.template,
    ]);
  });

  test('A-109: the hash that is signed is that of the template that is stored', async () => {
    await using world = await World.create(removable());
    await world.enroll(1);
    const [hashed] = world.tap.of('engine.hashTemplate');
    expect(hashed?.arguments[0]).toEqual(stored(world)[0]?.template);
    expect(HASH_ALGORITHMS).toContain(hashed?.arguments[1]);
  });

  test('A-180: a removable database gets a payload, any other gets none', async () => {
    await using world = await World.create(removable());
    await world.enroll(1);
    expect(stored(world)[0]?.payload).toHaveLength(32);
    await using ordinary = await World.create();
    await ordinary.enroll(1);
    expect(stored(ordinary)[0]?.payload ?? new Uint8Array()).toHaveLength(0);
    expect(ordinary.tap.names('engine.hashTemplate')).toEqual([]);
  });

  test('A-180: a record on a removable medium that was not signed for its owner is not believed', async () => {
    const options = removable();
    await using world = await World.create(options);
    await world.enroll(1);
    const [record] = await all(options.storage);
    await using database = await open(options.storage);
    await database.delete({});
    const moved = { ...record!, identity: { type: 'sid', sid: STRANGER } } as const;
    await database.add(moved);
    expect((await world.verify(1, sid(STRANGER))).hr).toBe(w.WINBIO_E_NO_MATCH);
    await database.add(record!);
    expect((await world.verify(1)).hr).toBe(w.S_OK);
  });
});

/** Opens the database of the system pool beside the service. */
function open(storage: MemoryStorageAdapter) {
  const descriptor = {
    databaseId: 'C4E87A90-5B13-4D2F-8E66-39A0F7C1D52B',
    factor: w.WINBIO_TYPE_FINGERPRINT,
    templateFormat: SCRIPTED_TEMPLATE_FORMAT,
  };
  return storage.open(descriptor, { create: false });
}

async function all(storage: MemoryStorageAdapter): Promise<StoredRecord[]> {
  await using database = await open(storage);
  const records: StoredRecord[] = [];
  for await (const batch of database.query({})) records.push(...batch);
  return records;
}

describe('enrollment', () => {
  test('A-103: one unit has one enrollment, whatever an engine could do', async () => {
    await using world = await World.create();
    expect([await world.begin(), await world.begin(THUMB)]).toEqual([w.S_OK, w.WINBIO_E_ENROLLMENT_IN_PROGRESS]);
    expect(world.tap.names('engine.createEnrollment')).toHaveLength(1);
  });

  test('A-113: after a commit there is no enrollment any more', async () => {
    await using world = await World.create();
    await world.enroll(1);
    expect((await world.commit()).hr).toBe(w.WINBIO_E_INVALID_OPERATION);
    expect(world.tap.names('enrollment.dispose')).toHaveLength(1);
    expect((await world.capture(1)).hr).toBe(w.WINBIO_E_INVALID_OPERATION);
  });

  test('A-114: a commit that failed can be repeated when its cause is gone', async () => {
    await using world = await World.create({ recordLimit: 1, who: { administrator: true } });
    await world.enroll(1);
    await world.complete(2, { subFactor: THUMB });
    for (const _ of [1, 2]) expect((await world.commit()).hr).toBe(w.WINBIO_E_DATABASE_FULL);
    expect(world.tap.names('enrollment.dispose')).toHaveLength(1);
    // The obstacle is deleted through another unit, because this one enrolls.
    const [database] = world.tap
      .of('storage.open')
      .map(({ result }) => result as { delete(s: object): Promise<unknown> });
    await database?.delete({});
    expect(await world.commit()).toMatchObject({ hr: w.S_OK, isNew: true });
    expect((await world.identify(2)).subFactor).toBe(THUMB);
  });

  test('A-115: a commit adds one record', async () => {
    await using world = await World.create();
    await world.enroll(1);
    expect(world.tap.names('database.add')).toEqual(['database.add']);
  });

  test('A-116: a discarded enrollment writes nothing', async () => {
    await using world = await World.create();
    await world.complete(1);
    expect(await world.discard()).toBe(w.S_OK);
    expect(world.tap.names('database.add', 'database.delete')).toEqual([]);
  });

  test('A-118: without an enrollment its status is INVALID_OPERATION, and asking is no fault', async () => {
    await using world = await World.create();
    const { hr, words } = await world.property(w.WINBIO_PROPERTY_EXTENDED_ENROLLMENT_STATUS);
    expect([hr, words[0]]).toEqual([w.S_OK, 0x8009802c]);
  });

  test('A-010: what an engine refuses at commit reaches the client, and the enrollment stays', async () => {
    await using world = await World.create();
    await world.enroll(9, { subFactor: THUMB });
    await world.complete(1);
    world.tap.fail('engine.findDuplicates', 'E_OUTOFMEMORY');
    expect((await world.commit()).hr).toBe(new BiometricError('E_OUTOFMEMORY').hresult);
    expect((await world.commit()).hr).toBe(w.S_OK);
  });
});
