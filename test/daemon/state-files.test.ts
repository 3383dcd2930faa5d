/** Every file of a state directory: what the service does when it is gone, of an earlier day, or changed. */

import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PRIVATE_DATABASE_ID, SYSTEM_DATABASE_ID } from '../../src/composition/configuration/default-databases.ts';
import { KeyStore } from '../../src/composition/state/key-store.ts';
import { statePlaces } from '../../src/composition/state/state-directory.ts';
import { checkStateFiles } from '../../src/composition/state/state-files.ts';
import { SILENT_LOGGER } from '../../src/core/logger.ts';
import type { DaemonConfiguration } from '../../src/daemon/configuration/daemon-configuration.ts';
import { type Daemon, startDaemon } from '../../src/daemon/daemon.ts';
import { connect } from '../../src/exports/whorl/index.ts';
import { pairingsOf, temporaryFolder } from './start.ts';

const DATABASE = join('databases', `${SYSTEM_DATABASE_ID.toLowerCase()}.db`);
const PAIRING = { origin: 'https://example.org', sid: 'S-1-22-1-0', administrator: false, mayEnroll: false };

/** A state of yesterday, and the same one a day later: one template replaced by another, one pairing more. */
let folder: ReturnType<typeof temporaryFolder>;
const early = () => join(folder.path, 'early');
const late = () => join(folder.path, 'late');

function start(directory: string, more: DaemonConfiguration = {}, acceptRollback = false): Promise<Daemon> {
  return startDaemon({ state: { directory }, engineThreads: 1, ...more }, { logger: SILENT_LOGGER, acceptRollback });
}

async function enroll(directory: string, person: number, more: DaemonConfiguration = {}): Promise<void> {
  await using daemon = await start(directory, more);
  await using service = await connect({ address: daemon.address });
  await using session = await service.openSession();
  const { sid } = await service.administration.whoAmI();
  await session.deleteTemplate({ identity: { type: 'sid', sid } });
  await using enrollment = await session.beginEnrollment({ finger: 'right-index' });
  for (let impression = 0; enrollment.percentComplete < 100; impression++) {
    const step = enrollment.capture();
    await service.virtualReader().touch({ person, finger: 'right-index', impression });
    await step;
  }
  await enrollment.commit();
}

function copy(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true, filter: (path) => !path.endsWith('.sock') });
  chmodSync(to, 0o700);
}

/** What a start says: its code if it is refused; else the codes of its faults, and the new actions in the audit log. */
async function said(directory: string): Promise<{ refused?: string; faults: string[]; actions: string[] }> {
  const log = join(directory, 'audit.log');
  const before = existsSync(log) ? readFileSync(log, 'utf8').length : 0;
  try {
    await using daemon = await start(directory);
    const faults = daemon.faults().map(({ code }) => code);
    const lines = readFileSync(log, 'utf8').slice(before).split('\n').filter(Boolean);
    return { faults, actions: lines.map((line) => (JSON.parse(line) as { action: string }).action) };
  } catch (thrown) {
    return { refused: (thrown as { code: string }).code, faults: [], actions: [] };
  }
}

beforeAll(async () => {
  folder = temporaryFolder();
  await enroll(early(), 1);
  pairingsOf(early()).add(PAIRING);
  await (await start(early()))[Symbol.asyncDispose]();
  copy(early(), late());
  await enroll(late(), 2);
  pairingsOf(late()).add({ ...PAIRING, origin: 'https://example.com' });
  await (await start(late()))[Symbol.asyncDispose]();
});
afterAll(() => folder[Symbol.dispose]());

const GOOD = { faults: [], actions: [] };
const CORRUPTED = 'WINBIO_E_DATABASE_CORRUPTED';
const ROLLED_BACK = 'WHORL_E_ROLLED_BACK';
const refused = (code: string) => ({ refused: code, faults: [], actions: [] });
const found = (code: string, ...actions: string[]) => ({ faults: [code], actions });
const anything = expect.anything();

/** File, then what is said when it is gone, of the earlier day, and changed. The rows of docs/service.md. */
const FILES: readonly [file: string, gone: unknown, older: unknown, changed: unknown][] = [
  ['keys/master.keys', refused('WHORL_E_KEY_MISSING'), GOOD, refused('WHORL_E_KEY_MISSING')],
  [
    'keys/records.ledger',
    { faults: [CORRUPTED], actions: ['ledger-older', 'records-believed'] },
    { faults: [CORRUPTED, CORRUPTED], actions: ['ledger-older', 'records-missing'] },
    refused(CORRUPTED),
  ],
  ['keys/state.head', found(ROLLED_BACK, 'state-head-gone'), GOOD, found(ROLLED_BACK, 'state-head-refused')],
  [
    'keys/pairings.json',
    found(ROLLED_BACK, 'pairings-older'),
    found(ROLLED_BACK, 'pairings-older'),
    found(ROLLED_BACK, 'pairings-refused'),
  ],
  ['keys/audit.key', refused('WHORL_E_KEY_MISSING'), GOOD, refused('WHORL_E_MALFORMED')],
  ['audit.log', found(ROLLED_BACK, 'audit-older'), found(ROLLED_BACK, 'audit-older'), anything],
  // Looked at once the service is there; test/people/kept-state.test.ts waits for that.
  ['journal.db', found(ROLLED_BACK, 'journal-gone'), anything, anything],
  [DATABASE, found(CORRUPTED, 'records-missing'), found(CORRUPTED, 'records-missing'), anything],
  [
    'enrollment-committed',
    found(ROLLED_BACK, 'enrollment-mark-restored'),
    GOOD,
    found(ROLLED_BACK, 'enrollment-mark-restored'),
  ],
  ['lock', GOOD, GOOD, anything],
  ['keys/lock', GOOD, GOOD, anything],
  ['owner.json', GOOD, GOOD, GOOD],
];

