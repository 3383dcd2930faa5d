/**
 * Searches through four matching nodes while one fault after another befalls them: `node test/matching/under-load.ts
 * --minutes 10`. Prints what came of it as JSON; exits with 1 when an answer that was incomplete was reported complete.
 */

import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { isBiometricError } from '../../src/core/biometric-error.ts';
import { synthesizeMinutiae } from '../../src/fingerprint/synthesis/minutia-map.ts';
import { synthesizeTemplate } from '../../src/fingerprint/synthesis/synthesize-template.ts';
import { MatchingMachines, NO_MACHINES } from '../machines/matching-machines.ts';
import { startLiar } from './liar.ts';

const NODES = ['n1', 'n2', 'n3', 'n4'];
const PEOPLE = 2000;
/** Searches at once. */
const AT_ONCE = 2;
const { signal } = new AbortController();

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    people: { type: 'string', default: String(PEOPLE) },
    'enroll-ms': { type: 'string', default: '1000' },
    faults: { type: 'string', default: '' },
  },
});
if (NO_MACHINES !== undefined) {
  process.stderr.write(`skipped: ${NO_MACHINES}\n`);
  process.exit(0);
}

/** What happened to searches while a fault lasted. */
class Tally {
  complete = 0;
  /** Said to be incomplete, with parts missing. */
  incomplete = 0;
  /** Refused with a code, as nobody could be asked. */
  refused = 0;
  /** Complete by their own words, and yet somebody was not found, or not everything was searched. */
  wrong = 0;
  readonly tookMs: number[] = [];

  get summary() {
    const sorted = this.tookMs.toSorted((a, b) => a - b);
    const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
    const { complete, incomplete, refused, wrong } = this;
    return { complete, incomplete, refused, wrong, p50Ms: at(0.5), p99Ms: at(0.99), worstMs: at(1) };
  }
}

await using machines = await MatchingMachines.start({
  people: Number(values.people),
  nodes: NODES,
  deadlineMs: 8000,
  parts: 8,
});
const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;
let tally = new Tally();
let isOver = false;
let strangers = 0;
let added = 0;
const faults: { fault: string; seconds: number; heldTwiceAfterMs: number; tally: Tally }[] = [];

/** What a service knows, also while PostgreSQL is away: who is enrolled, and where the history was then. */
let known = { people: [...machines.enrolled], through: await machines.source.position() };

async function searchOnce(): Promise<void> {
  const isStranger = Math.random() < 0.1;
  const [recordId, template] = isStranger
    ? [undefined, synthesizeTemplate(synthesizeMinutiae(1_000_000 + strangers++), 1)]
    : pick(known.people);
  const least = known.people.length;
  const counted = tally;
  const beganMs = performance.now();
  try {
    const { through } = known;
    const search = { kind: 'identify', probe: template, through, signal } as const;
    const { candidates, missing, searched } = await machines.search.search(search);
    counted.tookMs.push(performance.now() - beganMs);
    if (missing.length > 0) counted.incomplete += 1;
    else if (searched >= least && (recordId === undefined || candidates[0]?.recordId === recordId))
      counted.complete += 1;
    else {
      counted.wrong += 1;
      process.stderr.write(
        `wrong: ${JSON.stringify({ recordId, found: candidates.slice(0, 2), searched, least, through, now: machines.enrolled.size })}\n`,
      );
    }
  } catch (thrown) {
    if (!isBiometricError(thrown) || thrown.code !== 'WHORL_E_OFFLINE') throw thrown;
    counted.refused += 1;
    // As a person would.
    await pause(100);
  }
}

async function keepSearching(): Promise<void> {
  while (!isOver) await searchOnce();
}

/** Somebody is enrolled now and then, and has to be found from then on. */
async function keepEnrolling(): Promise<void> {
  while (!isOver) {
    await pause(Number(values['enroll-ms']));
    const template = synthesizeTemplate(synthesizeMinutiae(500_000 + added++), 1);
    await machines
      .add(template)
      .then(async (recordId) => {
        machines.enrolled.set(recordId, template);
        const people = [...machines.enrolled];
        known = { people, through: await machines.source.position() };
      })
      .catch(() => {});
  }
}

