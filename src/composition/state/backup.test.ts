/** Backups under a passphrase: what it costs to try one, and backups of before that was raised. */

import { expect, test } from 'vitest';
import { sidIdentity } from '../../core/identity.ts';
import { MemoryStorageAdapter } from '../../storage/memory/memory-storage-adapter.ts';
import { exportDatabase, importDatabase } from './backup.ts';

const DESCRIPTOR = {
  databaseId: '11111111-2222-4333-8444-555555555555',
  factor: 8,
  templateFormat: '5B0C6A4E-93D1-4F27-A8C5-0E7D41B26F93',
};
const RECORD = { identity: sidIdentity('S-1-22-1-1000'), subFactor: 2, template: Uint8Array.of(1, 2, 3) };

async function linesOf(cost?: number): Promise<string[]> {
  await using storage = new MemoryStorageAdapter();
  await using database = await storage.open(DESCRIPTOR, { create: true });
  await database.add(RECORD);
  const lines: string[] = [];
  for await (const line of exportDatabase(database, 'passphrase', cost)) lines.push(line);
  return lines;
}

async function imported(lines: readonly string[]) {
  await using storage = new MemoryStorageAdapter();
  await using database = await storage.open(DESCRIPTOR, { create: true });
  const each = async function* () {
    yield* lines;
  };
  return await importDatabase(database, each(), 'passphrase');
}

test('a new backup costs 2^17 to try a passphrase at, and an older one of 2^15 still opens', async () => {
  const now = await linesOf();
  expect(JSON.parse(now[0]!)).toMatchObject({ N: 2 ** 17, r: 8, p: 1 });
  expect(await imported(now)).toMatchObject({ imported: 1 });
  expect(await imported(await linesOf(2 ** 15))).toMatchObject({ imported: 1 });
});

test('a backup that asks for more work than any was ever written with is refused before the work', async () => {
  const [head, ...rest] = await linesOf(2 ** 15);
  const more = JSON.stringify({ ...(JSON.parse(head!) as object), N: 2 ** 24 });
  await expect(imported([more, ...rest])).rejects.toMatchObject({ code: 'WHORL_E_MALFORMED' });
});
