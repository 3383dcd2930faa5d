import { randomBytes } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { asCopy } from '../../../../test/support/as-copy.ts';
import { SYSTEM_CLOCK } from '../../../core/clock.ts';
import { randomGuid } from '../../../core/guid.ts';
import { guidIdentity } from '../../../core/identity.ts';
import { MemoryLogContent, MemorySharedLog } from '../../memory/memory-shared-log.ts';
import { SqlitePeople } from '../people/sqlite-people.ts';
import { IN_MEMORY } from '../records-file.ts';
import { sharePeople } from './share-people.ts';
import { type PeopleCopy, SharedPeople } from './shared-people.ts';

const KEYS = { current: { keyId: 1, key: randomBytes(32) }, older: [] };
const opened: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

async function site(content: MemoryLogContent, name: string, keys = KEYS) {
  const people = new SqlitePeople(IN_MEMORY, keys);
  const shared = new SharedPeople({
    copy: asCopy<PeopleCopy>(people),
    log: new MemorySharedLog(content, name),
    clock: SYSTEM_CLOCK,
  });
  opened.push(
    () => shared[Symbol.asyncDispose](),
    () => people.close(),
  );
  return { shared, people, store: shared.store };
}

const identity = () => guidIdentity(randomGuid());

test('a person that one service adds, changes and deletes is so at the other', async () => {
  const content = new MemoryLogContent();
  const a = await site(content, 'a');
  const b = await site(content, 'b');
  const ada = identity();
  await a.store.create({ identity: ada, name: 'Ada', number: '7', groups: ['staff'] }, 1);
  await b.shared.catchUp();
  expect(await b.store.get(ada)).toMatchObject({ name: 'Ada', number: '7', groups: ['staff'], revision: 1 });
  await b.store.setPicture(ada, Uint8Array.of(1, 2, 3), 2);
  await b.store.change(ada, { name: 'Ada L.', number: '8' }, undefined, 3);
  await a.shared.catchUp();
  expect(await a.store.picture(ada)).toEqual(Uint8Array.of(1, 2, 3));
  expect((await a.store.list({ text: 'ada' }, 4)).items).toMatchObject([{ name: 'Ada L.', number: '8' }]);
  expect(await a.store.unreadable()).toBe(0);

  await a.store.begin({ kind: 'delete', identity: ada, sid: 'S-1-5-18' });
  await b.shared.catchUp();
  expect(await b.store.unfinished()).toHaveLength(1);
  await a.store.end({ kind: 'delete', identity: ada, sid: 'S-1-5-18' }, 5);
  await b.shared.catchUp();
  expect([await b.store.get(ada), await b.store.count(), await b.store.unfinished()]).toEqual([undefined, 0, []]);
  // What is gone is gone where it was told, too.
  const bodies = content.history.since({ incarnation: '', change: 0, token: '' }).map(({ key, body }) => [key, body]);
  expect(bodies.filter(([key, body]) => body !== undefined && !String(key).startsWith('secret/'))).toEqual([]);
});

test('of two services that give one number at once, one is refused; of two that change one person, the later one', async () => {
  const content = new MemoryLogContent();
  const a = await site(content, 'a');
  const b = await site(content, 'b');
  const given = await Promise.allSettled([
    a.store.create({ identity: identity(), name: 'Ada', number: '7' }, 1),
    b.store.create({ identity: identity(), name: 'Bob', number: '7' }, 1),
  ]);
  const refused = given.filter((each) => each.status === 'rejected').map(({ reason }) => reason.code);
  expect(refused).toEqual(['WHORL_E_PERSON_EXISTS']);
  await a.shared.catchUp();
  await b.shared.catchUp();
  const [kept] = (await a.store.list({}, 1)).items;
  expect((await b.store.list({}, 1)).items).toEqual([kept]);
  const who = kept?.identity ?? identity();
  const changed = await Promise.allSettled([
    a.store.change(who, { name: 'One' }, 1, 2),
    b.store.change(who, { name: 'Two' }, 1, 2),
  ]);
  expect(changed.flatMap((each) => (each.status === 'rejected' ? each.reason.code : []))).toEqual([
    'WHORL_E_PERSON_CHANGED',
  ]);
});

