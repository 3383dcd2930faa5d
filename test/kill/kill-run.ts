/** Kills a daemon at random moments while clients enroll and delete, and checks that it kept what it acknowledged. */

import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { auditFiles } from '../../src/composition/state/state-directory.ts';
import { verifyAuditLog } from '../../src/composition/state/verify-audit-log.ts';
import { guidFromBytes } from '../../src/core/guid.ts';
import { connect, PRIVATE_DATABASE_ID } from '../../src/exports/whorl/index.ts';
import { seededRandom } from '../../src/testkit/seeded-random.ts';
import { startProcess, temporaryFolder } from '../daemon/start.ts';

const CLIENTS = 4;
const FIRST_KILL_MS = 50;
const LAST_KILL_MS = 1500;
/** Enrollments that are verified with a touch after each kill; after the last kill, all are. */
const IDENTIFIED_PER_KILL = 2;

/** What the run found; each violation is a sentence. */
export interface KillReport {
  readonly kills: number;
  readonly seed: number;
  readonly commits: number;
  readonly deletions: number;
  readonly identified: number;
  /** Commits and deletions that happened although the kill swallowed their answer. */
  readonly inFlight: number;
  readonly auditLines: number;
  readonly violations: readonly string[];
}

/** What one client knows. */
class Client {
  readonly enrolled = new Map<string, number>();
  readonly faults: string[] = [];
  commits = 0;
  deletions = 0;
  asking: number | undefined;
  deleting: string | undefined;
  /** Whether it has come back since the service started; on a loaded machine a kill may be faster. */
  joined = false;
  readonly child: ChildProcess;
  #active = Promise.withResolvers<void>();
  #lost = Promise.withResolvers<void>();