describe.each(FILES)('%s', (file, gone, older, changed) => {
  const at = (directory: string) => join(directory, file);
  const sides = (path: string) => (path.endsWith('.db') ? ['-wal', '-shm'].map((end) => path + end) : []);
  const probe = () => join(folder.path, 'probe');
  const remove = (path: string) => {
    for (const each of [path, ...sides(path)]) rmSync(each, { force: true });
  };

  test.each([
    ['is gone', gone, (path: string) => remove(path)],
    [
      'is of an earlier day',
      older,
      (path: string) => {
        remove(path);
        if (existsSync(at(early()))) cpSync(at(early()), path);
      },
    ],
    ['was changed', changed, (path: string) => change(path)],
  ])('%s', async (_, expected, attack) => {
    copy(late(), probe());
    attack(at(probe()));
    expect(await said(probe())).toEqual(expected);
  });
});

/** Another digit somewhere, or something more. */
function change(path: string): void {
  const bytes = existsSync(path) ? readFileSync(path) : Buffer.from('x');
  const at = bytes.length >> 2;
  if (bytes.length > 0) bytes[at] = bytes[at] === 0x31 ? 0x32 : 0x31;
  writeFileSync(path, bytes.length > 0 ? bytes : 'x');
}

test('an earlier version of one template does not open', async () => {
  const probe = join(folder.path, 'probe');
  copy(late(), probe);
  const [before, after] = [early(), probe].map((each) => new DatabaseSync(join(each, DATABASE)));
  const row = before!.prepare('SELECT template FROM record').get() as { template: Uint8Array };
  after!.prepare('UPDATE record SET template = ?').run(row.template);
  for (const each of [before!, after!]) each.close();
  expect((await said(probe)).faults).toContain(CORRUPTED);
});

test.each(['lock', join('keys', 'lock')])('a directory whose %s was removed still has one service', async (lock) => {
  const probe = join(folder.path, 'probe');
  copy(late(), probe);
  await using _ = await start(probe);
  rmSync(join(probe, lock));
  await expect(start(probe, { socket: join(folder.path, 'second.sock') })).rejects.toMatchObject({
    code: 'WHORL_E_STATE_LOCKED',
    message: expect.stringContaining(`process ${process.pid}`),
  });
});

describe('an anchor', () => {
  const ANCHORS = (path: string) =>
    [
      { kind: 'file', path },
      {
        kind: 'command',
        command: [
          'sh',
          '-c',
          'case "$2" in write) cat >> "$1";; read) cat "$1" 2>/dev/null || true;; esac',
          'sh',
          path,
        ],
      },
    ] as const;

  test.each([0, 1])(
    'that can be read refuses a whole directory of an earlier day, until it is accepted (%i)',
    async (i) => {
      const directory = join(folder.path, `anchored-${i}`);
      const anchor = ANCHORS(join(folder.path, `anchor-${i}`))[i]!;
      await enroll(directory, 1, { anchor });
      copy(directory, join(folder.path, 'kept'));
      await enroll(directory, 2, { anchor });
      await (await start(directory, { anchor }))[Symbol.asyncDispose]();
      copy(join(folder.path, 'kept'), directory);
      await expect(start(directory, { anchor })).rejects.toMatchObject({
        code: ROLLED_BACK,
        message: expect.stringMatching(/earlier day.*changes that were seen.*whorl doctor.*--accept-rollback/),
      });
      {
        await using daemon = await start(directory, { anchor }, true);
        expect(daemon.faults()).toHaveLength(1);
        expect(readFileSync(join(directory, 'audit.log'), 'utf8')).toContain('"action":"accept-rollback"');
      }
      await (await start(directory, { anchor }))[Symbol.asyncDispose]();
    },
  );

  test('that takes no line is a fault; one that cannot be asked refuses the start', async () => {
    const directory = join(folder.path, 'failing');
    {
      const command = ['sh', '-c', '[ "$1" = read ]', 'sh'];
      await using daemon = await start(directory, { anchor: { kind: 'command', command } });
      expect(daemon.faults().map(({ message }) => message)).toEqual([expect.stringContaining('anchor: sh failed')]);
    }
    await expect(start(directory, { anchor: { kind: 'command', command: ['false'] } })).rejects.toMatchObject({
      code: 'WHORL_E_CONFIGURATION',
    });
  });
});

test('a check names files that are not as they were written, older ones, and files that belong to nobody', async () => {
  const probe = join(folder.path, 'probe');
  copy(late(), probe);
  using keyring = KeyStore.openFile(statePlaces(probe));
  const verdict = () => checkStateFiles(probe, { keyring, databaseIds: [SYSTEM_DATABASE_ID, PRIVATE_DATABASE_ID] });
  expect(await verdict()).toEqual({ checked: expect.any(Number), wrong: [], strangers: [] });
  writeFileSync(join(probe, 'keys', 'stranger'), '');
  cpSync(join(early(), 'keys', 'pairings.json'), join(probe, 'keys', 'pairings.json'));
  expect(await verdict()).toMatchObject({
    wrong: [expect.stringContaining('pairings.json is of an earlier day')],
    strangers: ['keys/stranger'],
  });
  change(join(probe, 'keys', 'audit.key'));
  expect((await verdict()).wrong).toEqual([expect.stringContaining('audit.key was not written by this service')]);
});

test('nothing lies in a state directory that the table does not name', () => {
  const named = new Set(FILES.map(([file]) => file));
  const there = readdirSync(late(), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(late().length + 1));
  const unnamed = there.filter((file) => !named.has(file) && !/\.db(-wal|-shm)?$/.test(file));
  expect(unnamed).toEqual([]);
});
