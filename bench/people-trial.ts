/**
 * A service with a directory of people, in a process of its own. Usage: node bench/people-trial.ts <folder> <people>
 * <fingers> fill, or measure; prints JSON.
 */

import { synthesizeMinutiae, synthesizeTemplate } from '../src/exports/fingerprint/index.ts';
import { connect, PRIVATE_DATABASE_ID, type TemplateRow, type WhorlService } from '../src/exports/whorl/index.ts';
import { seededRandom } from '../src/testkit/seeded-random.ts';
import { percentile, timed } from './trial.ts';

const ROUNDS = 20;
const PART = 20_000;
const FIRST = [
  'Ada',
  'Grace',
  'Émile',
  'Zoë',
  'Łukasz',
  'Søren',
  'Müge',
  'Anna',
  'John',
  'Wei',
  'Σοφία',
  'Иван',
  'أحمد',
  'ひろし',
];
const LAST = [
  'Lovelace',
  'Hopper',
  'Müller',
  'Nguyễn',
  'García',
  'Ødegård',
  'Kowalski',
  'Smith',
  'Çelik',
  'Παπαδόπουλος',
  'Петров',
];

const guidOf = (i: number) => `00000000-0000-4000-8000-${i.toString(16).toUpperCase().padStart(12, '0')}`;

const [folder = '', peopleCount = '0', fingerCount = '0', task = 'fill'] = process.argv.slice(2);
const people = Number(peopleCount);
const fingers = Number(fingerCount);
const began = performance.now();
await using service = await connect({ embedded: { state: { directory: folder } } });
const startMs = Math.round(performance.now() - began);
process.stdout.write(JSON.stringify(task === 'fill' ? await fill(service) : await measure(service)));

async function fill({ people: directory, administration }: WhorlService) {
  const random = seededRandom(3);
  const pick = (names: readonly string[]) => names[Math.floor(random() * names.length)] ?? '';
  const start = performance.now();
  for (let first = 0; first < people; first += PART) {
    const rows = Array.from({ length: Math.min(PART, people - first) }, (_, i) => {
      const name = `${pick(FIRST)} ${pick(LAST)} ${(first + i).toString(36)}`;
      return `${guidOf(first + i)},${name},${first + i},Group ${(first + i) % 50}`;
    });
    await directory.import(`identity,name,number,groups\n${rows.join('\n')}\n`);
  }
  const importSeconds = Math.round((performance.now() - start) / 1000);
  // One template stands for all: what is measured is how people are found, not how fingers are.
  const print = synthesizeTemplate(synthesizeMinutiae(1), 1);
  const names = ['right-index', 'left-index', 'right-thumb'] as const;
  function* rows(): Generator<TemplateRow> {
    for (let i = 0; i < fingers; i++) {
      yield { person: guidOf(i % people), finger: names[Math.floor(i / people)] ?? 'left-thumb', print };
    }
  }
  const begun = performance.now();
  let stored = 0;
  for await (const { kind } of administration.importTemplates(rows(), { databaseId: PRIVATE_DATABASE_ID })) {
    if (kind === 'stored') stored += 1;
  }
  return { people, fingers: stored, importSeconds, fingerSeconds: Math.round((performance.now() - begun) / 1000) };
}

async function measure({ people: directory, administration }: WhorlService) {
  const begun = performance.now();
  const { total } = await directory.list({ limit: 50 });
  const firstPageMs = Math.round(performance.now() - begun);
  let at = 0;
  const of = async (ask: () => Promise<unknown>) => {
    const times = await timed(ROUNDS, 3, async () => void (await ask()));
    const ms = (share: number) => Math.round(percentile(times, share) / 10) / 100;
    return { p50Ms: ms(0.5), p95Ms: ms(0.95) };
  };
  const { next = '' } = await directory.list({ limit: 1000 });
  return {
    total,
    startMs,
    firstPageMs,
    page: await of(() => directory.list({ limit: 50 })),
    'page of 1000': await of(() => directory.list({ limit: 1000, cursor: next })),
    'prefix of a name': await of(() => directory.list({ text: 'lovel', limit: 50 })),
    'parts of two words': await of(() => directory.list({ text: 'ova gra', limit: 50 })),
    'another script': await of(() => directory.list({ text: 'παπαδ', limit: 50 })),
    'one person': await of(() => directory.list({ text: (at++ + 5000).toString(36), limit: 50 })),
    'group, enrolled, by number': await of(() =>
      directory.list({ group: 'Group 7', enrolled: true, sort: 'number', limit: 50 }),
    ),
    'by identity': await of(() => directory.get({ type: 'guid', guid: guidOf(at++ % people) })),
    change: await of(async () => {
      const person = await directory.get({ type: 'guid', guid: guidOf(at++ % people) });
      return await directory.change(person.identity, { ...person, note: `${at}` });
    }),
    residentMegabytes: Math.round(((await administration.health()).residentBytes ?? 0) / 1e6),
  };
}
