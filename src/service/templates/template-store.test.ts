/** A store is used while its database is being read. */

import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StorageAdapter, StoredRecord, TemplateDatabase } from '../../adapters/storage-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { sidIdentity } from '../../core/identity.ts';
import { MemoryStorageAdapter } from '../../storage/memory/memory-storage-adapter.ts';
import { SCRIPTED_TEMPLATE_FORMAT, ScriptedEngine } from '../../testkit/world/scripted-engine.ts';
import { TemplateStore } from './template-store.ts';

const RECORDS = 2600;
const DESCRIPTOR = {
  databaseId: 'B0000000-0000-4000-8000-000000000001',
  factor: 8,
  templateFormat: SCRIPTED_TEMPLATE_FORMAT,
};
const { signal } = new AbortController();

const owner = (finger: number) => sidIdentity(`S-1-5-21-1-1-1-${finger}`);
const template = (finger: number) => Uint8Array.of(finger >>> 8, finger & 255);

/** A storage whose databases are read to their end only when that is allowed. */
class SlowStorage extends MemoryStorageAdapter {
  readonly #gate = Promise.withResolvers<void>();
  fault: BiometricError | undefined;

  finish(): void {
    this.#gate.resolve();
  }

  override async open(...given: Parameters<StorageAdapter['open']>): Promise<TemplateDatabase> {
    const database = await super.open(...given);
    const query = database.query.bind(database);
    const gate = this.#gate.promise;
    const read = (records: AsyncIterable<readonly StoredRecord[]>) => this.#read(records, gate);
    database.query = (selector) => (Object.keys(selector).length === 0 ? read(query(selector)) : query(selector));
    return database;
  }

  async *#read(records: AsyncIterable<readonly StoredRecord[]>, gate: Promise<void>) {
    let seen = 0;
    for await (const batch of records) {
      if (seen > 2000) await gate;
      if (seen > 2000 && this.fault !== undefined) throw this.fault;
      seen += batch.length;
      yield batch;
    }
  }
}

let storage: SlowStorage;
let engine: ScriptedEngine;
let store: TemplateStore;
let faults: unknown[];

beforeEach(async () => {
  storage = new SlowStorage();
  engine = new ScriptedEngine();
  faults = [];
  const database = await storage.open(DESCRIPTOR, { create: true });
  const records = Array.from({ length: RECORDS }, (_, i) => ({
    identity: owner(i),
    subFactor: 2,
    template: template(i),
  }));
  await database.addAll?.(records);
  store = await TemplateStore.open(storage, DESCRIPTOR, {
    create: false,
    engine,
    onFault: (fault) => void faults.push(fault),
  });
});
afterEach(async () => {
  storage.finish();
  await store[Symbol.asyncDispose]();
});

const identify = async (finger: number) => (await store.identify(template(finger), { signal }))?.identity;
/** Resolves after everything that can happen without the rest of the database has happened. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

test('who is there is found at once, and that somebody is not is said when all are there', async () => {
  expect(store.loading?.total).toBe(RECORDS);
  expect(await identify(7)).toEqual(owner(7));
  const answers: unknown[] = [];
  const last = identify(RECORDS - 1).then((found) => answers.push(['last', found]));
  const stranger = identify(RECORDS + 5).then((found) => answers.push(['stranger', found]));
  const duplicate = store.findDuplicate(template(RECORDS + 6), { signal }).then(() => answers.push(['new']));
  await settled();
  expect(answers).toEqual([]);
  storage.finish();
  await Promise.all([last, stranger, duplicate]);
  expect(store.loading).toBeUndefined();
  expect(answers).toContainEqual(['last', owner(RECORDS - 1)]);
  expect(answers).toContainEqual(['stranger', undefined]);
});

test('whoever waits for the rest can stop waiting', async () => {
  const controller = new AbortController();
  const waiting = store.identify(template(RECORDS + 5), { signal: controller.signal });
  await settled();
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' });
});

test('who is enrolled meanwhile is found, and once', async () => {
  await store.add({ identity: owner(9000), subFactor: 2, template: template(9000) });
  expect(await identify(9000)).toEqual(owner(9000));
  await expect(store.add({ identity: owner(2599), subFactor: 2, template: template(1) })).rejects.toMatchObject({
    code: 'WINBIO_E_DUPLICATE_ENROLLMENT',
  });
  storage.finish();
  await store.loaded();
  expect(await identify(9000)).toEqual(owner(9000));
  expect(store.owners).toHaveLength(RECORDS + 1);
});

test('who is deleted or replaced meanwhile stays so, read already or not', async () => {
  expect(await store.delete(owner(3), 2)).toBe(1);
  expect(await store.delete(owner(2598), 2)).toBe(1);
  await store.replace({ identity: owner(4), subFactor: 2, template: template(9004) });
  await store.replace({ identity: owner(2597), subFactor: 2, template: template(9005) });
  expect(await identify(9005)).toEqual(owner(2597));
  expect((await store.verify(template(9005), { identity: owner(2597), subFactor: 2 }, { signal })).match).toBe(true);
  storage.finish();
  await store.loaded();
  for (const gone of [3, 2598, 4, 2597]) expect(await identify(gone)).toBeUndefined();
  for (const [changed, who] of [
    [9004, 4],
    [9005, 2597],
  ] as const) {
    expect(await identify(changed)).toEqual(owner(who));
  }
  expect(store.owners).toHaveLength(RECORDS - 2);
});

test('questions about owners wait for all of them', async () => {
  const answers: boolean[] = [];
  const asked = store.belongsTo(owner(2599), 'S-1-5-21-1-1-1-1').then((answer) => answers.push(answer));
  await settled();
  expect(answers).toEqual([]);
  storage.finish();
  await asked;
  expect(answers).toEqual([false]);
});

test('a database that cannot be read to its end is read again by the next that need it', async () => {
  storage.fault = new BiometricError('WINBIO_E_DATABASE_READ_ERROR');
  const waiting = identify(RECORDS - 1).catch((thrown: BiometricError) => thrown.code);
  await settled();
  storage.finish();
  expect(await waiting).toBe('WINBIO_E_DATABASE_READ_ERROR');
  expect(faults).toMatchObject([{ code: 'WINBIO_E_DATABASE_READ_ERROR' }]);
  storage.fault = undefined;
  expect(await identify(RECORDS - 1)).toEqual(owner(RECORDS - 1));
  expect(store.loading).toBeUndefined();
  expect(faults.at(-1)).toBeUndefined();
});

test('closing it while it is read ends the reading', async () => {
  const closing = store[Symbol.asyncDispose]();
  storage.finish();
  await closing;
  expect(store.owners.length).toBeLessThan(RECORDS);
});
