/**
 * What a search through four matching nodes costs above one in a single gallery: both are measured in one run, in turns, with
 * as many threads. The nodes are processes over private servers of PostgreSQL and NATS. Usage: node bench/matching.ts
 * [--people 20000] [--nodes 4] [--parts 16] [--searches 60] [--json]
 */

import { parseArgs } from 'node:util';
import { printReport } from '../src/cli/engine/bench/bench-run.ts';
import { EngineThreads } from '../src/composition/threads/engine-threads.ts';
import { conditions } from '../src/evaluation/conditions.ts';
import { quantile, round } from '../src/evaluation/statistics.ts';
import { FingerprintEngine } from '../src/fingerprint/engine/fingerprint-engine.ts';
import { synthesizeMinutiae } from '../src/fingerprint/synthesis/minutia-map.ts';
import { synthesizeTemplate } from '../src/fingerprint/synthesis/synthesize-template.ts';
import { MatchingMachines, NO_MACHINES } from '../test/machines/matching-machines.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '20000' },
    nodes: { type: 'string', default: '4' },
    parts: { type: 'string', default: '16' },
    searches: { type: 'string', default: '60' },
    json: { type: 'boolean', default: false },
  },
});
if (NO_MACHINES !== undefined) throw new TypeError(NO_MACHINES);
const [people, count, parts, searches] = [values.people, values.nodes, values.parts, values.searches].map(Number) as [
  number,
  number,
  number,
  number,
];
const { signal } = new AbortController();

await using machines = await MatchingMachines.start({
  people,
  nodes: Array.from({ length: count }, (_, i) => `n${i + 1}`),
  parts,
  deadlineMs: 60_000,
});
await using runner = new EngineThreads(count);
await using engine = new FingerprintEngine({ runner });
using gallery = engine.createGallery();
const { records } = await machines.source.load({ of: 1, index: 0 });
for await (const batch of records) {
  for (const { recordId, template, searchCodes } of batch) gallery.add(recordId, template, searchCodes);
}
const through = await machines.source.position();
const recordIds = [...machines.enrolled.keys()];
const localMs: number[] = [];
const nodesMs: number[] = [];
let equal = 0;
let found = 0;
for (let i = -3; i < searches; i++) {
  // Mates, as whoever is enrolled brings them: another impression.
  const finger = Math.abs(i * 7919) % people;
  const probe = synthesizeTemplate(synthesizeMinutiae(finger + 1), 2);
  const beganMs = performance.now();
  const [local] = await engine.identify(probe, gallery, { signal });
  const betweenMs = performance.now();
  const { candidates, missing } = await machines.search.search({ kind: 'identify', probe, through, signal });
  const endMs = performance.now();
  if (missing.length > 0) throw new TypeError(`parts ${missing} are missing`);
  // The first searches warm both up.
  if (i < 0) continue;
  localMs.push(betweenMs - beganMs);
  nodesMs.push(endMs - betweenMs);
  if (local?.recordId === candidates[0]?.recordId && local?.score === candidates[0]?.score) equal += 1;
  if (candidates[0]?.recordId === recordIds[finger]) found += 1;
}
const ms = (times: readonly number[], share: number): number => round(quantile(times, share));
printReport(
  {
    people,
    nodes: count,
    parts,
    searches,
    localP50Ms: ms(localMs, 0.5),
    localP99Ms: ms(localMs, 0.99),
    nodesP50Ms: ms(nodesMs, 0.5),
    nodesP99Ms: ms(nodesMs, 0.99),
    ratioP50: round(quantile(nodesMs, 0.5) / quantile(localMs, 0.5)),
    bestEqual: equal,
    found,
    ...conditions(1),
  },
  values.json,
);
