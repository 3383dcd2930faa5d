/** Kills a daemon at random moments while people come and go, and checks that it kept what it acknowledged, whole. */

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { guidIdentity } from '../../src/core/identity.ts';
import { connect, type JournalLine, PRIVATE_DATABASE_ID, type WhorlService } from '../../src/exports/whorl/index.ts';
import { seededRandom } from '../../src/testkit/seeded-random.ts';
import { startProcess, temporaryFolder } from '../daemon/start.ts';

const FIRST_KILL_MS = 20;
const LAST_KILL_MS = 400;

/** What the run found; each violation is a sentence. */
export interface RecordsKillReport {
  readonly kills: number;
  readonly seed: number;
  readonly created: number;
  readonly deleted: number;
  /** Deletions that a start went on with. */
  readonly resumed: number;
  readonly lines: number;
  readonly violations: readonly string[];
}

/** What the client knows of a person. */
interface Known {
  enrolled: boolean;
  /** Line that was entered for the person. */
  line?: number;
}

/** Runs the kills. */
export async function runRecordsKills(
  kills: number,
  seed: number,
  log: (line: string) => void,
): Promise<RecordsKillReport> {
  using folder = temporaryFolder();
  const random = seededRandom(seed);
  const start = () => startProcess(folder.path, { readers: [{ kind: 'virtual' }] });
  let daemon = await start();
  const there = new Map<string, Known>();
  const gone = new Set<string>();
  const uncertain = new Set<string>();
  const faults: string[] = [];
  const violations: string[] = [];
  let [created, deleted, resumed, lines] = [0, 0, 0, 0];
  let active = Promise.withResolvers<void>();
  let lost = Promise.withResolvers<void>();
  const client = spawn(process.execPath, ['test/kill/records-client.ts', daemon.address], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface({ input: client.stdout }).on('line', (text) => {
    const [word = '', first = '', second = ''] = text.split(' ');
    if (word === 'asks') uncertain.add(first);
    if (word === 'created') {
      created += 1;
      uncertain.delete(first);
      there.set(first, { enrolled: false });
    }
    if (word === 'enrolled') there.set(first, { ...there.get(first), enrolled: true });
    if (word === 'line') there.set(second, { enrolled: true, ...there.get(second), line: Number(first) });
    if (word === 'deletes') {
      uncertain.add(first);
      there.delete(first);
    }
    if (word === 'deleted') {
      deleted += 1;
      uncertain.delete(first);
      gone.add(first);
    }
    if (word === 'fault') faults.push(first);
    if (word === 'lost') lost.resolve();
    else if (word !== 'joined') active.resolve();
  });
  try {
    for (let kill = 1; kill <= kills; kill++) {
      await active.promise;
      await delay(FIRST_KILL_MS + random() * (LAST_KILL_MS - FIRST_KILL_MS));
      await daemon.end('SIGKILL');
      await lost.promise;
      // What was asked before the kill is judged; what the client asks the next service is not known yet.
      const judged = { there: new Map(there), now: there, gone: new Set(gone), uncertain: new Set(uncertain) };
      [active, lost] = [Promise.withResolvers(), Promise.withResolvers()];
      uncertain.clear();
      gone.clear();
      daemon = await start();
      await using service = await connect({ address: daemon.address });
      const found = await judge(service, judged, (text) => violations.push(`kill ${kill}: ${text}`));
      resumed += found.resumed;
      lines = found.lines;
      for (const code of faults.splice(0)) violations.push(`kill ${kill}: the client met ${code}`);
      if (kill % 10 === 0) log(`kill ${kill} of ${kills}: ${created} created, ${violations.length} violations`);
    }
  } finally {
    client.kill('SIGKILL');
    await daemon.end('SIGKILL');
  }
  return { kills, seed, created, deleted, resumed, lines, violations };
}

/** Compares a service that has just started with what was acknowledged. */
async function judge(
  { people, journal, administration }: WhorlService,
  known: {
    readonly there: ReadonlyMap<string, Known>;
    /** Those that the client has not deleted since. */
    readonly now: ReadonlyMap<string, Known>;
    readonly gone: ReadonlySet<string>;
    readonly uncertain: ReadonlySet<string>;
  },
  fault: (text: string) => void,
): Promise<{ readonly resumed: number; readonly lines: number }> {
  const { broken, lines } = await journal.verify();
  if (broken !== undefined) fault(`line ${broken} of the journal is broken`);
  const everybody = new Map<string, { readonly fingers: number }>();
  for (let cursor: string | undefined; ; ) {
    const page = await people.list({ limit: 1000, ...(cursor !== undefined && { cursor }) });
    for (const { identity, fingers } of page.items) {
      if (identity.type === 'guid') everybody.set(identity.guid, { fingers: fingers.length });
    }
    cursor = page.next;
    if (cursor === undefined) break;
  }
  for (const [guid, { enrolled, line }] of known.there) {
    const person = everybody.get(guid);
    if (!known.now.has(guid)) continue;
    if (person === undefined) fault(`${guid} was acknowledged and is gone`);
    else if (enrolled && person.fingers !== 1) fault(`the finger of ${guid} was acknowledged and is gone`);
    if (line === undefined) continue;
    const { items } = await journal.list({ identity: guidIdentity(guid) });
    if (known.now.has(guid) && !items.some(({ number }: JournalLine) => number === line))
      fault(`line ${line} was acknowledged and is gone`);
  }
  const owners = new Set(
    (await administration.owners(PRIVATE_DATABASE_ID)).map(({ identity }) =>
      identity.type === 'guid' ? identity.guid : '',
    ),
  );
  let resumed = 0;
  for (const guid of [...known.gone, ...known.uncertain]) {
    const isThere = everybody.has(guid);
    if (isThere && known.gone.has(guid)) fault(`${guid} was deleted and is there`);
    if (isThere) continue;
    if (known.uncertain.has(guid)) resumed += 1;
    if (owners.has(guid)) fault(`${guid} is gone, and a finger is left`);
    const { total } = await journal.list({ identity: guidIdentity(guid), limit: 1 });
    if (total > 0) fault(`${guid} is gone, and ${total} lines still name it`);
  }
  const { faults } = await administration.status();
  for (const { code, message } of faults) fault(`${code}: ${message}`);
  return { resumed, lines };
}
