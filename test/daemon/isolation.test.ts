/** What another user, another program and a thief of the disk cannot do. */

import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditFiles } from '../../src/composition/state/state-directory.ts';
import { verifyAuditLog } from '../../src/composition/state/verify-audit-log.ts';
import { peerCredentials } from '../../src/daemon/clients/peer-credentials.ts';
import { startDaemon } from '../../src/daemon/daemon.ts';
import { connect, type FingerName, SYSTEM_DATABASE_ID, type WhorlService } from '../../src/exports/whorl/index.ts';
import { startHere, temporaryFolder } from './start.ts';

/** User id of `nobody`. */
const NOBODY = 65_534;
const canBecomeNobody = process.getuid?.() === 0 && (await peerCredentials()) !== undefined;

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

/** Greets as another user, in a process that needs no file of the project; prints the answer. */
async function greetAs(uid: number, address: string): Promise<string> {
  const hello = Buffer.from([0x82, 0xa4, ...Buffer.from('type'), 0xa5, ...Buffer.from('hello')]);
  const version = Buffer.from([0xa7, ...Buffer.from('version'), 1]);
  const frame = Buffer.concat([Buffer.from([0, 0, 0, hello.length + version.length]), hello, version]);
  const program = `
    const socket = require('node:net').createConnection(${JSON.stringify(address)});
    socket.on('connect', () => socket.write(Buffer.from(${JSON.stringify(frame.toString('hex'))}, 'hex')));
    socket.on('error', ({ code }) => console.log(code));
    socket.once('data', (bytes) => { console.log(bytes.toString('latin1')); socket.destroy(); });`;
  // Any Node binary that this user may run.
  const { stdout } = await promisify(execFile)('node', ['-e', program], {
    uid,
    gid: uid,
    cwd: '/',
    env: { PATH: '/usr/local/bin:/usr/bin:/bin' },
    timeout: 20_000,
  });
  return stdout;
}

async function identify(service: WhorlService, person: number): Promise<string> {
  await using session = await service.openSession();
  const identification = session.identify();
  await service.virtualReader().touch({ person, finger: 'right-index', impression: 9 });
  return (await identification).kind;
}

async function enroll(service: WhorlService, person: number, finger: FingerName = 'right-index'): Promise<void> {
  await using session = await service.openSession();
  await using enrollment = await session.beginEnrollment({ finger });
  for (let impression = 0, done = false; !done; impression++) {
    const capture = enrollment.capture();
    await service.virtualReader().touch({ person, finger: 'right-index', impression });
    done = (await capture).kind === 'sufficient';
  }
  expect((await enrollment.commit()).kind).toBe('stored');
}

describe.skipIf(!canBecomeNobody)('another user (needs root, to become one)', () => {
  let elsewhere = '';
  beforeEach(() => {
    elsewhere = mkdtempSync('/tmp/whorl-socket-');
    chmodSync(elsewhere, 0o755);
  });
  afterEach(() => rmSync(elsewhere, { recursive: true }));

  test('does not reach the socket without configuration', async () => {
    await using daemon = await startHere(folder.path);
    expect(await greetAs(NOBODY, daemon.address)).toContain('EACCES');
  });

  test('is refused by the service when only others were let in', async () => {
    const socket = join(elsewhere, 'run', 'whorl.sock');
    await using daemon = await startHere(folder.path, { socket, access: { users: ['daemon'] } });
    expect(await greetAs(NOBODY, daemon.address)).toMatch(/refused.*access\.users/s);
  });

  test('is let in when it is listed', async () => {
    const socket = join(elsewhere, 'run', 'whorl.sock');
    await using daemon = await startHere(folder.path, { socket, access: { users: [String(NOBODY)] } });
    expect(await greetAs(NOBODY, daemon.address)).toContain('welcome');
  });
});