const ALL_FAULTS: readonly (readonly [string, () => Promise<void>])[] = [
  ['none', () => pause(8000)],
  [
    'a node is killed, and comes back',
    async () => {
      await machines.endNode('n1', 'SIGKILL');
      await pause(4000);
      await machines.startNode('n1');
    },
  ],
  [
    'a node hangs for four seconds',
    async () => {
      machines.signalNode('n2', 'SIGSTOP');
      await pause(4000);
      machines.signalNode('n2', 'SIGCONT');
    },
  ],
  [
    'a node is slow',
    async () => {
      for (let i = 0; i < 20; i++) {
        machines.signalNode('n3', 'SIGSTOP');
        await pause(350);
        machines.signalNode('n3', 'SIGCONT');
        await pause(50);
      }
    },
  ],
  [
    'a node joins twice',
    async () => {
      const twin = await machines.startNode('n4');
      await pause(6000);
      twin.kill('SIGKILL');
    },
  ],
  [
    'a node answers garbage',
    async () => {
      await using _liar = await startLiar(machines);
      await pause(8000);
    },
  ],
  [
    'NATS is killed, and comes back',
    async () => {
      await machines.nats.kill();
      await pause(1000);
      await machines.nats.begin();
    },
  ],
  [
    'NATS hangs for four seconds',
    async () => {
      machines.nats.signal('SIGSTOP');
      await pause(4000);
      machines.nats.signal('SIGCONT');
    },
  ],
  [
    'both nodes that hold some part are killed at once',
    async () => {
      const holders = machines.search.members.filter(({ held }) => held.some(({ part }) => part === 0));
      const names = holders.map(({ node }) => node);
      await Promise.all(names.map((name) => machines.endNode(name, 'SIGKILL')));
      await pause(6000);
      await Promise.all(names.map((name) => machines.startNode(name)));
    },
  ],
  [
    'PostgreSQL is killed, and comes back',
    async () => {
      await machines.postgres.kill();
      await pause(3000);
      await machines.postgres.begin();
    },
  ],
  [
    'nodes are restarted one after the other',
    async () => {
      for (const name of NODES) {
        await machines.endNode(name, 'SIGTERM');
        await machines.startNode(name);
        await machines.untilHeld(2);
      }
    },
  ],
];

const FAULTS = ALL_FAULTS.filter(([fault]) => fault.includes(values.faults));
const endMs = performance.now() + 60_000 * Number(values.minutes);
const working = [keepEnrolling(), ...Array.from({ length: AT_ONCE }, keepSearching)];
for (let turn = 0; performance.now() < endMs || turn < FAULTS.length; turn++) {
  const [fault, run] = FAULTS[turn % FAULTS.length]!;
  tally = new Tally();
  const beganMs = performance.now();
  await run();
  const ranMs = performance.now();
  await machines.untilHeld(2);
  const heldTwiceAfterMs = Math.round(performance.now() - ranMs);
  await pause(2000);
  const seconds = Math.round((performance.now() - beganMs) / 1000);
  faults.push({ fault, seconds, heldTwiceAfterMs, tally });
  process.stderr.write(`${fault}: ${JSON.stringify(tally.summary)}\n`);
}
isOver = true;
await Promise.all(working);
const results = faults.map(({ tally: counted, ...rest }) => ({ ...rest, ...counted.summary }));
const total = (name: 'complete' | 'incomplete' | 'refused' | 'wrong') =>
  results.reduce((sum, each) => sum + each[name], 0);
const wrong = total('wrong');
const totals = { complete: total('complete'), incomplete: total('incomplete'), refused: total('refused'), wrong };
process.stdout.write(
  `${JSON.stringify({ people: machines.enrolled.size, nodes: NODES.length, totals, results }, null, 2)}\n`,
);
if (wrong > 0) process.exitCode = 1;
