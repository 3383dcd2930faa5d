/**
 * A service with many readers while many consoles look at it: each asks whether it answers, how its units are, and follows the
 * journal, as the pages do; people are looked for and fingers come meanwhile. The people are those of `bench people --folder`.
 * Usage: node bench/consoles.ts [--readers 200] [--consoles 50] [--seconds 30] [--touches 2] [--folder <path>] [--json]
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { printReport } from '../src/cli/engine/bench/bench-run.ts';
import { conditions } from '../src/evaluation/conditions.ts';
import { connect, type WhorlService } from '../src/exports/whorl/index.ts';
import { percentile } from './trial.ts';

const { values } = parseArgs({
  options: {
    readers: { type: 'string', default: '200' },
    consoles: { type: 'string', default: '50' },
    seconds: { type: 'string', default: '30' },
    touches: { type: 'string', default: '2' },
    folder: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
/** What a page asks again and again, and how often, milliseconds. */
const LOOK_MS = 2000;

const temporary = mkdtempSync(join(tmpdir(), 'whorl-consoles-'));
const readers = Array.from({ length: Number(values.readers) }, (_, i) => ({
  kind: 'virtual',
  name: `reader-${i + 1}`,
}));
const doors = readers.map(({ name }) => ({ name: `door ${name}`, reader: name, actions: [] }));
const config = join(temporary, 'whorl.config.json');
writeFileSync(
  config,
  JSON.stringify({ state: { directory: values.folder ?? join(temporary, 'state') }, readers, doors }),
);

const began = performance.now();
const child = spawn(process.execPath, ['src/cli/main.ts', 'serve', '--json', '--config', config], {
  stdio: ['ignore', 'pipe', 'ignore'],
});
try {
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const readyMs = Math.round(performance.now() - began);
  printReport(
    { readyMs, ...(await measured((JSON.parse(line) as { address: string }).address)), ...conditions(1) },
    values.json,
  );
} finally {
  child.kill('SIGTERM');
  await once(child, 'exit');
  rmSync(temporary, { recursive: true, force: true });
}

async function measured(address: string) {
  const ending = new AbortController();
  const { signal } = ending;
  const [answers, lines, searches] = [[] as number[], [] as number[], [] as number[]];
  const consoles = await Promise.all(Array.from({ length: Number(values.consoles) }, () => connect({ address })));
  const touched = new Map<number, number>();
  const running = consoles.flatMap((service) => [
    looking(service, answers, signal),
    following(service, (number) => lines.push(performance.now() - (touched.get(number) ?? Number.NaN)), signal),
  ]);
  await using service = await connect({ address });
  const before = await service.administration.health();
  const cpuBefore = performance.now();
  const untilMs = performance.now() + 1000 * Number(values.seconds);
  let touches = 0;
  while (performance.now() < untilMs) {
    const reader = `reader-${1 + ((touches * 7) % readers.length)}`;
    const began = performance.now();
    // A stranger's finger: all templates are searched for it.
    touched.set(await lastLine(service), began);
    touches +=
      (await service.virtualReader(reader).touch({ person: 77, finger: 'right-index', impression: touches })) ===
      'captured'
        ? 1
        : 0;
    const searchBegan = performance.now();
    await service.people.list({ text: ['lov ada', 'mull', 'smith jo', 'gar'][touches % 4] ?? '', limit: 50 });
    searches.push(performance.now() - searchBegan);
    await delay(1000 / Number(values.touches));
  }
  const after = await service.administration.health();
  const elapsed = performance.now() - cpuBefore;
  ending.abort();
  await Promise.allSettled(running);
  await Promise.all(consoles.map((each) => each.close()));
  const known = lines.filter((ms) => !Number.isNaN(ms));
  const ms = (all: readonly number[], share: number) => Math.round(10 * percentile(all, share)) / 10;
  return {
    readers: readers.length,
    consoles: consoles.length,
    people: (await service.people.list({ limit: 1 })).total,
    touches,
    requestsPerSecond: Math.round((1000 * answers.length) / elapsed),
    'answer p50 ms': ms(answers, 0.5),
    'answer p99 ms': ms(answers, 0.99),
    'people search p50 ms': ms(searches, 0.5),
    'people search p99 ms': ms(searches, 0.99),
    'touch to line p50 ms': ms(known, 0.5),
    'touch to line p99 ms': ms(known, 0.99),
    'engine share': Math.round((100 * (after.engine.busyMs - before.engine.busyMs)) / elapsed) / 100,
    megabytes: Math.round(after.residentBytes / 1e6),
  };
}

/** Number that the next line of the journal will have. */
async function lastLine(service: WhorlService): Promise<number> {
  return ((await service.journal.list({ limit: 1 })).items[0]?.number ?? 0) + 1;
}

async function looking(service: WhorlService, answers: number[], signal: AbortSignal): Promise<void> {
  let after = 0;
  while (!signal.aborted) {
    for (const ask of [
      () => service.administration.status(),
      () => service.places.list(),
      async () => {
        const { answered } = await service.administration.health({ after });
        after = answered.at(-1)?.number ?? after;
      },
    ]) {
      const began = performance.now();
      await ask();
      answers.push(performance.now() - began);
    }
    await delay(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function following(service: WhorlService, seen: (number: number) => void, signal: AbortSignal): Promise<void> {
  for await (const { number } of service.journal.follow({ signal })) seen(number);
}
