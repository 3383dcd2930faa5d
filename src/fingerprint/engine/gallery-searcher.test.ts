/** Searches of galleries too large to compare with every reference. */

import { describe, expect, it } from 'vitest';
import type { PackedGallery } from '../search/packed-gallery.ts';
import { synthesizeMinutiae } from '../synthesis/minutia-map.ts';
import { synthesizeTemplate } from '../synthesis/synthesize-template.ts';
import { decodeTemplate, encodeTemplate } from '../template/template-codec.ts';
import type { EngineRunner } from './engine-runner.ts';
import type { EngineTask, EngineTaskResult } from './engine-tasks.ts';
import { executeTask } from './engine-tasks.ts';
import { FingerprintEngine, type FingerprintEngineOptions } from './fingerprint-engine.ts';
import { shortlistLength } from './gallery-searcher.ts';

const { signal } = new AbortController();
const SIZE = 700;
const fingers = Array.from({ length: SIZE }, (_, i) => synthesizeMinutiae(5000 + i));
const references = fingers.map((finger) => synthesizeTemplate(finger, 1));

function runner(parallelism: number, before: (task: EngineTask) => unknown = () => {}): EngineRunner {
  return {
    parallelism,
    async run<T extends EngineTask>(task: T): Promise<EngineTaskResult<T>> {
      await before(task);
      return executeTask(structuredClone(task));
    },
  };
}

/** The print upside down. */
function turned(template: Uint8Array): Uint8Array {
  return encodeTemplate(
    decodeTemplate(template).map((impression) => ({
      ...impression,
      x: impression.x.map((x) => 16 * impression.widthPx - x),
      y: impression.y.map((y) => 16 * impression.heightPx - y),
      direction: impression.direction.map((direction) => direction + 128),
    })),
  );
}

async function withGallery(
  options: FingerprintEngineOptions,
  use: (engine: FingerprintEngine, gallery: PackedGallery) => Promise<void>,
): Promise<void> {
  await using engine = new FingerprintEngine(options);
  using gallery = engine.createGallery();
  for (const [id, reference] of references.entries()) gallery.add(id, reference);
  await use(engine, gallery);
}

