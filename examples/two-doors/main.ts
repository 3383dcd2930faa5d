/**
 * Two doors, one list of people: a service at each, PostgreSQL between them, and what happens when it is unplugged. Starts a
 * server of its own with Debian's PostgreSQL (`apt-get install postgresql`). Run it: `node examples/two-doors/main.ts`
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type WhorlService } from 'whorl';
import { PostgresServer } from './postgres-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'two-doors-'));
// Both services have the same master key, from a place of your own in earnest.
process.env.TWO_DOORS_KEY = '5eed'.repeat(16);

/** The service of a door: a state directory of its own, everything else shared. */
function door(site: string, url: string): Promise<WhorlService> {
  return connect({
    embedded: {
      state: { directory: join(folder, site) },
      keys: { environment: 'TWO_DOORS_KEY' },
      readers: [{ kind: 'virtual' }],
      shared: { site, postgres: { url, timeoutMs: 1000 } },
    },
  });
}

/** Touches the reader of a door; who is it? */
async function touch(service: WhorlService, person: number): Promise<string> {
  await using session = await service.openSession();
  const asking = session.identify();
  while ((await service.virtualReader().touch({ person, finger: 'right-index', impression: 20 })) === 'lost');
  const outcome = await asking;
  return outcome.kind === 'identified' ? `opens for ${outcome.person?.name}` : 'stays shut';
}

/** Enrolls a person at a door, touch by touch. */
async function enroll(service: WhorlService, name: string, person: number): Promise<void> {
  const { identity } = await service.people.create({ name });
  await using session = await service.openSession();
  await using enrollment = await session.beginEnrollment({ finger: 'right-index' });
  const steps = enrollment[Symbol.asyncIterator]();
  for (let impression = 1; ; impression++) {
    const [step] = await Promise.all([
      steps.next(),
      service.virtualReader().touch({ person, finger: 'right-index', impression }),
    ]);
    if (step.done === true || step.value.kind === 'sufficient') break;
  }
  await enrollment.commit({ owner: identity });
}

/** Waits until something is so. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 50));
}

const isLive = async (service: WhorlService) => (await service.administration.status()).shared?.live === true;

try {
  await using server = await PostgresServer.start(join(folder, 'postgres'));
  await using north = await door('north', server.url);
  await using south = await door('south', server.url);

  await enroll(north, 'Ada Lovelace', 1);
  console.log('north: Ada Lovelace is enrolled');
  await until(async () => (await touch(south, 1)) !== 'stays shut');
  console.log(`south: ${await touch(south, 1)}`);

  await server.unplug();
  await until(async () => !(await isLive(south)));
  console.log('the database is unplugged');
  console.log(`south: ${await touch(south, 1)}`);
  await south.people
    .create({ name: 'Charles Babbage' })
    .catch(({ code }) => console.log(`south: nobody is added: ${code}`));

  await server.plugIn();
  await until(() => isLive(south));
  console.log('the database is back');
  await enroll(south, 'Charles Babbage', 2);
  await until(async () => (await touch(north, 2)) !== 'stays shut');
  console.log(`north: ${await touch(north, 2)}`);
  await until(async () => {
    const { items } = await north.journal.list({ kinds: ['recognised'], limit: 100 });
    return items.filter(({ site }) => site === 'south').length >= 3;
  });
  console.log('north: its journal has the lines of south, those of the meantime too');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
