/** Random faults in a random order while people are enrolled, deleted and searched for: no answer says too much. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isBiometricError } from '../../src/core/biometric-error.ts';
import type { MatcherNode } from '../../src/matching/node/matcher-node.ts';
import { seededRandom } from '../../src/testkit/seeded-random.ts';
import { Cluster } from './cluster.ts';
import { PlainEngine, plainTemplate } from './plain-engine.ts';

const STEPS = ['enroll', 'delete', 'search', 'start', 'stop', 'cut', 'mend', 'spoil', 'heal'] as const;

test('whatever happens, a complete answer holds exactly who is enrolled', async () => {
  let complete = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...STEPS), { minLength: 10, maxLength: 40 }),
      fc.integer({ min: 0, max: 2 ** 31 }),
      async (steps, seed) => {
        const random = seededRandom(seed);
        const pick = (below: number): number => Math.floor(random() * below);
        await using cluster = await Cluster.open(4);
        const enrolled = new Map<number, number>();
        const nodes: MatcherNode[] = [];
        const searches: Promise<unknown>[] = [];
        const start = async (): Promise<void> => {
          const slow = new PlainEngine(async () => {
            if (random() < 0.3) await new Promise((resolve) => setTimeout(resolve, pick(8)));
          });
          nodes.push(await cluster.node(`n${pick(4)}`, slow, { aliveMs: 20 }));
        };
        await start();
        await start();
        const coordinator = cluster.coordinator({ deadlineMs: 120, hedgeAfterMs: 15, hedgeShare: 0.5, random });
        const search = async (): Promise<void> => {
          const finger = pick(12);
          const expected = enrolled.get(finger);
          const through = await cluster.database.position();
          const { signal } = new AbortController();
          const asked = coordinator.search({ kind: 'identify', probe: plainTemplate(finger), through, signal });
          const answer = await asked.catch((thrown: unknown) => {
            expect(isBiometricError(thrown) && thrown.code).toBe('WHORL_E_OFFLINE');
            return undefined;
          });
          if (answer === undefined || answer.missing.length > 0) return;
          complete += 1;
          // What was stored or deleted while it ran may be in it or not; what was there before it has to be.
          const isSettled = (await cluster.database.position()).change === through.change;
          const found = answer.candidates.map(({ recordId }) => recordId);
          if (isSettled) expect(found).toEqual(expected === undefined ? [] : [expected]);
          else if (expected !== undefined && enrolled.get(finger) === expected) expect(found).toContain(expected);
        };
        for (const step of steps) {
          if (step === 'enroll') {
            const finger = pick(12);
            if (!enrolled.has(finger)) {
              const [recordId] = await cluster.enroll([plainTemplate(finger)]);
              enrolled.set(finger, recordId!);
            }
          } else if (step === 'delete') {
            const [finger] = [...enrolled.keys()];
            const wanted = finger === undefined ? undefined : enrolled.get(finger);
            for await (const batch of cluster.database.query({})) {
              for (const { recordId, identity } of batch) {
                if (recordId === wanted) await cluster.database.delete({ identity });
              }
            }
            if (finger !== undefined) enrolled.delete(finger);
          } else if (step === 'search') searches.push(search());
          else if (step === 'start' && nodes.length < 6) await start();
          else if (step === 'stop') await nodes.splice(pick(nodes.length), 1)[0]?.[Symbol.asyncDispose]();
          else if (step === 'cut') cluster.bus.set('down');
          else if (step === 'mend') cluster.bus.set('up');
          else if (step === 'spoil') {
            cluster.bus.carry = async ({ bytes }) => {
              if (random() < 0.15) return undefined;
              if (random() < 0.15) return bytes.map((byte) => (random() < 0.05 ? byte ^ 1 : byte));
              if (random() < 0.2) await new Promise((resolve) => setTimeout(resolve, pick(20)));
              return bytes;
            };
          } else if (step === 'heal') cluster.bus.carry = ({ bytes }) => bytes;
          if (random() < 0.5) await new Promise((resolve) => setTimeout(resolve, pick(30)));
        }
        cluster.bus.set('up');
        cluster.bus.carry = ({ bytes }) => bytes;
        if (nodes.length === 0) await start();
        for (let i = 0; i < 3; i++) searches.push(search());
        await Promise.all(searches);
      },
    ),
    { numRuns: 15 },
  );
  expect(complete).toBeGreaterThan(10);
});