  constructor(address: string, number: number) {
    this.child = spawn(process.execPath, ['test/kill/kill-client.ts', address, String(number)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface({ input: this.child.stdout! }).on('line', (line) => this.#hear(line.split(' ')));
  }

  /** Resolves at the next request or acknowledgement. */
  get active(): Promise<void> {
    return this.#active.promise;
  }

  /** Resolves when the client has noticed that the service is gone. */
  get lost(): Promise<void> {
    return this.#lost.promise;
  }

  rejoin(): void {
    this.#active = Promise.withResolvers();
    this.#lost = Promise.withResolvers();
    this.asking = undefined;
    this.deleting = undefined;
    this.joined = false;
  }

  #hear([word, first = '', second = '']: readonly string[]): void {
    if (word === 'joined') this.joined = true;
    if (word === 'asks') this.asking = Number(first);
    if (word === 'enrolled') {
      this.commits += 1;
      this.asking = undefined;
      this.enrolled.set(first, Number(second));
    }
    if (word === 'deletes') this.deleting = first;
    if (word === 'deleted') {
      this.deletions += 1;
      this.deleting = undefined;
      this.enrolled.delete(first);
    }
    if (word === 'fault') this.faults.push(first);
    if (word === 'lost') this.#lost.resolve();
    else if (word !== 'joined') this.#active.resolve();
  }
}

/** Runs the kills. */
export async function runKills(kills: number, seed: number, log: (line: string) => void): Promise<KillReport> {
  using folder = temporaryFolder();
  const random = seededRandom(seed);
  const readers = Array.from({ length: CLIENTS + 1 }, () => ({ kind: 'virtual', earlyTouch: 'kept' }) as const);
  const start = () => startProcess(folder.path, { readers });
  let daemon = await start();
  const { address } = daemon;
  const clients = Array.from({ length: CLIENTS }, (_, i) => new Client(address, i + 1));
  const violations: string[] = [];
  const orphans = new Set<string>();
  let inFlight = 0;
  let identified = 0;
  let auditLines = 0;
  try {
    for (let kill = 1; kill <= kills; kill++) {
      await Promise.race(clients.map((client) => client.active));
      await delay(FIRST_KILL_MS + random() * (LAST_KILL_MS - FIRST_KILL_MS));
      await daemon.end('SIGKILL');
      await Promise.all(clients.filter(({ joined }) => joined).map(({ lost }) => lost));
      const fault = (text: string) => violations.push(`kill ${kill}: ${text}`);
      inFlight += settle(clients, storedOwners(folder.path, fault), orphans, fault);
      const { log: auditLog, key } = auditFiles(folder.path);
      for (const client of clients) client.rejoin();
      daemon = await start();
      const verdict = await verifyAuditLog(auditLog, key);
      auditLines = verdict.lines;
      if (verdict.brokenAt !== undefined) fault(`the audit log is broken at line ${verdict.brokenAt}`);
      const known = clients.flatMap(({ enrolled }) => [...enrolled]);
      const some = known.sort(() => random() - 0.5).slice(0, kill === kills ? known.length : IDENTIFIED_PER_KILL);
      // Clients keep deleting, so only what is still known afterwards had to be found.
      identified += await identify(address, some, clients, fault);
      for (const [i, { faults }] of clients.entries()) {
        for (const code of faults.splice(0)) fault(`client ${i + 1} met ${code}`);
      }
      log(`kill ${kill} of ${kills}: ${known.length} enrolled, ${violations.length} violations`);
    }
  } finally {
    for (const { child } of clients) child.kill('SIGKILL');
    await daemon.end('SIGKILL');
  }
  const sum = (of: (client: Client) => number) => clients.reduce((total, client) => total + of(client), 0);
  const [commits, deletions] = [sum((client) => client.commits), sum((client) => client.deletions)];
  return { kills, seed, commits, deletions, identified, inFlight, auditLines, violations };
}

/** Owners of the records in the database of a dead service. */
function storedOwners(directory: string, fault: (text: string) => void): Set<string> {
  const path = join(directory, 'databases', `${PRIVATE_DATABASE_ID.toLowerCase()}.db`);
  const file = new DatabaseSync(path);
  try {
    const [verdict] = file.prepare('PRAGMA quick_check').all();
    if (verdict?.quick_check !== 'ok') fault('the database is damaged');
    const rows = file.prepare('SELECT identity_value FROM record').all();
    return new Set(rows.map(({ identity_value }) => guidFromBytes(identity_value as Uint8Array)));
  } finally {
    file.close();
  }
}

/**
 * Compares what is stored with what was acknowledged; requests in flight may have taken effect or not. Returns how many
 * did.
 */
function settle(
  clients: readonly Client[],
  stored: Set<string>,
  orphans: Set<string>,
  fault: (text: string) => void,
): number {
  let happened = 0;
  for (const client of clients) {
    for (const guid of client.enrolled.keys()) {
      if (stored.delete(guid)) continue;
      if (guid === client.deleting) {
        client.enrolled.delete(guid);
        happened += 1;
      } else fault(`${guid} was acknowledged and is gone`);
    }
  }
  // Stored by commits whose answer was lost; their client will learn that the finger is already enrolled.
  for (const guid of orphans) if (!stored.delete(guid)) orphans.delete(guid);
  const asking = clients.filter((client) => client.asking !== undefined).length;
  if (stored.size > asking) fault(`${stored.size} records nobody knows of, ${asking} commits were in flight`);
  for (const guid of stored) orphans.add(guid);
  return happened + stored.size;
}

/** Touches the last reader with enrolled fingers; returns how many were found. */
async function identify(
  address: string,
  wanted: readonly (readonly [string, number])[],
  clients: readonly Client[],
  fault: (text: string) => void,
): Promise<number> {
  await using service = await connect({ address });
  const unitIds = [CLIENTS + 1];
  await using session = await service.openSession({ pool: 'private', databaseId: PRIVATE_DATABASE_ID, unitIds });
  const reader = service.virtualReader(`virtual-${CLIENTS + 1}`);
  let found = 0;
  for (const [guid, person] of wanted) {
    const identification = session.identify();
    await Promise.all([reader.touch({ person, finger: 'right-index', impression: 1 }), identification]);
    const outcome = await identification;
    const isThere = outcome.kind === 'identified' && outcome.identity.type === 'guid' && outcome.identity.guid === guid;
    if (isThere) found += 1;
    const stillKnown = clients.some((client) => client.enrolled.has(guid) && client.deleting !== guid);
    if (!isThere && stillKnown) fault(`${guid} was not identified: ${outcome.kind}`);
  }
  return found;
}
