/** The gallery as a map from record to template, in shared memory. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Comparer } from '../comparison/comparer.ts';
import { prepareTemplate } from '../comparison/prepared-template.ts';
import { extractImpression } from '../extract.ts';
import { synthesizeFinger } from '../synthesis/master-finger.ts';
import { synthesizeImpression } from '../synthesis/synthesize-impression.ts';
import { encodeTemplate } from '../template/template-codec.ts';
import { codeSlots } from './code-slots.ts';
import { filterGallery } from './filter-gallery.ts';
import { FirstStage } from './first-stage.ts';
import { PackedGallery } from './packed-gallery.ts';
import { searchCodesOf } from './search-codes.ts';
import { searchGallery } from './search-gallery.ts';
import { mergeShortlists } from './shortlist.ts';

const impressions = [51, 52].map((seed) =>
  extractImpression(synthesizeImpression(synthesizeFinger(seed), { seed: 1 })),
);
const few = { ...impressions[1]!, count: 9 };
const templates = [
  encodeTemplate([impressions[0]!]),
  encodeTemplate([impressions[1]!, impressions[1]!]),
  encodeTemplate([few, impressions[1]!, few]),
];
const probe = prepareTemplate(templates[0]!);
const comparer = new Comparer();
const stage = new FirstStage();
const cancel = new Int32Array(1);

/** Codes and publishes what waits. */
function settle(gallery: PackedGallery): void {
  while (gallery.published < gallery.queued) {
    using reading = gallery.read();
    const batch = gallery.nextBatch(5);
    codeSlots(stage, reading.snapshot, batch.slots);
    gallery.publish(batch);
  }
}

/** Records of the slots that the first stage leaves over, and of those the ones that are similar enough. */
function found(gallery: PackedGallery, threshold: number): { kept: number; records: number[] } {
  using reading = gallery.read();
  const { snapshot } = reading;
  const filter = {
    gallery: snapshot,
    probe: templates[0]!,
    first: 0,
    last: snapshot.blocks,
    keep: 10_000,
    turned: false,
    cancel,
  };
  const slots = mergeShortlists(filterGallery(stage, filter), 10_000);
  const search = { gallery: snapshot, probe, slots, threshold, anyRotation: false, limit: 10_000, cancel };
  return { kept: slots.length, records: searchGallery(comparer, search).map((candidate) => candidate.recordId) };
}

describe('PackedGallery', () => {
  it('behaves as a map under any adding, replacing and removing', () => {
    const command = fc.tuple(fc.nat(8), fc.constantFrom(0, 1, 2, undefined), fc.boolean());
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        using gallery = new PackedGallery();
        const model = new Map<number, number>();
        for (const [recordId, template, settled] of commands) {
          if (template === undefined) {
            gallery.remove(recordId);
            model.delete(recordId);
          } else {
            gallery.add(recordId, templates[template]!);
            model.set(recordId, template);
          }
          if (settled) settle(gallery);
        }
        settle(gallery);
        expect(gallery.size).toBe(model.size);
        const mated = [...model].filter(([, template]) => template === 0).map(([recordId]) => recordId);
        expect(found(gallery, 6).records).toEqual(mated.sort((a, b) => a - b));
        expect(found(gallery, 0).records.length).toBe(model.size);
        expect(found(gallery, 0).kept).toBe(model.size);
      }),
      { numRuns: 60 },
    );
  });

  it('grows past its first table and block, and keeps what it had', () => {
    using gallery = new PackedGallery();
    using early = gallery.read();
    for (let id = 0; id < 1500; id++) gallery.add(id + 2 ** 40, templates[1]!);
    gallery.add(7, templates[0]!);
    settle(gallery);
    using late = gallery.read();
    expect(late.snapshot.blocks).toBeGreaterThan(1);
    expect(found(gallery, 6)).toEqual({ kept: 1501, records: [7] });
    expect([early.snapshot.slots, late.snapshot.slots]).toEqual([0, 1501]);
  });

  it('reuses removed space once no reader holds it', () => {
    using gallery = new PackedGallery();
    const churn = (): number => {
      for (let id = 0; id < 300; id++) gallery.add(id, templates[id % 3]!);
      settle(gallery);
      for (let id = 0; id < 300; id++) gallery.remove(id);
      return gallery.bytes;
    };
    const first = churn();
    for (let round = 0; round < 5; round++) expect(churn()).toBeLessThanOrEqual(1.1 * first);
    {
      using _reading = gallery.read();
      churn();
      expect(churn()).toBeGreaterThan(1.5 * first);
    }
    const most = churn();
    for (let round = 0; round < 5; round++) expect(churn()).toBeLessThanOrEqual(most);
  });

  it('wipes what was removed', () => {
    using gallery = new PackedGallery();
    gallery.add(1, templates[0]!);
    settle(gallery);
    const reading = gallery.read();
    const bytes = (): number => {
      const used = [...reading.snapshot.codes, ...reading.snapshot.templates];
      return used.reduce((sum, segment) => sum + new Uint8Array(segment, 0, 100_000).filter((b) => b !== 0).length, 0);
    };
    expect(bytes()).toBeGreaterThan(1000);
    gallery.remove(1);
    expect(bytes()).toBeGreaterThan(1000);
    reading[Symbol.dispose]();
    // Two gaps that say how long they are.
    expect(bytes()).toBeLessThanOrEqual(4);
  });

  it('finds a reference that is replaced, the old one until the new one is coded', () => {
    using gallery = new PackedGallery();
    gallery.add(1, templates[0]!);
    settle(gallery);
    using reading = gallery.read();
    gallery.add(1, templates[1]!);
    expect(found(gallery, 6).records).toEqual([1]);
    expect(reading.replaced).toEqual([]);
    settle(gallery);
    expect(found(gallery, 6).records).toEqual([]);
    expect(found(gallery, 0).records).toEqual([1]);
    expect(reading.replaced.length).toBe(1);
  });

  it('refuses a broken template and stays as it was', () => {
    using gallery = new PackedGallery();
    gallery.add(1, templates[0]!);
    expect(() => gallery.add(1, templates[0]!.subarray(0, 50))).toThrow(
      expect.objectContaining({ code: 'WHORL_E_MALFORMED' }),
    );
    settle(gallery);
    expect(found(gallery, 6).records).toEqual([1]);
  });

  it('wipes its memory when it is disposed, also what a thread writes afterwards', () => {
    const gallery = new PackedGallery();
    gallery.add(1, templates[0]!);
    const reading = gallery.read();
    const batch = gallery.nextBatch(1);
    gallery[Symbol.dispose]();
    gallery[Symbol.dispose]();
    const { codes, templates: encoded, states } = reading.snapshot;
    const zero = (): boolean =>
      [...codes, ...encoded, states].every((buffer) => new Uint8Array(buffer).every((byte) => byte === 0));
    expect(zero()).toBe(true);
    new Uint8Array(codes[0]!).fill(7, 0, 500);
    gallery.publish(batch);
    reading[Symbol.dispose]();
    expect(zero()).toBe(true);
    expect(() => gallery.add(1, templates[0]!)).toThrow(
      expect.objectContaining({ code: 'WINBIO_E_INVALID_DEVICE_STATE' }),
    );
  });
});

