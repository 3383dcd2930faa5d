/**
 * Speed of a search on one thread. The gallery is made of synthetic fingers' minutiae: each template joins three sectors of
 * three impressions, jittered, so that no two are alike and none is anybody's.
 * Usage: node bench/identify.ts [--gallery 10000] [--json]
 */

import { parseArgs } from 'node:util';
import { FingerprintEngine } from '../src/fingerprint/engine/fingerprint-engine.ts';
import { extractImpression } from '../src/fingerprint/extract.ts';
import { synthesizeFinger } from '../src/fingerprint/synthesis/master-finger.ts';
import { Random } from '../src/fingerprint/synthesis/random.ts';
import { synthesizeImpression } from '../src/fingerprint/synthesis/synthesize-impression.ts';
import type { Impression } from '../src/fingerprint/template/impression.ts';
import { encodeTemplate } from '../src/fingerprint/template/template-codec.ts';

const FINGERS = 30;
const PROBES = 10;
const { values } = parseArgs({ options: { gallery: { type: 'string', default: '10000' }, json: { type: 'boolean' } } });
const size = Number(values.gallery);
const random = new Random(1);
const masters = Array.from({ length: FINGERS }, (_, i) => synthesizeFinger(5000 + i));
const first = masters.map((master) => extractImpression(synthesizeImpression(master, { seed: 1 })));

const engine = new FingerprintEngine();
using gallery = engine.createGallery();
const loadStart = performance.now();
for (let id = 0; id < size; id++) gallery.add(id, encodeTemplate([id < PROBES ? first[id]! : mixture()]));
const loadMs = performance.now() - loadStart;

const signal = new AbortController().signal;
const latencies: number[] = [];
let found = 0;
let wrong = 0;
for (let id = 0; id < PROBES; id++) {
  const probe = encodeTemplate([extractImpression(synthesizeImpression(masters[id]!, { seed: 2 }))]);
  const start = performance.now();
  const [best] = await engine.identify(probe, gallery, { signal });
  latencies.push(performance.now() - start);
  if (best?.recordId === id) found++;
  else if (best !== undefined) wrong++;
}
const total = latencies.reduce((sum, ms) => sum + ms, 0);
latencies.sort((a, b) => a - b);
const report = {
  gallery: size,
  threads: 1,
  templatesPerSecond: Math.round((1000 * size * PROBES) / total),
  p50Ms: Number(latencies[PROBES >> 1]!.toFixed(1)),
  mostMs: Number(latencies[PROBES - 1]!.toFixed(1)),
  found,
  wrong,
  probes: PROBES,
  bytesPerTemplate: Math.round(gallery.bytes / size),
  loadedPerSecond: Math.round((1000 * size) / loadMs),
  seed: 1,
  node: process.version,
};
if (values.json) console.log(JSON.stringify(report));
else for (const [name, value] of Object.entries(report)) console.log(`${name.padEnd(20)} ${value}`);

/** Three sectors of 120 degrees from three random impressions. */
function mixture(): Impression {
  const sources = [0, 1, 2].map(() => first[Math.floor(random.uniform() * FINGERS)]!);
  const turn = 2 * Math.PI * random.uniform();
  const rows = sources.flatMap((source, sector) =>
    Array.from({ length: source.count }, (_, i) => ({ source, i })).filter(({ i }) => {
      const angle = Math.atan2(source.y[i]! / 16 - 200, source.x[i]! / 16 - 160) + turn;
      return Math.floor((((angle / (2 * Math.PI)) % 1) + 1) * 3) % 3 === sector;
    }),
  );
  const jitter = (value: number, most: number): number => Math.max(0, Math.min(most, value + 32 * random.normal()));
  return {
    widthPx: 320,
    heightPx: 400,
    quality: 50,
    count: rows.length,
    x: Uint16Array.from(rows, ({ source, i }) => jitter(source.x[i]!, 5120)),
    y: Uint16Array.from(rows, ({ source, i }) => jitter(source.y[i]!, 6400)),
    direction: Uint8Array.from(rows, ({ source, i }) => source.direction[i]! + Math.round(3 * random.normal())),
    bifurcation: Uint8Array.from(rows, ({ source, i }) => source.bifurcation[i]!),
    minutiaQuality: Uint8Array.from(rows, ({ source, i }) => source.minutiaQuality[i]!),
    descriptors: Uint8Array.from(
      rows.flatMap(({ source, i }) => [...source.descriptors.subarray(15 * i, 15 * i + 15)]),
    ),
  };
}
