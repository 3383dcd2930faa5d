/** A backup of a state directory is whole, of one moment, and opens elsewhere; one that was interrupted does not exist. */

import { execFile } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, PRIVATE_DATABASE_ID, type WhorlService } from '../../src/exports/whorl/index.ts';
import { synthesizeMinutiae } from '../../src/fingerprint/synthesis/minutia-map.ts';
import { synthesizeTemplate } from '../../src/fingerprint/synthesis/synthesize-template.ts';
import { startHere, startProcess, temporaryFolder } from './start.ts';

let folder: ReturnType<typeof temporaryFolder>;
let state: string;
let target: string;
beforeEach(() => {
  folder = temporaryFolder();
  state = join(folder.path, 'state');
  target = join(folder.path, 'backup');
  mkdirSync(state, { mode: 0o700 });
});
afterEach(() => folder[Symbol.dispose]());

async function whorl(...args: readonly string[]) {
  const env = { ...process.env, WHORL_HOME: state, WHORL_SOCKET: '', NO_COLOR: '1' };
  const running = promisify(execFile)(process.execPath, ['src/cli/main.ts', ...args], { env });
  return await running.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (thrown: { code: number; stdout: string; stderr: string }) => thrown,
  );
}

function* rows(first: number, count: number) {
  for (let i = first; i < first + count; i++) {
    yield {
      person: `person ${i}`,
      finger: 'right-index',
      print: synthesizeTemplate(synthesizeMinutiae(i), 1),
    } as const;
  }
}

async function store(service: WhorlService, first: number, count: number): Promise<void> {
  const reports = service.administration.importTemplates(rows(first, count), { databaseId: PRIVATE_DATABASE_ID });
  for await (const { kind } of reports) expect(kind).toBe('stored');
}

async function enroll(service: WhorlService): Promise<void> {
  await using session = await service.openSession();
  await using enrollment = await session.beginEnrollment({ finger: 'right-index' });
  for (let impression = 0; enrollment.percentComplete < 100; impression++) {
    const step = enrollment.capture();
    await service.virtualReader().touch({ person: 1, finger: 'right-index', impression });
    await step;
  }
  await enrollment.commit();
}

async function identified(service: WhorlService): Promise<string> {
  await using session = await service.openSession();
  const outcome = session.identify();
  await service.virtualReader().touch({ person: 1, finger: 'right-index', impression: 9 });
  return (await outcome).kind;
}

const people = async (service: WhorlService) =>
  new Set((await service.administration.owners(PRIVATE_DATABASE_ID)).map(({ identity }) => JSON.stringify(identity)));

test('made under writes it holds every acknowledged template, and a service that is put there identifies', async () => {
  let acknowledged: Set<string>;
  {
    await using daemon = await startHere(state);
    await using service = await connect({ address: daemon.address });
    await enroll(service);
    await store(service, 0, 100);
    acknowledged = await people(service);
    let writing = true;
    const writes = (async () => {
      for (let i = 100; writing; i += 5) await store(service, i, 5);
    })();
    const made = await service.channel.ask('administration', { kind: 'backup', path: target });
    writing = false;
    await writes;
    expect(made).toMatchObject({ path: target, databases: 2, holdsKey: true, elsewhere: [] });
    expect((await people(service)).size).toBeGreaterThan(acknowledged.size);
    await expect(service.channel.ask('administration', { kind: 'backup', path: target })).rejects.toMatchObject({
      code: 'E_INVALIDARG',
    });
  }
  expect(statSync(target).mode & 0o077).toBe(0);
  const into = join(folder.path, 'elsewhere');
  expect((await whorl('restore', target, '--into', into, '--json')).stdout).toMatch(/"authenticated": true/);
  await using daemon = await startHere(into);
  await using service = await connect({ address: daemon.address });
  expect(daemon.faults()).toEqual([]);
  const restored = await people(service);
  expect([...acknowledged].filter((person) => !restored.has(person))).toEqual([]);
  expect(await identified(service)).toBe('identified');
});

test('that a killed process was making does not exist, and the next one is whole', async () => {
  const key = join(state, 'keys', 'audit.key');
  const daemon = await startProcess(state);
  try {
    await using service = await connect({ address: daemon.address });
    await store(service, 0, 200);
    // The backup stands still where it copies the key of the log: nobody writes into a pipe.
    renameSync(key, `${key}.kept`);
    await promisify(execFile)('mkfifo', ['-m', '600', key]);
    const lost = service.channel.ask('administration', { kind: 'backup', path: target }).catch((thrown) => thrown.code);
    const begun = join(`${target}.partial`, 'keys', 'records.ledger');
    while (!existsSync(begun)) await new Promise((resolve) => setImmediate(resolve));
    await daemon.end('SIGKILL');
    expect(await lost).toBe('WHORL_E_CONNECTION_LOST');
  } finally {
    daemon.child.kill('SIGKILL');
  }
  renameSync(`${key}.kept`, key);
  expect(existsSync(target)).toBe(false);
  const { stdout } = await whorl('backup', target, '--json');
  expect(JSON.parse(stdout)).toMatchObject({ templates: 200, holdsKey: true });
  expect(readdirSync(folder.path).sort()).toEqual(['backup', 'state']);
});

test('is refused where it was changed, and never put over anything', async () => {
  {
    await using daemon = await startHere(state);
    await using service = await connect({ address: daemon.address });
    await store(service, 0, 3);
  }
  expect(JSON.parse((await whorl('backup', target, '--without-key', '--json')).stdout)).toMatchObject({
    holdsKey: false,
  });
  expect(readdirSync(join(target, 'keys'))).not.toContain('master.keys');
  // The key of the state directory proves it.
  const into = join(folder.path, 'elsewhere');
  expect((await whorl('restore', target, '--into', state)).stderr).toContain('is not an empty folder');
  const file = join(target, 'keys', 'records.ledger');
  const text = readFileSync(file);
  appendFileSync(file, ' ');
  expect((await whorl('restore', target, '--into', into)).stderr).toMatch(
    /records\.ledger is missing, or not as it was/,
  );
  writeFileSync(file, text);
  const manifest = join(target, 'backup.json');
  const whole = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, whole.replace('"templates": 3', '"templates": 4'));
  expect((await whorl('restore', target, '--into', into)).stderr).toContain(
    'backup.json was not written by this service',
  );
  writeFileSync(manifest, whole);
  mkdirSync(into);
  const { stdout } = await whorl('restore', target, '--into', into);
  expect(stdout).toMatch(/3 templates.*\n.*needs its master key/);
  renameSync(join(state, 'keys', 'master.keys'), join(into, 'keys', 'master.keys'));
  await using daemon = await startHere(into);
  await using service = await connect({ address: daemon.address });
  expect([daemon.faults(), (await people(service)).size]).toEqual([[], 3]);
});
