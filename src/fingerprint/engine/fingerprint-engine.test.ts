/** The adapter: extraction of samples, enrollment, verification, identification, cancellation. */

import { describe, expect, it } from 'vitest';
import { BiometricError, hresultOf, isBiometricError } from '../../core/biometric-error.ts';
import { CODES } from '../../core/codes.ts';
import { WINBIO_FP_MERGE_FAILURE, WINBIO_PURPOSE_IDENTIFY } from '../../core/constants.ts';
import { encodeFingerprintSample } from '../../formats/bir/fingerprint-sample.ts';
import { synthesizeFinger } from '../synthesis/master-finger.ts';
import { synthesizeImpression } from '../synthesis/synthesize-impression.ts';
import { decodeTemplate } from '../template/template-codec.ts';
import type { EngineRunner } from './engine-runner.ts';
import type { EngineTask, EngineTaskResult } from './engine-tasks.ts';
import { executeTask } from './engine-tasks.ts';
import { FingerprintEngine } from './fingerprint-engine.ts';

const signal = new AbortController().signal;
const engine = new FingerprintEngine();

function sample(finger: number, impression: number): Uint8Array {
  const image = synthesizeImpression(synthesizeFinger(finger), { seed: impression });
  return encodeFingerprintSample(image, { purpose: WINBIO_PURPOSE_IDENTIFY });
}

const known = new Map<string, Promise<Uint8Array>>();
function features(finger: number, impression: number): Promise<Uint8Array> {
  const key = `${finger} ${impression}`;
  let value = known.get(key);
  if (value === undefined) {
    value = engine.extract(sample(finger, impression), WINBIO_PURPOSE_IDENTIFY, { signal }).then((outcome) => {
      if (outcome.kind !== 'features') throw new TypeError('rejected');
      return outcome.features;
    });
    known.set(key, value);
  }
  return value;
}

async function template(finger: number): Promise<Uint8Array> {
  using builder = engine.createEnrollment(1);
  for (const impression of [1, 2, 3, 4]) {
    if (builder.progress.kind !== 'complete') await builder.add(await features(finger, impression), { signal });
  }
  return builder.template();
}