describe('the state on the disk', () => {
  const startLogged = (logged: [string, unknown][]) => {
    const log = (level: string) => (_: string, fields?: unknown) => void logged.push([level, fields]);
    const logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
    return startDaemon({ state: { directory: folder.path }, engineThreads: 1 }, { logger });
  };
  const file = () => new DatabaseSync(join(folder.path, 'databases', `${SYSTEM_DATABASE_ID.toLowerCase()}.db`));

  const TAMPERING: readonly [string, string][] = [
    [
      'swapped',
      'UPDATE record SET template = (SELECT other.template FROM record AS other WHERE other.record_id <> record.record_id)',
    ],
    ['edited', "UPDATE record SET template = CAST(substr(template, 1, length(template) - 4) || x'00000000' AS BLOB)"],
    ['given to somebody else', "UPDATE record SET identity_value = x'010100000000000512000000' WHERE record_id = 1"],
  ];

  test.each(TAMPERING)('records that were %s do not open, and the log says so', async (_, statement) => {
    {
      await using daemon = await startHere(folder.path);
      await using service = await connect({ address: daemon.address });
      await enroll(service, 1);
      await enroll(service, 2, 'left-index');
    }
    const database = file();
    database.exec(statement);
    database.close();
    const logged: [string, unknown][] = [];
    await using daemon = await startLogged(logged);
    await using service = await connect({ address: daemon.address });
    expect(await identify(service, 1)).toBe('unknown-identity');
    expect(logged).toContainEqual(['error', expect.objectContaining({ code: 'WINBIO_E_DATABASE_CORRUPTED' })]);
  });

  test('a record that was deleted and put back does not open, and the log says so', async () => {
    {
      await using daemon = await startHere(folder.path);
      await using service = await connect({ address: daemon.address });
      await enroll(service, 1);
      const copying = file();
      copying.exec('CREATE TABLE kept AS SELECT * FROM record');
      copying.close();
      await using session = await service.openSession();
      const sid = `S-1-22-1-${process.getuid?.() ?? 0}`;
      expect(await session.deleteTemplate({ identity: { type: 'sid', sid } })).toBe(true);
    }
    const database = file();
    database.exec('INSERT INTO record SELECT * FROM kept; DROP TABLE kept');
    database.close();
    const logged: [string, unknown][] = [];
    await using daemon = await startLogged(logged);
    await using service = await connect({ address: daemon.address });
    expect(await identify(service, 1)).toBe('unknown-identity');
    expect(logged).toContainEqual(['error', expect.objectContaining({ code: 'WINBIO_E_DATABASE_CORRUPTED' })]);
  });

  test('each change is in the account, which shows when it was edited', async () => {
    {
      await using daemon = await startHere(folder.path);
      await using service = await connect({ address: daemon.address });
      await enroll(service, 1);
      await using session = await service.openSession({ access: ['raw'] });
      const capture = session.capture();
      await service.virtualReader().touch({ person: 1, finger: 'right-index' });
      await capture;
      const sid = `S-1-22-1-${process.getuid?.() ?? 0}`;
      await session.deleteTemplate({ identity: { type: 'sid', sid } });
    }
    const { log, key } = auditFiles(folder.path);
    const text = readFileSync(log, 'utf8');
    const lines = text.trimEnd().split('\n');
    const actions = lines.map((line) => (JSON.parse(line) as { action: string }).action);
    expect(actions).toEqual(['enroll-commit', 'capture-sample', 'delete-template']);
    expect(await verifyAuditLog(log, key)).toEqual({ lines: 3 });
    const changes: readonly [string, number][] = [
      [text.replace('capture-sample', 'control-unit'), 2],
      [lines.filter((_, i) => i !== 1).join('\n'), 2],
      [[lines[1], lines[0], lines[2]].join('\n'), 1],
      [`${text}{"number":4,"at":"","action":"x","chain":""}\n`, 4],
    ];
    for (const [changed, brokenAt] of changes) {
      writeFileSync(log, changed);
      expect(await verifyAuditLog(log, key)).toMatchObject({ brokenAt });
    }
    // A last line cut off when the process died is not a forgery.
    writeFileSync(log, `${text}{"number":4,"at":"20`);
    await (await startHere(folder.path))[Symbol.asyncDispose]();
    expect(await verifyAuditLog(log, key)).toEqual({ lines: 3 });
  });

  test('nothing of a finger is in the log, the metrics, or plain in a file', async () => {
    await using daemon = await startHere(folder.path);
    await using service = await connect({ address: daemon.address });
    await enroll(service, 1);
    const metrics = await daemon.metrics();
    expect(metrics).toContain('whorl_requests_total{kind="enroll-commit",code="S_OK"} 1');
    expect(metrics).not.toMatch(/S-1-/);
  });
});
