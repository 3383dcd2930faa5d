import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../../test/daemon/start.ts';
import { guidIdentity, type OwnerIdentity } from '../../../core/identity.ts';
import { seededRandom } from '../../../testkit/seeded-random.ts';
import { SqlitePeople } from './sqlite-people.ts';

const keys = { current: { keyId: 7, key: new Uint8Array(32).fill(1) }, older: [] };
const person = (i: number): OwnerIdentity => guidIdentity(`00000000-0000-4000-8000-${String(i).padStart(12, '0')}`);

async function filled(path: string, people = 3): Promise<SqlitePeople> {
  const store = new SqlitePeople(path, keys);
  for (let i = 0; i < people; i++) await store.create({ identity: person(i), name: `Person ${i}`, number: `${i}` }, i);
  return store;
}

test.each([
  ['edited', 'UPDATE person SET sealed = zeroblob(100) WHERE person_id = 2'],
  [
    'put in the place of another',
    'UPDATE person SET sealed = (SELECT sealed FROM person WHERE person_id = 1) WHERE person_id = 2',
  ],
  ['taken away', 'DELETE FROM person WHERE person_id = 2'],
  ['doubled', "INSERT INTO person (pseudonym, sealed) SELECT x'00', sealed FROM person WHERE person_id = 2"],
])('a person that was %s is seen', async (_, change) => {
  using folder = temporaryFolder();
  const path = `${folder.path}/people.db`;
  (await filled(path)).close();
  const file = new DatabaseSync(path);
  file.exec(change);
  file.close();
  const store = new SqlitePeople(path, keys);
  expect(await store.unreadable()).toBeGreaterThan(0);
  expect(store.get(person(0))?.name).toBe('Person 0');
  store.close();
  store.close();
});

test('a change that fails leaves nothing, in the file or in memory', async () => {
  const store = await filled(':memory:');
  const before = await store.list({}, 0);
  await expect(store.changeAll([person(0), person(9)], { kind: 'suspend' }, 5)).rejects.toMatchObject({
    code: 'WHORL_E_NO_SUCH_PERSON',
  });
  await expect(store.change(person(0), { name: 'A', number: '1' }, undefined, 5)).rejects.toMatchObject({
    code: 'WHORL_E_PERSON_EXISTS',
  });
  expect(await store.list({}, 0)).toEqual(before);
  expect(await store.unreadable()).toBe(0);
  store.close();
});

test('pages of every order are what a plain search would find', async () => {
  const store = new SqlitePeople(':memory:', keys);
  const random = seededRandom(5);
  const names = ['Ada', 'Áda', 'bob', 'Zoë', 'Émile', 'ñandú', 'Ada B', 'o'];
  const all = Array.from({ length: 60 }, (_, i) => ({
    identity: person(i),
    name: `${names[Math.floor(random() * names.length)]} ${i % 7}`,
    groups: i % 3 === 0 ? ['Staff'] : [],
    createdAtMs: Math.floor(random() * 1000),
  }));
  for (const { createdAtMs, ...each } of all) await store.create(each, createdAtMs);
  for (let i = 0; i < 60; i += 5) await store.noteEnrolled([{ identity: person(i), enrolled: true }]);
  for (const descending of [false, true]) {
    for (const sort of ['name', 'created'] as const) {
      for (const query of [
        {},
        { text: 'ada' },
        { group: 'Staff' },
        { enrolled: true },
        { text: 'e 3', enrolled: false },
      ]) {
        const found: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await store.list({ ...query, sort, descending, limit: 7, ...(cursor && { cursor }) }, 0);
          found.push(...page.items.map(({ identity }) => JSON.stringify(identity)));
          cursor = page.next;
        } while (cursor !== undefined);
        const whole = await store.list({ ...query, sort, descending, limit: 1000 }, 0);
        expect(found).toEqual(whole.items.map(({ identity }) => JSON.stringify(identity)));
        expect(whole.total).toBe(found.length);
        expect(new Set(found).size).toBe(found.length);
      }
    }
  }
  store.close();
});
