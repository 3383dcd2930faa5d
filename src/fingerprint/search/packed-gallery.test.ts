/** The gallery as a map from record to template, in shared memory. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Comparer } from '../comparison/comparer.ts';
import { prepareTemplate } from '../comparison/prepared-template.ts';
import { extractImpression } from '../extract.ts';
import { synthesizeFinger } from '../synthesis/master-finger.ts';
import { synthesizeImpression } from '../synthesis/synthesize-impression.ts';
import { encodeTemplate } from '../template/template-codec.ts';
import { PackedGallery } from './packed-gallery.ts';
import { prepareSlots } from './prepare-slots.ts';
import { searchGallery } from './search-gallery.ts';

const impressions = [51, 52].map((seed) =>
  extractImpression(synthesizeImpression(synthesizeFinger(seed), { seed: 1 })),
);
const templates = [encodeTemplate([impressions[0]!]), encodeTemplate([impressions[1]!, impressions[1]!])];
const probe = prepareTemplate(templates[0]!);
const comparer = new Comparer();

function found(gallery: PackedGallery, threshold: number): number[] {
  const snapshot = gallery.snapshot();
  prepareSlots(snapshot, 0, snapshot.slots);
  gallery.publish(snapshot, snapshot.slots);
  const cancel = new Int32Array(1);
  const search = { gallery: snapshot, probe, first: 0, last: snapshot.slots, threshold, limit: 10_000, cancel };
  return searchGallery(comparer, search).map((candidate) => candidate.recordId);
}

describe('PackedGallery', () => {
  it('behaves as a map under any adding and removing', () => {
    const command = fc.tuple(fc.nat(8), fc.constantFrom(0, 1, undefined));
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
        using gallery = new PackedGallery();
        const model = new Map<number, number>();
        for (const [recordId, template] of commands) {
          if (template === undefined) {
            gallery.remove(recordId);
            model.delete(recordId);
          } else {
            gallery.add(recordId, templates[template]!);
            model.set(recordId, template);
          }
        }
        expect(gallery.size).toBe(model.size);
        const mated = [...model].filter(([, template]) => template === 0).map(([recordId]) => recordId);
        expect(found(gallery, 6)).toEqual(mated.sort((a, b) => a - b));
        expect(found(gallery, 0).length).toBe(model.size);
      }),
      { numRuns: 40 },
    );
  });

  it('grows past its first table and keeps what it had', () => {
    using gallery = new PackedGallery();
    const early = gallery.snapshot();
    for (let id = 0; id < 1500; id++) gallery.add(id + 2 ** 40, templates[1]!);
    gallery.add(7, templates[0]!);
    expect(gallery.snapshot().segments.length).toBeGreaterThan(1);
    expect(found(gallery, 6)).toEqual([7]);
    expect(early.slots).toBe(0);
  });

  it('refuses a broken template and stays as it was', () => {
    using gallery = new PackedGallery();
    gallery.add(1, templates[0]!);
    expect(() => gallery.add(1, templates[0]!.subarray(0, 50))).toThrow(
      expect.objectContaining({ code: 'WHORL_E_MALFORMED' }),
    );
    expect(found(gallery, 6)).toEqual([1]);
  });

  it('wipes its memory when it is disposed', () => {
    const gallery = new PackedGallery();
    gallery.add(1, templates[0]!);
    const { segments } = gallery.snapshot();
    gallery[Symbol.dispose]();
    gallery[Symbol.dispose]();
    expect(segments.every((segment) => new Int32Array(segment).every((word) => word === 0))).toBe(true);
    expect(() => gallery.add(1, templates[0]!)).toThrow(
      expect.objectContaining({ code: 'WINBIO_E_INVALID_DEVICE_STATE' }),
    );
  });
});
