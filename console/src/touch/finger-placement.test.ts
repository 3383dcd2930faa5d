import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BOUNDS, CENTRED, type FingerPlacement, keyedChange, naturalPlacement, placed } from './finger-placement.ts';

const inBounds = (placement: FingerPlacement) =>
  Object.entries(BOUNDS).every(([key, { min, max }]) => {
    const value = placement[key as keyof FingerPlacement];
    return value >= min && value <= max;
  });

test('whatever is asked for stays within bounds', () => {
  const any = fc.double({ noNaN: true });
  fc.assert(
    fc.property(any, any, any, any, (shiftXMm, shiftYMm, rotationDeg, pressure) =>
      inBounds(placed(CENTRED, { shiftXMm, shiftYMm, rotationDeg, pressure })),
    ),
  );
});

test('natural placements vary, around the middle, and can be repeated', () => {
  const all = Array.from({ length: 200 }, (_, i) => naturalPlacement(i));
  expect(all.every(inBounds)).toBe(true);
  expect(naturalPlacement(7)).toEqual(all[7]);
  expect(new Set(all.map((each) => JSON.stringify(each))).size).toBeGreaterThan(190);
  const mean = all.reduce((sum, each) => sum + each.shiftXMm, 0) / all.length;
  expect(Math.abs(mean)).toBeLessThan(0.4);
});

test('keys move and turn the finger, and others do nothing', () => {
  expect(keyedChange(CENTRED, 'ArrowLeft', false)).toEqual({ shiftXMm: -0.5 });
  expect(keyedChange(CENTRED, 'ArrowLeft', true)).toEqual({ rotationDeg: 5 });
  expect(keyedChange(CENTRED, 'ArrowUp', true)).toBeUndefined();
  expect(keyedChange(CENTRED, 'Tab', false)).toBeUndefined();
});
