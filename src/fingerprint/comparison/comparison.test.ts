/** What a score must be, whatever the fingers are. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GreyImage } from '../../core/grey-image.ts';
import { extractImpression } from '../extract.ts';
import { pickMinutiae } from '../plain/pick-minutiae.ts';
import { synthesizeFinger } from '../synthesis/master-finger.ts';
import { Random } from '../synthesis/random.ts';
import { synthesizeImpression } from '../synthesis/synthesize-impression.ts';
import type { Impression } from '../template/impression.ts';
import { encodeTemplate } from '../template/template-codec.ts';
import { packSample, samplePeriodPx, type Texture, unpackSample } from '../texture.ts';
import { compare, pairMinutiae, verify } from '../verify.ts';
import { Comparer } from './comparer.ts';
import { popcount } from './popcount.ts';
import { prepareImpression } from './prepared-template.ts';
import { fmrOfScore, fuseViewScores, scoreOfLogOdds, thresholdForFmr, thresholdForSearch } from './score.ts';

const finger = synthesizeFinger(21);
const first = extractImpression(synthesizeImpression(finger, { seed: 1 }));
const second = extractImpression(synthesizeImpression(finger, { seed: 2 }));
const other = extractImpression(synthesizeImpression(synthesizeFinger(22), { seed: 1 }));
const empty: Impression = {
  ...first,
  count: 0,
  x: new Uint16Array(0),
  y: new Uint16Array(0),
  direction: new Uint8Array(0),
  bifurcation: new Uint8Array(0),
  minutiaQuality: new Uint8Array(0),
  descriptors: new Uint8Array(0),
};
const strangers = [
  first,
  other,
  ...[23, 24, 25, 26].map((seed) => extractImpression(synthesizeImpression(synthesizeFinger(seed), { seed }))),
];

describe('comparison', () => {
  it('counts bits', () => {
    fc.assert(
      fc.property(fc.integer(), (word) => popcount(word) === (word >>> 0).toString(2).replaceAll('0', '').length),
    );
  });

  it('scores mated impressions high, others low', () => {
    expect(score(first, second)).toBeGreaterThan(6);
    expect(score(first, other)).toBeLessThan(3);
    expect(score(first, first)).toBeGreaterThan(score(first, second));
  });

  it('scores nothing 0', () => {
    expect(score(first, empty)).toBe(0);
    expect(score(empty, first)).toBe(0);
    expect(score(empty, empty)).toBe(0);
  });

  it('is nearly symmetric', () => {
    expect(Math.abs(score(first, second) - score(second, first))).toBeLessThan(1);
    expect(Math.abs(score(first, other) - score(other, first))).toBeLessThan(1);
  });

  it('of minutiae alone does not change when a print is shifted', () => {
    const shifted: Impression = {
      ...bare(second),
      widthPx: 600,
      x: second.x.map((x) => x + 160),
      y: second.y.map((y) => y + 8),
    };
    expect(score(first, shifted)).toBeCloseTo(score(first, bare(second)), 6);
  });

  it('hardly changes when a picture is shifted', () => {
    const image = synthesizeImpression(finger, { seed: 2 });
    for (const [right, down] of [
      [4, 4],
      [5, 11],
      [17, 2],
    ] as const) {
      const moved = extractImpression(shiftedImage(image, right, down));
      expect(Math.abs(score(first, moved) - score(first, second))).toBeLessThan(1);
      expect(score(second, moved)).toBeGreaterThan(10);
    }
  });

  it('finds a mate that stands on its head', () => {
    const reversed = extractImpression(upsideDown(synthesizeImpression(finger, { seed: 2 })));
    expect(Math.abs(score(first, reversed) - score(first, second))).toBeLessThan(1.5);
    expect(score(other, reversed)).toBeLessThan(3);
    expect(score(bare(first), reversed)).toBeGreaterThan(6);
  });

  it('of minutiae alone hardly changes when a print is turned', () => {
    const straight = score(bare(first), bare(second));
    for (const steps of [16, 40, 128, 200]) {
      expect(Math.abs(score(turned(first, steps), turned(second, steps)) - straight)).toBeLessThan(1.5);
      expect(Math.abs(score(first, turned(second, steps)) - straight)).toBeLessThan(1.5);
    }
  });

  it('finds minutiae that lie on each other', () => {
    const pairs = pairMinutiae(encodeTemplate([first]), encodeTemplate([first]));
    expect(pairs.length).toBe(first.count);
    for (const { probe, reference } of pairs) expect(probe).toEqual(reference);
    expect(pairMinutiae(encodeTemplate([first]), encodeTemplate([second])).length).toBeGreaterThan(15);
  });

  it('gives the same score again, whatever was compared between', () => {
    const comparer = new Comparer();
    const [a, b, c] = [first, second, other].map(prepareImpression);
    const before = comparer.compare(a!, 0, b!, 0);
    comparer.compare(c!, 0, a!, 0);
    expect(comparer.compare(a!, 0, b!, 0)).toBe(before);
  });

  it('survives any minutiae, finite or 0', () => {
    const minutiae = fc.array(fc.tuple(fc.nat(4800), fc.nat(6400), fc.nat(255)), { maxLength: 60 });
    fc.assert(
      fc.property(minutiae, minutiae, (p, q) => {
        const value = score(scattered(p), scattered(q));
        expect(value).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(value)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('lets no template full of random minutiae pass for a finger', () => {
    const random = new Random(9);
    for (const turn of [256, 20]) {
      for (const [width, height] of [
        [3200, 4480],
        [320, 320],
      ] as const) {
        const minutiae = Array.from({ length: 255 }, () => {
          const place = [960 + random.between(0, width), 960 + random.between(0, height)] as const;
          return [Math.floor(place[0]), Math.floor(place[1]), Math.floor(random.between(0, turn))] as const;
        });
        // Of whatever quality: unpaired minutiae of poor quality weigh little, but so do pairs.
        for (const quality of [0, 40, 83, 127]) expect(score(scattered(minutiae, quality), first)).toBeLessThan(1);
      }
    }
  });

  describe('phase samples', () => {
    it('bring mates nearer, and no strangers', () => {
      expect(score(first, second)).toBeGreaterThan(score(bare(first), bare(second)) + 1);
      for (const seed of [30, 31, 32]) {
        const stranger = extractImpression(synthesizeImpression(synthesizeFinger(seed), { seed }));
        expect(score(first, stranger)).toBeLessThan(2);
        expect(score(bare(first), stranger)).toBeLessThan(3);
      }
    });

    it('that are copied, repeated or made up gain nothing against strangers', () => {
      const stranger = fc.nat(strangers.length - 1);
      const pair = fc.tuple(stranger, stranger).filter(([a, b]) => a !== b);
      const kind = fc.constantFrom('one sample', 'a patch', 'of the other', 'full weight', 'a plane wave');
      fc.assert(
        fc.property(pair, kind, fc.nat(1000), ([a, b], made, at) => {
          const [print, reference] = [strangers[a]!, strangers[b]!];
          const forged = { ...print, texture: forge(print.texture!, reference.texture!, made, at) };
          expect(score(forged, reference)).toBeLessThan(2.5);
          expect(score(forged, second)).toBeLessThan(print === first ? 20 : 2.5);
        }),
        { numRuns: 100 },
      );
    });
  });

  describe('coincident minutiae', () => {
    const stranger = fc.nat(strangers.length - 1);
    const pair = fc.tuple(stranger, stranger).filter(([a, b]) => a !== b);
    const bits = fc.infiniteStream(fc.boolean());

    it('count once, however often they are repeated', () => {
      fc.assert(
        fc.property(pair, fc.integer({ min: 2, max: 4 }), bits, ([a, b], times, chosen) => {
          const print = strangers[a]!;
          const numbers = [...print.x.keys()];
          const repeated = numbers.filter(() => chosen.next().value).flatMap((i) => new Array<number>(times).fill(i));
          const stacked = pickMinutiae(print, [...numbers, ...repeated].slice(0, 255));
          expect(score(stacked, strangers[b]!)).toBe(score(print, strangers[b]!));
          expect(score(strangers[b]!, stacked)).toBe(score(strangers[b]!, print));
          expect(score(stacked, second)).toBe(score(print, second));
        }),
        { numRuns: 60 },
      );
    });

    it('make no stranger more alike', () => {
      const place = fc.tuple(fc.nat(4000), fc.nat(4000));
      fc.assert(
        fc.property(pair, fc.array(place, { minLength: 1, maxLength: 3 }), bits, bits, ([a, b], heaps, forA, forB) => {
          const heaped = (print: Impression, chosen: Iterator<boolean>): Impression => {
            const moved = [...print.x.keys()].map((i) => (chosen.next().value ? heaps[i % heaps.length] : undefined));
            return {
              ...print,
              widthPx: 400,
              heightPx: 500,
              x: print.x.map((x, i) => moved[i]?.[0] ?? x),
              y: print.y.map((y, i) => moved[i]?.[1] ?? y),
            };
          };
          const [print, stranger] = [strangers[a]!, strangers[b]!];
          // A pair that fits by luck where the heap happens to lie is allowed for.
          const [heap, otherHeap] = [heaped(print, forA), heaped(stranger, forB)];
          const before = score(print, stranger);
          for (const [p, q] of [
            [heap, stranger],
            [print, otherHeap],
            [heap, otherHeap],
          ] as const)
            expect(score(p, q)).toBeLessThanOrEqual(before + 0.1);
        }),
        { numRuns: 100 },
      );
    });

    it('are paired once, by their numbers in the template', () => {
      const twice = pickMinutiae(
        first,
        [...first.x.keys()].flatMap((i) => [i, i]),
      );
      const pairs = pairMinutiae(encodeTemplate([twice]), encodeTemplate([first]));
      expect(pairs.length).toBe(first.count);
      for (const { probe, reference } of pairs) expect(probe).toEqual(reference);
    });
  });

  it('minds a minutia that the other print lacks the less the poorer it is', () => {
    const lost = (quality: number): number => {
      const minutiaQuality = first.minutiaQuality.map((own, i) => (i % 2 === 0 ? quality : own));
      const half = pickMinutiae(
        first,
        [...first.x.keys()].filter((i) => i % 2 === 1),
      );
      return score({ ...first, minutiaQuality }, half);
    };
    expect(lost(40)).toBeGreaterThan(lost(80) + 0.5);
    expect(lost(80)).toBeGreaterThan(lost(120) + 0.5);
  });

  it('lets more views of a finger count for more, and one that is repeated for nothing', () => {
    const probe = encodeTemplate([first]);
    const single = compare(probe, encodeTemplate([second]));
    const third = synthesizeImpression(finger, { seed: 3 });
    expect(compare(probe, encodeTemplate([second, extractImpression(third)]))).toBeGreaterThan(single);
    expect(compare(probe, encodeTemplate([second, second]))).toBeLessThanOrEqual(single);
    expect(verify(probe, encodeTemplate([second, other])).match).toBe(true);
    expect(verify(probe, encodeTemplate([other, other])).match).toBe(false);
  });
});

describe('score', () => {
  it('is -log10 of the false match rate', () => {
    expect(thresholdForFmr(1e-5)).toBeCloseTo(5);
    expect(thresholdForFmr(1e-5, 1000)).toBeCloseTo(8);
    expect(thresholdForSearch(10)).toBeCloseTo(5);
    expect(thresholdForSearch(1_000_000)).toBeCloseTo(9);
    expect(fmrOfScore(4)).toBeCloseTo(1e-4);
    expect(() => thresholdForFmr(0)).toThrow(TypeError);
    expect(() => thresholdForFmr(Number.NaN)).toThrow(TypeError);
  });

  it('is never negative and grows with the log-odds', () => {
    expect(scoreOfLogOdds(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(scoreOfLogOdds(5)).toBeGreaterThan(scoreOfLogOdds(4));
    expect(fuseViewScores(0.2, 0, 6, 0)).toBe(0);
    expect(fuseViewScores(6, 0, 1, 0)).toBe(6);
    expect(fuseViewScores(6, 4, 10, 0)).toBe(7);
    expect(fuseViewScores(6, 4, 10, 16)).toBe(5);
  });
});

function score(a: Impression, b: Impression): number {
  return compare(encodeTemplate([a]), encodeTemplate([b]));
}

/** Samples of one print made of others. */
function forge(own: Texture, other: Texture, kind: string, at: number): Texture {
  const there = [...own.samples.keys()].filter((place) => own.samples[place] !== 0);
  const start = there[at % there.length]!;
  const word = (place: number): number => {
    const [column, row] = [place % own.columns, Math.floor(place / own.columns)];
    switch (kind) {
      case 'one sample':
        return own.samples[start]!;
      case 'a patch':
        return own.samples[start - (start % 4) + (column % 4)] || own.samples[start]!;
      case 'of the other':
        return other.samples[(row * other.columns + column) % other.samples.length] || own.samples[start]!;
      case 'full weight':
        return (own.samples[place]! || own.samples[start]!) | (3 << 12);
      default: {
        const { angle, period } = unpackSample(own.samples[start]!);
        const wave = (angle * Math.PI) / 32;
        const turns = (12 * (column * Math.cos(wave) + row * Math.sin(wave))) / samplePeriodPx(period);
        return packSample({ phase: Math.round(16 * turns) & 15, angle, period, weight: 3 });
      }
    }
  };
  return { ...own, samples: own.samples.map((_, place) => (place < 1000 ? word(place) : 0)) };
}