describe('FingerprintEngine', () => {
  it('extracts features from a sample and keeps no reference to it', async () => {
    const bytes = sample(31, 1);
    const pending = engine.extract(bytes, WINBIO_PURPOSE_IDENTIFY, { signal });
    expect(await pending).toMatchObject({ kind: 'features', features: await features(31, 1) });
  });

  it('rejects a blank sample with a detail and broken bytes with a code', async () => {
    const blank = { widthPx: 300, heightPx: 300, resolutionPpi: 500, pixels: new Uint8Array(90_000).fill(255) };
    const outcome = await engine.extract(encodeFingerprintSample(blank, { purpose: 1 }), 1, { signal });
    expect(outcome).toMatchObject({ kind: 'rejected', report: { quality: 0, areaMm2: 0 } });
    expect(outcome.report!.advice[0]).toEqual({ flaw: 'no-finger', words: 'Put a finger on the sensor.' });
    await expect(engine.extract(new Uint8Array(7), 1, { signal })).rejects.toSatisfy(isBiometricError);
    await expect(engine.verify(new Uint8Array(7), [], { signal })).rejects.toMatchObject({ code: 'WHORL_E_MALFORMED' });
  });

  it('verifies the right finger and refuses the wrong one', async () => {
    const templates = [await template(31), await template(32)];
    expect(await engine.verify(await features(31, 6), templates, { signal })).toMatchObject({ match: true });
    expect(await engine.verify(await features(33, 1), templates, { signal })).toMatchObject({ match: false });
    expect(await engine.verify(await features(31, 6), [], { signal })).toEqual({
      match: false,
      score: 0,
      threshold: 5,
    });
  });

  it('reports on what it extracts: quality, square millimetres and advice', async () => {
    const small = synthesizeImpression(synthesizeFinger(31), { seed: 1, contact: 0.25 });
    const outcomes = [sample(31, 1), encodeFingerprintSample(small, { purpose: 1 })].map((bytes) =>
      engine.extract(bytes, WINBIO_PURPOSE_IDENTIFY, { signal }),
    );
    const [good, poor] = (await Promise.all(outcomes)).map(({ report }) => report!);
    expect(good).toMatchObject({ quality: 100, advice: [] });
    // An ellipse of 140 by 185 pixels: 210 square millimetres, of which the rim is faint.
    expect(good!.areaMm2).toBeGreaterThan(150);
    expect(good!.areaMm2).toBeLessThan(220);
    expect(poor!.areaMm2 / good!.areaMm2).toBeLessThan(0.4);
    expect(poor!.advice.map(({ flaw }) => flaw)).toEqual(['too-small']);
  });

  it('says what a score had to reach', async () => {
    const templates = [await template(31), await template(32)];
    const strict = new FingerprintEngine({ maxFmr: 1e-7 });
    const { threshold } = await strict.verify(await features(31, 6), templates, { signal });
    expect(threshold).toBeCloseTo(7 + Math.log10(2), 10);
    using gallery = strict.createGallery();
    templates.forEach((bytes, i) => {
      gallery.add(i, bytes);
    });
    const [best] = await strict.identify(await features(31, 6), gallery, { signal });
    expect(best!.threshold).toBe(7);
    expect(best!.score).toBeGreaterThan(7);
  });

  it('identifies among enrolled fingers, best first, and finds nothing among none', async () => {
    using gallery = engine.createGallery();
    expect(await engine.identify(await features(31, 5), gallery, { signal })).toEqual([]);
    for (const finger of [31, 32, 33]) gallery.add(finger * 10, await template(finger));
    for (const finger of [31, 32, 33]) {
      const [best, ...others] = await engine.identify(await features(finger, 5), gallery, { signal });
      expect(best?.recordId).toBe(finger * 10);
      expect(others).toEqual([]);
    }
    expect(await engine.identify(await features(34, 1), gallery, { signal })).toEqual([]);
    gallery.remove(310);
    expect(await engine.identify(await features(31, 5), gallery, { signal })).toEqual([]);
    const duplicates = await engine.findDuplicates(await template(32), gallery, { signal });
    expect(duplicates.map((candidate) => candidate.recordId)).toEqual([320]);
  });

  it('splits a search among the threads of its runner and finds the same', async () => {
    const tasks: EngineTask[] = [];
    const runner: EngineRunner = {
      parallelism: 2,
      async run<T extends EngineTask>(task: T): Promise<EngineTaskResult<T>> {
        tasks.push(task);
        return executeTask(structuredClone(task));
      },
    };
    await using wide = new FingerprintEngine({ runner });
    using gallery = wide.createGallery();
    for (const finger of [31, 32, 33]) gallery.add(finger, await template(finger));
    const found = await wide.identify(await features(33, 5), gallery, { signal });
    expect(found[0]?.recordId).toBe(33);
    const compared = tasks.flatMap((task) => (task.kind === 'search' ? [[...task.slots]] : []));
    expect(compared).toEqual([[0, 2], [1]]);
  });
});

