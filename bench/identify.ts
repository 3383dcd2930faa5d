/**
 * Speed and loss of a search. The gallery holds one template each of synthetic fingers made without images, and the
 * mates of the probes: synthetic ones and, where available, prints of the development sets. Usage: node
 * bench/identify.ts [--gallery 10000] [--threads 1] [--exact] [--probes 40] [--loss-probes 100] [--fingers <n>] [--json]
 * With fewer fingers than references, their templates are added again and again, with search codes made once.
 */

import { parseArgs } from 'node:util';
import { Piscina } from 'piscina';
import { printReport } from '../src/cli/engine/bench/bench-run.ts';
import { EngineThreads } from '../src/composition/threads/engine-threads.ts';
import { conditions } from '../src/evaluation/conditions.ts';
import { quantile, round } from '../src/evaluation/statistics.ts';
import { FingerprintEngine } from '../src/fingerprint/engine/fingerprint-engine.ts';
import type { PackedGallery } from '../src/fingerprint/search/packed-gallery.ts';
import { firstStageLoss, type MatedProbe } from './first-stage-loss.ts';
import { type MatedFinger, realFingers, syntheticFingers } from './mated-probes.ts';
import { pick } from './pick.ts';
import type { SynthesisRange } from './synthesis-worker.ts';

/** First record number of a mate. */
const FIRST_MATE = 2 ** 40;
/** Distractors in the gallery that measures the loss, where every reference is compared in full. */
const LOSS_GALLERY = 2000;
const CHUNK = 1000;
/** Probes without a mate, and the number of the first: no other finger has it. */
const STRANGERS = 10;
const FIRST_STRANGER = 2 ** 41;
const CODING_SAMPLE = 2000;

