import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../test/daemon/start.ts';
import { guidIdentity } from '../../core/identity.ts';
import { RecordsThread } from './records-thread.ts';

const keys = { current: { keyId: 7, key: new Uint8Array(32).fill(1) }, older: [] };
const IDENTITY = guidIdentity('00000000-0000-4000-8000-000000000001');

test('nothing is started or made before the first question; each file with its own; closing twice is one closing', async () => {
  using folder = temporaryFolder();
  const path = (name: string) => `${folder.path}/${name}.db`;
  const places = { people: { path: path('people'), keys }, journal: { path: path('journal'), keys } };
  const unused = new RecordsThread(places);
  expect(unused.started).toBe(false);
  await unused.close();
  expect(existsSync(path('journal'))).toBe(false);
  const thread = new RecordsThread(places);
  // Lines of many answers are written together, and each has its own place.
  const entry = { kind: 'unknown', sid: 'S-1-22-1-1' } as const;
  const written = await Promise.all(Array.from({ length: 100 }, (_, i) => thread.journal.append([{ atMs: i, entry }])));
  expect(written.map(([line]) => line?.number)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
  expect(existsSync(path('people'))).toBe(false);
  await expect(thread.people.create({ identity: IDENTITY, name: 'Ada' }, 1)).resolves.toMatchObject({ revision: 1 });
  await expect(thread.people.create({ identity: IDENTITY, name: 'Ada' }, 1)).rejects.toMatchObject({
    code: 'WHORL_E_PERSON_EXISTS',
  });
  // What was asked before the end is answered.
  const last = thread.journal.append([{ atMs: 1, entry }]);
  await Promise.all([thread.close(), thread.close()]);
  expect((await last)[0]?.number).toBe(101);
  await expect(thread.people.count()).rejects.toMatchObject({ code: 'WHORL_E_CONNECTION_LOST' });
});

test('a file that cannot be opened is a fault of its questions alone', async () => {
  await using thread = new RecordsThread({
    people: { path: '/proc/nothing/people.db', keys },
    journal: { path: ':memory:', keys },
  });
  await expect(thread.people.count()).rejects.toMatchObject({ code: expect.stringMatching(/^WINBIO_E_DATABASE_/) });
  expect(await thread.journal.position()).toMatchObject({ number: 0 });
});