describe('enrollment', () => {
  it('is complete after a few samples, with progress that never falls', async () => {
    using builder = engine.createEnrollment(2);
    expect(builder.progress).toEqual({ kind: 'more-data', detail: 0, percentComplete: 0 });
    expect(() => builder.template()).toThrow(expect.objectContaining({ code: 'WINBIO_E_INVALID_OPERATION' }));
    const seen: number[] = [];
    for (let i = 1; i <= 9; i++) {
      const progress = await builder.add(await features(31, i), { signal });
      expect(progress.kind === 'complete').toBe(progress.percentComplete === 100);
      seen.push(progress.percentComplete);
    }
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.indexOf(100)).toBeGreaterThanOrEqual(2);
    expect(seen.indexOf(100)).toBeLessThanOrEqual(3);
    expect(decodeTemplate(builder.template()).length).toBe(6);
  });

  it('refuses an impression of another finger and is as it was', async () => {
    using builder = engine.createEnrollment(2);
    await builder.add(await features(31, 1), { signal });
    const before = await builder.add(await features(31, 2), { signal });
    const progress = await builder.add(await features(39, 1), { signal });
    expect(progress).toEqual({ ...before, kind: 'rejected', detail: WINBIO_FP_MERGE_FAILURE });
    expect((await builder.add(await features(31, 3), { signal })).kind).toBe('complete');
    expect(decodeTemplate(builder.template()).length).toBe(3);
  });

  it('lets two impressions that belong together outvote a first one that does not', async () => {
    using builder = engine.createEnrollment(2);
    await builder.add(await features(39, 1), { signal });
    expect((await builder.add(await features(31, 1), { signal })).kind).toBe('rejected');
    expect((await builder.add(await features(31, 2), { signal })).kind).toBe('more-data');
    expect((await builder.add(await features(31, 3), { signal })).kind).toBe('complete');
    expect(decodeTemplate(builder.template()).length).toBe(3);
  });

  it('is unchanged by a canceled sample', async () => {
    using builder = engine.createEnrollment(2);
    const added = await features(31, 1);
    await expect(builder.add(added, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'WINBIO_E_CANCELED',
    });
    expect(builder.progress.percentComplete).toBe(0);
    expect((await builder.add(added, { signal })).percentComplete).toBe(33);
  });

  it('is unchanged by what is canceled, or ends, while the coverage is computed elsewhere', async () => {
    const covering = Promise.withResolvers<void>();
    let held = true;
    const runner: EngineRunner = {
      parallelism: 1,
      async run<T extends EngineTask>(task: T): Promise<EngineTaskResult<T>> {
        if (task.kind === 'cover' && held) {
          covering.resolve();
          await new Promise(() => {});
        }
        return executeTask(task);
      },
    };
    await using slow = new FingerprintEngine({ runner });
    const builder = slow.createEnrollment(2);
    const canceled = new AbortController();
    const first = builder.add(await features(31, 1), { signal: canceled.signal });
    await covering.promise;
    expect(builder.progress.percentComplete).toBe(0);
    canceled.abort();
    await expect(first).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' });
    held = false;
    const progress = await builder.add(await features(31, 2), { signal });
    expect([progress.percentComplete, builder.progress]).toEqual([33, progress]);
    const last = builder.add(await features(31, 3), { signal });
    builder[Symbol.dispose]();
    await expect(last).rejects.toMatchObject({ code: 'WINBIO_E_INVALID_DEVICE_STATE' });
    expect(builder.progress.percentComplete).toBe(0);
  });
});

