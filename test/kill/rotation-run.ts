/** Kills a service while its keys are being rotated, at random moments, and checks that every template still opens. */

import { setTimeout as delay } from 'node:timers/promises';
import { synthesizeMinutiae, synthesizeTemplate } from '../../src/exports/fingerprint/index.ts';
import { connect, PRIVATE_DATABASE_ID, type WhorlService } from '../../src/exports/whorl/index.ts';
import { seededRandom } from '../../src/testkit/seeded-random.ts';
import { type DaemonProcess, startProcess, temporaryFolder } from '../daemon/start.ts';

/** People in the directory meanwhile. */
const PEOPLE = 20;

export interface RotationOptions {
  readonly kills: number;
  readonly templates: number;
  readonly seed: number;
  readonly log?: (line: string) => void;
}

/** What the run found; each violation is a sentence. */
export interface RotationReport extends Omit<RotationOptions, 'log'> {
  /** How long a rotation takes that nobody kills, milliseconds. */
  readonly rotationMs: number;
  /** Rotations that were acknowledged before the kill came. */
  readonly completed: number;
  readonly violations: readonly string[];
}

/** Runs it. Rejects when a service does not start again. */
export async function runRotationKills({
  kills,
  templates,
  seed,
  log = () => {},
}: RotationOptions): Promise<RotationReport> {
  using folder = temporaryFolder();
  const random = seededRandom(seed);
  const violations: string[] = [];
  let running: DaemonProcess | undefined;
  await using _last = { [Symbol.asyncDispose]: async () => void (await running?.end('SIGKILL')) };
  const start = async () => {
    const daemon = await startProcess(folder.path, { log: { level: 'error' } });
    running = daemon;
    return { daemon, service: await connect({ address: daemon.address }) };
  };
  let { daemon, service } = await start();
  await fill(service, templates);
  for (let i = 0; i < PEOPLE; i++) await service.people.create({ name: `Person ${i}` });
  const beganMs = performance.now();
  await rotate(service);
  const rotationMs = Math.round(performance.now() - beganMs);
  log(`${templates} templates; a rotation takes ${rotationMs} ms`);
  let completed = 0;
  for (let kill = 1; kill <= kills; kill++) {
    const rotating = rotate(service).then(
      () => void (completed += 1),
      () => undefined,
    );
    await delay(rotationMs * random());
    await daemon.end('SIGKILL');
    await rotating;
    await service.close();
    ({ daemon, service } = await start());
    const found = (await service.administration.owners(PRIVATE_DATABASE_ID)).length;
    const { total } = await service.people.list({ text: 'person' });
    if (total !== PEOPLE) violations.push(`kill ${kill}: ${total} of ${PEOPLE} people`);
    const { broken } = await service.journal.verify();
    if (broken !== undefined) violations.push(`kill ${kill}: line ${broken} of the journal is broken`);
    const { faults } = await service.administration.status();
    if (found !== templates) violations.push(`kill ${kill}: ${found} of ${templates} templates`);
    for (const { code, message } of faults) violations.push(`kill ${kill}: ${code}: ${message}`);
    if (kill % 10 === 0)
      log(`${kill} of ${kills} kills, ${completed} rotations completed, ${violations.length} violations`);
  }
  await service.close();
  await daemon.end('SIGTERM');
  running = undefined;
  return { kills, templates, seed, rotationMs, completed, violations };
}

const rotate = ({ channel }: WhorlService) => channel.ask('administration', { kind: 'rotate-keys' });

async function fill({ administration }: WhorlService, templates: number): Promise<void> {
  const rows = Array.from({ length: templates }, (_, i) => ({
    person: `person ${i}`,
    finger: 'right-index' as const,
    print: synthesizeTemplate(synthesizeMinutiae(i), 1),
  }));
  for await (const { kind, ...row } of administration.importTemplates(rows, { databaseId: PRIVATE_DATABASE_ID })) {
    if (kind !== 'stored') throw new TypeError(`row ${JSON.stringify(row)}: ${kind}`);
  }
}
