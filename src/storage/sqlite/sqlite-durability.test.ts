import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { collectRecords } from '../../testkit/suites/storage/collect-records.ts';
import { SqliteStorageAdapter } from './sqlite-storage-adapter.ts';

const WRITER = `
  import { SqliteStorageAdapter } from ${JSON.stringify(new URL('./sqlite-storage-adapter.ts', import.meta.url).href)};
  const database = await new SqliteStorageAdapter().open(JSON.parse(process.argv[1]), { create: true });
  for (let i = 1; ; i++) {
    const identity = { type: 'sid', sid: 'S-1-5-21-' + i };
    const id = await database.add({ identity, subFactor: 2, template: new Uint8Array(900).fill(i) });
    process.stdout.write(id + '\\n');
  }
`;

test('every record that was acknowledged is there after the process was killed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'whorl-kill-'));
  const descriptor = {
    databaseId: 'C0000000-0000-4000-8000-000000000001',
    factor: 8,
    templateFormat: '11111111-2222-3333-4444-555555555555',
    path: join(folder, 'killed.db'),
  };
  for (const round of [1, 2, 3]) {
    await rm(descriptor.path, { force: true });
    await rm(`${descriptor.path}-wal`, { force: true });
    const args = ['--no-warnings', '--input-type=module', '-e', WRITER, JSON.stringify(descriptor)];
    const writer = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const gone = once(writer, 'exit');
    const acknowledged: number[] = [];
    for await (const line of createInterface({ input: writer.stdout })) {
      acknowledged.push(Number(line));
      if (acknowledged.length === round * 7) writer.kill('SIGKILL');
    }
    await gone;
    await using adapter = new SqliteStorageAdapter();
    const database = await adapter.open(descriptor, { create: false });
    const stored = (await collectRecords(database.query({}))).map(({ recordId }) => recordId);
    expect(stored.slice(0, acknowledged.length)).toEqual(acknowledged);
    // At most the record that was being acknowledged when the signal came.
    expect(stored.length - acknowledged.length).toBeLessThanOrEqual(1);
  }
  await rm(folder, { recursive: true });
});