describe('search codes', () => {
  const codes = templates.map((template) => searchCodesOf(stage, template));
  const tampered = (change: (view: DataView, codes: Uint8Array) => void): Uint8Array => {
    const copy = codes[0]!.slice();
    change(new DataView(copy.buffer), copy);
    return copy;
  };

  it('let a reference be found at once, as if it had been coded', () => {
    using coded = new PackedGallery();
    using given = new PackedGallery();
    for (const [i, template] of templates.entries()) {
      coded.add(i, template);
      given.add(i, template, codes[i]);
    }
    expect(given.queued).toBe(0);
    settle(coded);
    const shortlist = (gallery: PackedGallery): unknown => {
      using reading = gallery.read();
      const { snapshot } = reading;
      return filterGallery(stage, {
        gallery: snapshot,
        probe: templates[0]!,
        first: 0,
        last: snapshot.blocks,
        keep: 9,
        turned: false,
        cancel,
      });
    };
    expect(shortlist(given)).toEqual(shortlist(coded));
    given.add(0, templates[1]!, codes[1]);
    expect(found(given, 8).records).toEqual([]);
    given.add(0, templates[0]!, codes[0]);
    expect(found(given, 8).records).toEqual([0]);
  });

  it.each([
    ['of another template', codes[1]!],
    ['that are cut off', codes[0]!.subarray(0, -1)],
    ['that are empty', new Uint8Array()],
    ['of another model', tampered((view) => view.setUint32(0, view.getUint32(0) ^ 1))],
    ['of more minutiae than there are', tampered((view) => view.setUint32(4 + 8, 255, true))],
    ['of other rows', tampered((view) => view.setUint32(4 + 4, 1, true))],
    ['of a weight that is no number', tampered((view) => view.setFloat32(4 + 12, Number.NaN, true))],
    ['of a negative weight', tampered((view) => view.setFloat32(4 + 12, -1, true))],
  ])('%s are made anew', (_, wrong) => {
    using gallery = new PackedGallery();
    gallery.add(0, templates[0]!, wrong);
    expect(gallery.queued).toBe(1);
    settle(gallery);
    expect(found(gallery, 8).records).toEqual([0]);
  });

  it('that are random never stop a search', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 64 }), (noise) => {
        const wrong = codes[0]!.slice();
        for (const [i, value] of noise.entries()) wrong[4 + 8 + ((i * 37) % (wrong.length - 12))] = value;
        using gallery = new PackedGallery();
        gallery.add(0, templates[0]!, wrong);
        settle(gallery);
        expect(found(gallery, 8).records.every((recordId) => recordId === 0)).toBe(true);
      }),
    );
  });
});