describe('cancellation', () => {
  it('before the start rejects every call', async () => {
    const aborted = { signal: AbortSignal.abort('because') };
    using gallery = engine.createGallery();
    const probe = await features(31, 1);
    const calls = [
      engine.extract(sample(31, 1), 1, aborted),
      engine.verify(probe, [probe], aborted),
      engine.identify(probe, gallery, aborted),
      engine.findDuplicates(probe, gallery, aborted),
    ];
    for (const call of calls)
      await expect(call).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED', name: 'AbortError' });
  });

  it('while a task runs elsewhere answers at once and sets the cancel word the task sees', async () => {
    const controller = new AbortController();
    let started: EngineTask | undefined;
    const runner: EngineRunner = {
      parallelism: 1,
      run: (task) => {
        started = task;
        return new Promise(() => {});
      },
    };
    await using slow = new FingerprintEngine({ runner });
    const pending = slow.extract(new Uint8Array(1), 1, { signal: controller.signal });
    controller.abort();
    await expect(pending).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' });
    expect(() => executeTask(started!)).toThrow(expect.objectContaining({ code: 'WINBIO_E_CANCELED' }));
  });

  it('during preparation ends the search at once, and the next one finds what was added', async () => {
    const gate = Promise.withResolvers<void>();
    const kinds: string[] = [];
    const runner: EngineRunner = {
      parallelism: 1,
      async run<T extends EngineTask>(task: T): Promise<EngineTaskResult<T>> {
        kinds.push(task.kind);
        await gate.promise;
        return executeTask(task);
      },
    };
    await using slow = new FingerprintEngine({ runner });
    using gallery = slow.createGallery();
    const template = await features(31, 1);
    for (const id of [1, 2, 3]) gallery.add(id, template);
    gallery.remove(2);
    expect(kinds).toEqual([]);
    const controller = new AbortController();
    const canceled = slow.identify(template, gallery, { signal: controller.signal });
    const other = slow.identify(template, gallery, { signal });
    controller.abort();
    await expect(canceled).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' });
    gate.resolve();
    expect((await other).map(({ recordId }) => recordId)).toEqual([1, 3]);
    expect(kinds).toEqual(['prepare', 'search']);
  });

  it('leaves nothing for the first search to code when the threads are others', async () => {
    const coded = Promise.withResolvers<void>();
    const kinds: string[] = [];
    const runner: EngineRunner = {
      parallelism: 1,
      async run<T extends EngineTask>(task: T): Promise<EngineTaskResult<T>> {
        kinds.push(task.kind);
        if (kinds.length === 3) coded.resolve();
        return executeTask(task);
      },
    };
    await using other = new FingerprintEngine({ runner });
    using gallery = other.createGallery();
    const template = await features(31, 1);
    for (let id = 0; id < 100; id++) gallery.add(id, template);
    await coded.promise;
    expect(await other.identify(template, gallery, { signal })).toHaveLength(32);
    expect(kinds).toEqual(['prepare', 'prepare', 'prepare', 'filter', 'search']);
  });

  it('rejects a search when coding fails, and codes again for the next', async () => {
    let failing = true;
    const runner: EngineRunner = {
      parallelism: 2,
      async run<T extends EngineTask>(task: T): Promise<EngineTaskResult<T>> {
        if (task.kind === 'prepare' && failing) throw new BiometricError('E_OUTOFMEMORY');
        return executeTask(task);
      },
    };
    await using poor = new FingerprintEngine({ runner });
    using gallery = poor.createGallery();
    const template = await features(31, 1);
    for (const id of [1, 2, 3]) gallery.add(id, template);
    await expect(poor.identify(template, gallery, { signal })).rejects.toMatchObject({ code: 'E_OUTOFMEMORY' });
    failing = false;
    expect((await poor.identify(template, gallery, { signal })).map(({ recordId }) => recordId)).toEqual([1, 2, 3]);
  });

  it('of the gallery ends a waiting search, and does no other harm', async () => {
    const gate = Promise.withResolvers<void>();
    const runner: EngineRunner = {
      parallelism: 1,
      async run<T extends EngineTask>(task: T): Promise<EngineTaskResult<T>> {
        await gate.promise;
        return executeTask(task);
      },
    };
    await using slow = new FingerprintEngine({ runner });
    const gallery = slow.createGallery();
    gallery.add(1, await features(31, 1));
    const pending = slow.identify(await features(31, 1), gallery, { signal });
    gallery[Symbol.dispose]();
    gate.resolve();
    await expect(pending).rejects.toMatchObject({ code: 'WINBIO_E_INVALID_DEVICE_STATE' });
  });

  it('stops a search between references', async () => {
    using gallery = engine.createGallery();
    const probe = await features(31, 1);
    for (let id = 0; id < 20; id++) gallery.add(id, probe);
    await engine.identify(probe, gallery, { signal });
    using reading = gallery.read();
    const cancel = new SharedArrayBuffer(4);
    const search = (): unknown =>
      executeTask({
        kind: 'search',
        probe,
        gallery: reading.snapshot,
        slots: Int32Array.from({ length: 20 }, (_, slot) => slot),
        threshold: 0,
        anyRotation: false,
        limit: 5,
        cancel,
      });
    expect(search()).toHaveLength(5);
    new Int32Array(cancel)[0] = 1;
    expect(search).toThrow(expect.objectContaining({ code: 'WINBIO_E_CANCELED' }));
  });
});

describe('a closed engine', () => {
  it('answers nothing, and closes again without complaint', async () => {
    const closed = new FingerprintEngine();
    await closed.close();
    await closed.close();
    await expect(closed.extract(new Uint8Array(0), 1, { signal })).rejects.toMatchObject({
      code: 'WINBIO_E_INVALID_DEVICE_STATE',
    });
    expect(() => closed.createGallery()).toThrow(isBiometricErrorMatcher());
    const control = { code: 1, privileged: false, sendBuffer: new Uint8Array(0), receiveBufferSize: 0 };
    await engine.control(control, { signal }).catch((error: unknown) => {
      expect(hresultOf(error)).toBe(CODES.E_INVALIDARG.hresult);
    });
    expect.assertions(3);
  });
});

function isBiometricErrorMatcher(): unknown {
  return expect.objectContaining({ code: 'WINBIO_E_INVALID_DEVICE_STATE' });
}
