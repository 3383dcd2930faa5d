/** People and the journal in a state directory: restarts, new keys, backups, files that were exchanged, and deletion. */

import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { restoreState } from '../../src/composition/state/state-backup.ts';
import { synthesizeMinutiae, synthesizeTemplate } from '../../src/exports/fingerprint/index.ts';
import {
  connect,
  guidIdentity,
  type OwnerIdentity,
  PRIVATE_DATABASE_ID,
  type WhorlService,
} from '../../src/exports/whorl/index.ts';
import { temporaryFolder } from '../daemon/start.ts';

const folder = temporaryFolder();
const directory = join(folder.path, 'state');
afterAll(() => folder[Symbol.dispose]());

const start = (at = directory) => connect({ embedded: { state: { directory: at }, engineThreads: 1 } });
const GUID = 'B0B0B0B0-1111-2222-3333-444444444444';
const BOB: OwnerIdentity = guidIdentity(GUID);
const SECRETS = ['Robertson-Quellmann', 'NUM-88-XYZZY', 'likes marmalade'];

async function stateOf({ people, journal }: WhorlService) {
  const { items } = await people.list();
  const lines = await journal.list({ limit: 1000 });
  return {
    names: items.map(({ name }) => name),
    fingers: items.map(({ fingers }) => fingers.length),
    lines: lines.items,
  };
}

async function enrolled(service: WhorlService, databaseId: string, print: number): Promise<void> {
  const rows = [
    { person: GUID, finger: 'right-index', print: synthesizeTemplate(synthesizeMinutiae(print), 1) },
  ] as const;
  for await (const report of service.administration.importTemplates(rows, { databaseId })) {
    if (report.kind !== 'stored') throw new TypeError(JSON.stringify(report));
  }
}

function filesIn(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

test('survive restarts, new keys and a backup, and a deletion leaves nothing', { timeout: 60_000 }, async () => {
  let service = await start();
  const [name = '', number = '', note = ''] = SECRETS;
  await service.people.create({ name, number, note, identity: BOB, groups: ['Staff'] });
  await service.people.setPicture(BOB, Uint8Array.from([0x89, 0x50, 0x4e, 0x47, ...Buffer.from('SECRET-PICTURE')]));
  await service.people.create({ name: 'Ada' });
  await enrolled(service, PRIVATE_DATABASE_ID, 1);
  const before = await stateOf(service);
  expect(before.fingers).toEqual([0, 1]);
  await service.channel.ask('administration', { kind: 'rotate-keys' });
  expect(await stateOf(service)).toEqual(before);
  expect(await service.journal.verify()).toEqual({ lines: before.lines.length, forgotten: 0 });
  await service.close();
  const [key = ''] = readFileSync(join(directory, 'keys', 'master.keys'), 'utf8')
    .trim()
    .split('\n');
  expect(key).toHaveLength(64);
  service = await start();
  expect(await stateOf(service)).toEqual(before);
  expect((await service.administration.status()).faults).toEqual([]);

  const backup = join(folder.path, 'backup');
  await service.channel.ask('administration', { kind: 'backup', path: backup });
  for (const file of filesIn(directory)) {
    const bytes = readFileSync(file).toString('latin1');
    for (const secret of [...SECRETS, 'SECRET-PICTURE'])
      expect(bytes.includes(secret), `${secret} in ${file}`).toBe(false);
  }

  await service.people.delete(BOB);
  const after = await stateOf(service);
  expect(after.names).toEqual(['Ada']);
  expect(JSON.stringify(after)).not.toContain(GUID);
  expect(JSON.stringify(after)).not.toContain(name);
  expect(await service.administration.owners(PRIVATE_DATABASE_ID)).toEqual([]);
  const log = (file: string) => existsSync(file) && readFileSync(file).length;
  for (const file of ['people.db-wal', 'journal.db-wal'])
    expect(log(join(directory, file)) || 0).toBeLessThan(64 << 10);
  await service.close();
  for (const file of filesIn(directory)) {
    const bytes = readFileSync(file);
    // The audit log names a person by the GUID alone, which leads nowhere now.
    if (!file.endsWith('audit.log')) expect(bytes.includes(GUID), file).toBe(false);
    for (const secret of SECRETS) expect(bytes.includes(secret), `${secret} in ${file}`).toBe(false);
  }

  const restored = join(folder.path, 'restored');
  await restoreState(backup, restored, {});
  service = await start(restored);
  expect(await stateOf(service)).toEqual(before);
  expect((await service.journal.verify()).broken).toBeUndefined();
  expect((await service.administration.status()).faults).toEqual([]);
  await service.close();
});

test('files of an earlier day, and those that were taken away, are seen', { timeout: 60_000 }, async () => {
  const old = join(folder.path, 'old');
  cpSync(directory, old, { recursive: true });
  let service = await start();
  await service.people.create({ name: 'Grace' });
  await service.close();
  for (const file of ['people.db', 'journal.db']) copyFileSync(join(old, file), join(directory, file));
  service = await start();
  await service.people.list();
  const faults = async () => (await service.administration.status()).faults.map(({ message }) => message).join('\n');
  await expect.poll(faults).toMatch(/people\.db is of an earlier day/);
  await expect.poll(faults).toMatch(/journal\.db is of an earlier day/);
  await service.close();
  for (const file of ['people.db', 'journal.db']) rmSync(join(directory, file));
  service = await start();
  await expect.poll(faults).toMatch(/people\.db was taken away/);
  await service.close();
});

test('templates of a merged person are those of the other one, in every database', { timeout: 60_000 }, async () => {
  await using service = await connect({ embedded: { state: 'memory', engineThreads: 1 } });
  const { identity: into } = await service.people.create({ name: 'Into' });
  await service.people.create({ name: 'From', identity: BOB });
  await enrolled(service, PRIVATE_DATABASE_ID, 3);
  expect(await service.people.merge({ from: BOB, into, preview: true })).toMatchObject({ fingers: 1 });
  await service.people.merge({ from: BOB, into });
  const [finger] = (await service.people.get(into)).fingers;
  expect(finger).toMatchObject({ databaseId: PRIVATE_DATABASE_ID, subFactor: 2 });
  expect((await service.people.list({ enrolled: true })).items.map(({ name }) => name)).toEqual(['Into']);
  if (finger !== undefined) await service.people.deleteFinger(into, finger);
  expect((await service.people.list({ enrolled: true })).total).toBe(0);
});