describe('a search in two stages', () => {
  it('finds what comparing everything finds, on any number of threads', async () => {
    const answers: unknown[] = [];
    for (const options of [{ exact: true }, {}, { runner: runner(2) }, { runner: runner(5) }]) {
      await withGallery(options, async (engine, gallery) => {
        const found = [];
        for (let id = 0; id < SIZE; id += 100) {
          found.push(await engine.identify(synthesizeTemplate(fingers[id]!, 2), gallery, { signal }));
        }
        answers.push(found);
        expect(found.filter(([best], i) => best?.recordId === 100 * i).length).toBeGreaterThanOrEqual(6);
      });
    }
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it('finds who is upside down, if it may, after those who are not', async () => {
    for (const [rotation, hits] of [
      ['any', 6],
      ['upright', 0],
    ] as const) {
      let passes = 0;
      const counting = runner(1, (task) => {
        if (task.kind === 'filter') passes += 1;
      });
      await withGallery({ runner: counting, rotation }, async (engine, gallery) => {
        const found = [];
        for (let id = 0; id < SIZE; id += 100) {
          const probe = turned(synthesizeTemplate(fingers[id]!, 2));
          const [best] = await engine.identify(probe, gallery, { signal });
          if (best !== undefined) found.push([best.recordId, id]);
        }
        expect(found.filter(([recordId, id]) => recordId === id).length).toBeGreaterThanOrEqual(hits);
        expect(found.every(([recordId, id]) => recordId === id)).toBe(true);
        const before = passes;
        await engine.identify(references[3]!, gallery, { signal });
        expect(passes - before).toBe(1);
      });
    }
  });

  it('finds who is coded while many others wait', async () => {
    const held = Promise.withResolvers<void>();
    let isHeld = false;
    const holding = runner(1, (task) => (isHeld && task.kind === 'prepare' ? held.promise : undefined));
    await withGallery({ runner: holding }, async (engine, gallery) => {
      await engine.identify(references[3]!, gallery, { signal });
      isHeld = true;
      for (let id = SIZE; id < SIZE + 1200; id++) gallery.add(id, references[id % SIZE]!);
      expect(gallery.published).toBeLessThan(gallery.queued);
      const [best] = await engine.identify(references[5]!, gallery, { signal });
      expect(best?.recordId).toBe(5);
      held.resolve();
    });
  });

  it('compares a shortlist only', async () => {
    let compared = 0;
    const counting = runner(2, (task) => {
      if (task.kind === 'search') compared += task.slots.length;
    });
    await withGallery({ runner: counting }, async (engine, gallery) => {
      await engine.identify(references[3]!, gallery, { signal });
      // As many as take the work of 64 usual ones.
      expect(compared).toBeGreaterThanOrEqual(64);
      expect(compared).toBeLessThan(SIZE / 5);
    });
  });

  it('does not find what is removed while it runs', async () => {
    let now: PackedGallery | undefined;
    const removing = runner(1, (task) => {
      if (task.kind === 'search') now?.remove(3);
    });
    await withGallery({ runner: removing }, async (engine, gallery) => {
      expect((await engine.identify(references[3]!, gallery, { signal }))[0]?.recordId).toBe(3);
      now = gallery;
      expect(await engine.identify(references[3]!, gallery, { signal })).toEqual([]);
    });
  });

  it('does not miss a reference that is replaced while it runs', async () => {
    const gate = Promise.withResolvers<void>();
    let replace: (() => void) | undefined;
    const waiting = runner(1, async (task) => {
      if (task.kind !== 'filter' || replace === undefined) return;
      replace();
      await gate.promise;
    });
    await withGallery({ runner: waiting }, async (engine, gallery) => {
      const probe = synthesizeTemplate(fingers[3]!, 2);
      await engine.identify(probe, gallery, { signal });
      // Another impression of the same finger, coded while the search is held up.
      replace = () => gallery.add(3, synthesizeTemplate(fingers[3]!, 3));
      const pending = engine.identify(probe, gallery, { signal });
      while (gallery.published < SIZE + 1) await new Promise((resolve) => setImmediate(resolve));
      gate.resolve();
      expect((await pending).map(({ recordId }) => recordId)).toEqual([3]);
    });
  });
});

describe('a part of a gallery', () => {
  it('has a shortlist that makes up, with those of the others, the one of the whole, and not much more', () => {
    for (const [whole, parts] of [
      [20_000, 16],
      [1_000_000, 64],
      [1_000_000, 4096],
    ] as const) {
      const size = Math.floor(whole / parts);
      const together = parts * shortlistLength(size, whole);
      expect(together).toBeGreaterThanOrEqual(shortlistLength(whole));
      expect(shortlistLength(size, whole)).toBeLessThanOrEqual(shortlistLength(size));
    }
    expect(shortlistLength(1250, 20_000)).toBe(21);
    expect(shortlistLength(1250)).toBe(64);
    expect(shortlistLength(20_000, 100)).toBe(shortlistLength(20_000));
  });

  it('is searched as certainly as the whole, one look at a time', async () => {
    await using engine = new FingerprintEngine({ runner: runner(2) });
    using gallery = engine.createGallery();
    for (let i = 0; i < 200; i++) gallery.add(i + 1, references[i]!);
    const upright = synthesizeTemplate(fingers[7]!, 2);
    const upsideDown = turned(upright);
    const [alone] = await engine.identify(upright, gallery, { signal, look: 0 });
    const [ofMany] = await engine.identify(upright, gallery, { signal, look: 0, size: 1_000_000 });
    expect(ofMany).toEqual({ ...alone, threshold: 9 });
    expect(await engine.identify(upsideDown, gallery, { signal, look: 0 })).toEqual([]);
    expect((await engine.identify(upsideDown, gallery, { signal, look: 1 }))[0]?.recordId).toBe(8);
    expect(engine.info.looks).toBe(2);
  });
});
