import { expect, test } from 'vitest';
import type { FingerCoverage } from '../../../src/exports/whorl/client/browser.ts';
import { CoverageMap, edgesOf } from './coverage-map.ts';

/** A coverage from rows of digits. */
function coverage(...rows: readonly string[]): FingerCoverage {
  const views = Uint8Array.from(rows.join('').split('').map(Number));
  return { areaMm2: views.filter(Boolean).length, cellMm: 1, columns: rows[0]?.length ?? 0, rows: rows.length, views };
}

test('a box that grows to one side leaves what was seen where it was', () => {
  const map = new CoverageMap();
  const first = map.place(coverage('121', '131', '121'));
  const grown = map.place(coverage('11121', '11131', '11121'));
  const same = grown.filter(({ x, y }) => first.some((cell) => cell.x === x && cell.y === y));
  expect(same).toHaveLength(9);
  expect(Math.min(...grown.map(({ x }) => x))).toBe(Math.min(...first.map(({ x }) => x)) - 2);
});

test('sides are done when enough of them was seen, and asked for in order', () => {
  const cells = [
    ...[0, 1, 2, 3].map((y) => ({ x: -8, y, views: 1 })),
    ...[0, 1, 2, 3].map((x) => ({ x, y: -9, views: 1 })),
  ];
  expect(edgesOf(cells)).toEqual({ done: ['left', 'tip'], open: ['right', 'base'] });
});
