import { expect, test } from 'vitest';
import { GABOR } from '../parameters.ts';
import { nearestOrientation } from './nearest-orientation.ts';

test('the nearest orientation is that of the angle, rounded', () => {
  for (let i = 0; i < 100_003; i++) {
    const angle = (2 * Math.PI * (i + 0.5)) / 100_003;
    const expected = Math.round((angle * GABOR.orientationCount) / (2 * Math.PI));
    expect(nearestOrientation(Math.cos(angle), Math.sin(angle))).toBe(expected);
  }
  for (const [cos2, sin2, expected] of [
    [1, 0, 0],
    [0, 1, 8],
    [-1, 0, 16],
    [0, -1, 24],
  ] as const) {
    expect(nearestOrientation(cos2, sin2)).toBe(expected);
  }
});