const { values } = parseArgs({
  options: {
    gallery: { type: 'string', default: '10000' },
    threads: { type: 'string', default: '1' },
    probes: { type: 'string', default: '40' },
    fingers: { type: 'string' },
    'loss-probes': { type: 'string', default: '100' },
    exact: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const number = (text: string, least: number): number => {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) throw new TypeError(`"${text}" is not a number from ${least} on`);
  return value;
};
const size = number(values.gallery, 1);
const threads = number(values.threads, 1);
const probeCount = number(values.probes, 1);
const lossCount = number(values['loss-probes'], 0);
const fingers = number(values.fingers ?? values.gallery, 1);

await using runner = new EngineThreads(threads);
// Searches that find nothing would look for turned prints, too.
await using engine = new FingerprintEngine({ runner, exact: values.exact, rotation: 'upright' });
await using anyEngine = new FingerprintEngine({ runner, exact: values.exact, rotation: 'any' });
const { signal } = new AbortController();
const real = realFingers();
const mates = [...real, ...syntheticFingers(Math.max(real.length, probeCount, Math.ceil(lossCount / 2)))];
const allProbes = mates.flatMap(({ source, probes }, finger) =>
  probes.map((probe) => ({ source, probe, mate: FIRST_MATE + finger })),
);

using gallery = engine.createGallery();
const load = await fill(gallery, Math.max(0, size - mates.length), mates.slice(0, size));
const search = await measureSearches();
printReport(
  {
    gallery: gallery.size,
    threads,
    exact: values.exact,
    ...search,
    ...load,
    codedPerSecond: await measureCoding(),
    bytesPerTemplate: Math.round(gallery.bytes / gallery.size),
    ...(await measureStrangers()),
    ...(await measureCancel()),
    ...(lossCount > 0 && !values.exact && (await measureLoss())),
    data: `synthetic templates${real.length > 0 ? `, probes of ${real.length} fingers of the development sets` : ''}`,
    ...conditions(1),
  },
  values.json,
);

/** Adds distractors and mates. Returns how fast that was, and the mean bytes of a template. */
async function fill(into: PackedGallery, distractors: number, among: readonly MatedFinger[]) {
  const pool = new Piscina<SynthesisRange, Uint8Array[]>({
    filename: new URL('./synthesis-worker.ts', import.meta.url).href,
    maxThreads: threads,
  });
  let addMs = 0;
  let bytes = 0;
  const repeated: { readonly template: Uint8Array; readonly codes: Uint8Array }[] = [];
  const add = (recordId: number, template: Uint8Array, codes?: Uint8Array): void => {
    const start = performance.now();
    into.add(recordId, template, codes);
    addMs += performance.now() - start;
    bytes += template.length;
  };
  const start = performance.now();
  const made = Math.min(fingers, distractors);
  for (let first = 0; first < made; first += CHUNK * threads) {
    const ranges = Array.from({ length: threads }, (_, i) => first + i * CHUNK).filter((from) => from < made);
    const chunks = await Promise.all(
      ranges.map((from) => pool.run({ first: from, last: Math.min(made, from + CHUNK), impression: 1 })),
    );
    for (const [i, from] of ranges.entries()) {
      const templates = pick(chunks, i);
      const codes = made < distractors ? await engine.searchCodes(templates, { signal }) : [];
      for (const [k, template] of templates.entries()) {
        add(from + k, template, codes[k]);
        if (codes[k] !== undefined) repeated.push({ template, codes: codes[k] });
      }
    }
  }
  const madeMs = performance.now() - start;
  for (let recordId = made; recordId < distractors; recordId++) {
    const { template, codes } = pick(repeated, recordId);
    add(recordId, template, codes);
  }
  for (const [i, { reference }] of among.entries()) add(FIRST_MATE + i, reference);
  await pool.destroy();
  await coded(into);
  return {
    templateBytes: Math.round(bytes / into.size),
    addedPerSecond: Math.round((1000 * into.size) / addMs),
    madePerSecond: distractors === 0 ? 0 : Math.round((1000 * made) / madeMs),
  };
}

/** Waits until everything is coded. */
async function coded(of: PackedGallery): Promise<void> {
  while (of.published < of.queued) await new Promise((resolve) => setTimeout(resolve, 1));
}

async function measureSearches() {
  const inGallery = allProbes.filter(({ mate }) => gallery.has(mate));
  const probes = Array.from({ length: probeCount }, (_, i) =>
    pick(inGallery, Math.floor((i * inGallery.length) / probeCount)),
  );
  await engine.identify(pick(probes).probe, gallery, { signal });
  const latencies: number[] = [];
  const found = { real: 0, synthetic: 0 };
  let wrong = 0;
  for (const { probe, mate, source } of probes) {
    const start = performance.now();
    const [best] = await engine.identify(probe, gallery, { signal });
    latencies.push(performance.now() - start);
    if (best?.recordId === mate) found[source]++;
    else if (best !== undefined) wrong++;
  }
  const perSecond = (1000 * gallery.size * probeCount) / latencies.reduce((sum, ms) => sum + ms, 0);
  const of = (source: string): number => probes.filter((probe) => probe.source === source).length;
  return {
    templatesPerSecond: Math.round(perSecond),
    templatesPerSecondPerThread: Math.round(perSecond / threads),
    p50Ms: round(quantile(latencies, 0.5), 1),
    p99Ms: round(quantile(latencies, 0.99), 1),
    probes: probeCount,
    foundReal: `${found.real} of ${of('real')}`,
    foundSynthetic: `${found.synthetic} of ${of('synthetic')}`,
    wrong,
  };
}

/** Time until somebody is unknown, with prints upright and turned by any angle. */
async function measureStrangers() {
  const strangers = syntheticFingers(STRANGERS, FIRST_STRANGER).map(({ reference }) => reference);
  const p50 = async (by: FingerprintEngine): Promise<number> => {
    const latencies: number[] = [];
    for (const probe of strangers) {
      const start = performance.now();
      await by.identify(probe, gallery, { signal });
      latencies.push(performance.now() - start);
    }
    return round(quantile(latencies, 0.5), 1);
  };
  return { unknownUprightP50Ms: await p50(engine), unknownAnyRotationP50Ms: await p50(anyEngine) };
}

/** Templates coded a second on all threads, in a separate gallery. */
async function measureCoding(): Promise<number> {
  using sample = engine.createGallery();
  const templates = Array.from({ length: CODING_SAMPLE }, (_, i) => pick(mates, i).reference);
  const start = performance.now();
  for (const [i, template] of templates.entries()) sample.add(i, template);
  await coded(sample);
  return Math.round((1000 * CODING_SAMPLE) / (performance.now() - start));
}

/** Time from an abort in mid-search until the threads are free again. */
async function measureCancel() {
  const latencies: number[] = [];
  for (let i = 0; i < 20; i++) {
    const controller = new AbortController();
    const canceled = engine.identify(pick(allProbes, i).probe, gallery, { signal: controller.signal });
    await new Promise((resolve) => setTimeout(resolve, 3));
    const start = performance.now();
    controller.abort();
    await canceled.catch(() => {});
    // A task that ends at once runs only on a free thread.
    const idle = {
      kind: 'compare' as const,
      probe: pick(mates).reference,
      references: [],
      cancel: new SharedArrayBuffer(4),
    };
    await Promise.all(Array.from({ length: threads }, () => runner.run(idle, { signal })));
    latencies.push(performance.now() - start);
  }
  return { cancelP50Ms: round(quantile(latencies, 0.5), 2), cancelMostMs: round(Math.max(...latencies), 2) };
}

async function measureLoss() {
  using small = engine.createGallery();
  await fill(small, LOSS_GALLERY, mates);
  const some = (source: string): MatedProbe[] => {
    const probes = allProbes.filter((probe) => probe.source === source);
    const count = Math.min(probes.length, Math.ceil(lossCount / 2));
    return Array.from({ length: count }, (_, i) => pick(probes, Math.floor((i * probes.length) / count)));
  };
  const loss: Record<string, unknown> = {};
  if (real.length > 0) loss.lossReal = await textOfLoss(some('real'));
  loss.lossSynthetic = await textOfLoss(some('synthetic'));
  return loss;

  async function textOfLoss(probes: readonly MatedProbe[]) {
    const { lostInterval, ...figures } = await firstStageLoss(runner, small, probes);
    const [low, high] = lostInterval;
    return values.json
      ? { ...figures, lostInterval }
      : `${figures.lost} of ${figures.first} (${low} to ${high} %), ${figures.lostAtScore5} of ${figures.firstAtScore5} with a score of 5`;
  }
}