/** Turns the minutiae counter-clockwise about the middle of a larger image; descriptors turn with the minutiae. */
function turned(impression: Impression, steps: number): Impression {
  const angle = (steps * Math.PI) / 128;
  const size = 900;
  const place = (i: number): [number, number] => {
    const x = impression.x[i]! - 8 * impression.widthPx;
    const y = impression.y[i]! - 8 * impression.heightPx;
    return [8 * size + x * Math.cos(angle) + y * Math.sin(angle), 8 * size - x * Math.sin(angle) + y * Math.cos(angle)];
  };
  return {
    ...bare(impression),
    widthPx: size,
    heightPx: size,
    x: Uint16Array.from(impression.x, (_, i) => Math.round(place(i)[0])),
    y: Uint16Array.from(impression.y, (_, i) => Math.round(place(i)[1])),
    direction: impression.direction.map((d) => d + steps),
  };
}

/** Without phase samples, as version 1 had it. */
function bare({ texture: _, ...impression }: Impression): Impression {
  return impression;
}

function upsideDown(image: GreyImage): GreyImage {
  return { ...image, pixels: image.pixels.slice().reverse() };
}

/** On a larger white ground. */
function shiftedImage(image: GreyImage, right: number, down: number): GreyImage {
  const [widthPx, heightPx] = [image.widthPx + right, image.heightPx + down];
  const pixels = new Uint8Array(widthPx * heightPx).fill(255);
  for (let y = 0; y < image.heightPx; y++) {
    pixels.set(image.pixels.subarray(y * image.widthPx, (y + 1) * image.widthPx), (y + down) * widthPx + right);
  }
  return { ...image, widthPx, heightPx, pixels };
}

function scattered(minutiae: readonly (readonly [number, number, number])[], quality = 0): Impression {
  const count = minutiae.length;
  return {
    ...empty,
    widthPx: 400,
    heightPx: 500,
    count,
    x: Uint16Array.from(minutiae, ([x]) => x),
    y: Uint16Array.from(minutiae, ([, y]) => y),
    direction: Uint8Array.from(minutiae, ([, , d]) => d),
    bifurcation: new Uint8Array(count),
    minutiaQuality: new Uint8Array(count).fill(quality),
    descriptors: new Uint8Array(15 * count),
  };
}
