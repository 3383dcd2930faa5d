/** Damage and crops: equal seeds give equal images, and what they do is what they say. */

import { describe, expect, it } from 'vitest';
import type { GreyImage } from '../core/grey-image.ts';
import { synthesizeFinger } from '../fingerprint/synthesis/master-finger.ts';
import { synthesizeImpression } from '../fingerprint/synthesis/synthesize-impression.ts';
import { cropImage } from './crop-image.ts';
import { DAMAGE_KINDS, damageImage } from './damage/damage-image.ts';
import { damageKindOf, PRINT_CONDITIONS } from './print-condition.ts';

const print = synthesizeImpression(synthesizeFinger(41), { seed: 1 });

function meanOf({ pixels }: GreyImage): number {
  return pixels.reduce((sum, value) => sum + value, 0) / pixels.length;
}

/** FNV-1a, 32 bits. */
function hash(bytes: Uint8Array): string {
  let value = 0x811c9dc5;
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193);
  return (value >>> 0).toString(16);
}

describe('damage', () => {
  it('of equal seeds is equal, of others not', () => {
    for (const kind of DAMAGE_KINDS) {
      expect(damageImage(print, kind, 7).pixels).toEqual(damageImage(print, kind, 7).pixels);
      expect(damageImage(print, kind, 7).pixels).not.toEqual(damageImage(print, kind, 8).pixels);
    }
  });

  it('is that of the figures in docs/engine.md', () => {
    expect(DAMAGE_KINDS.map((kind) => [kind, hash(damageImage(print, kind, 7).pixels)])).toMatchInlineSnapshot(`
      [
        [
          "wet",
          "e43ca93e",
        ],
        [
          "dry",
          "8865f551",
        ],
        [
          "creased",
          "ef3f1fc9",
        ],
        [
          "noisy",
          "f83fb2c4",
        ],
      ]
    `);
  });

  it('darkens wet prints and lightens dry and creased ones', () => {
    const clean = meanOf(print);
    expect(meanOf(damageImage(print, 'wet', 7))).toBeLessThan(clean - 5);
    expect(meanOf(damageImage(print, 'dry', 7))).toBeGreaterThan(clean + 5);
    expect(meanOf(damageImage(print, 'creased', 7))).toBeGreaterThan(clean);
  });

  it('takes turns', () => {
    expect([0, 1, 2, 3, 4].map(damageKindOf)).toEqual(['wet', 'dry', 'creased', 'noisy', 'wet']);
    expect(PRINT_CONDITIONS.damaged.probe(print, 5).pixels).toEqual(damageImage(print, 'dry', 6).pixels);
  });
});

describe('a crop', () => {
  it('is a square of the print, of the size in millimetres whatever the resolution', () => {
    const crop = cropImage(print, 157, 3);
    expect([crop.widthPx, crop.heightPx, crop.resolutionPpi]).toEqual([157, 157, 500]);
    const row = Buffer.from(crop.pixels.subarray(0, 157));
    expect(Buffer.from(print.pixels).includes(row)).toBe(true);
    expect(cropImage({ ...print, resolutionPpi: 1000 }, 157, 3).widthPx).toBe(314);
  });

  it('of a smaller image is what there is', () => {
    const small = cropImage(print, 100, 3);
    expect(cropImage(small, 157, 4).widthPx).toBe(100);
  });
});