test('an import tells its rows once, though others write meanwhile', async () => {
  const content = new MemoryLogContent();
  const a = await site(content, 'a');
  const b = await site(content, 'b');
  const rows = Array.from({ length: 900 }, (_, i) => `Person ${i},${i}`).join('\n');
  const { id, total } = await a.store.beginImport(`name,number\n${rows}\n`, false);
  let told = 0;
  const others = (async () => {
    for (let i = 0; i < 5; i++) await b.store.create({ identity: identity(), name: `Other ${i}` }, 1);
  })();
  for (;;) {
    const part = await a.store.importPart(id, 1);
    if (part.length === 0) break;
    expect(part.every(({ report }) => report.kind === 'create')).toBe(true);
    told += part.length;
  }
  await others;
  await b.shared.catchUp();
  expect([told, await b.store.count()]).toEqual([total, total + 5]);
});

test('people of a service alone are not mixed with those that are shared; another key opens nothing', async () => {
  const content = new MemoryLogContent();
  const a = await site(content, 'a');
  await a.store.create({ identity: identity(), name: 'Ada' }, 1);
  const alone = await site(content, 'b');
  await alone.people.create({ identity: identity(), name: 'Bob' }, 1);
  await expect(alone.shared.catchUp()).rejects.toMatchObject({ code: 'WHORL_E_CONFIGURATION' });
  const stranger = await site(content, 'c', { current: { keyId: 2, key: randomBytes(32) }, older: [] });
  await expect(stranger.shared.catchUp()).rejects.toMatchObject({ code: 'WHORL_E_KEY_MISSING' });
});

test('people of a service alone are shared by telling them, also after an interruption, and not twice', async () => {
  const content = new MemoryLogContent();
  const alone = await site(content, 'a');
  for (let i = 0; i < 3; i++)
    await alone.people.create({ identity: identity(), name: `Person ${i}`, number: `${i}` }, 1);
  await expect(alone.shared.catchUp()).rejects.toMatchObject({ code: 'WHORL_E_CONFIGURATION' });
  const log = new MemorySharedLog(content, 'a');
  const told: string[] = [];
  const copy = asCopy<PeopleCopy>(alone.people);
  expect(await sharePeople(copy, log, (done, total) => told.push(`${done}/${total}`))).toBe(3);
  await sharePeople(copy, log);
  expect([told, content.history.position.change]).toEqual([['3/3'], 4]);
  await alone.shared.catchUp();
  const other = await site(content, 'b');
  await other.shared.catchUp();
  expect((await other.store.list({}, 1)).total).toBe(3);
  const stranger = await site(content, 'c');
  await stranger.people.create({ identity: identity(), name: 'Eve' }, 1);
  const sharing = sharePeople(asCopy<PeopleCopy>(stranger.people), log);
  await expect(sharing).rejects.toMatchObject({ code: 'WHORL_E_CONFIGURATION' });
});

test('another history takes the place of the one that was followed', async () => {
  const a = await site(new MemoryLogContent(), 'a');
  await a.store.create({ identity: identity(), name: 'Ada' }, 1);
  const steps: Parameters<SqlitePeople['takeAll']>[0] = await a.people.rows();
  const other = new MemoryLogContent();
  const b = await site(other, 'b');
  await b.people.takeIn([
    { rows: [], secret: await a.people.sharedSecret(), position: { incarnation: 'x', change: 9, token: 'y' } },
  ]);
  await b.people.takeAll(steps, { incarnation: 'x', change: 9, token: 'y' });
  expect(await b.store.count()).toBe(1);
  await new MemorySharedLog(other, 'c').push([{ key: 'secret/pseudonyms', body: await a.people.sharedSecret() }]);
  await b.shared.catchUp();
  expect(await b.store.count()).toBe(0);
});
