import { expect, test } from 'vitest';
import { directionStroke, engineSize, extentOf, flowStrokes, frameIn, pointIn } from './overlay.ts';

const mark = { xPx: 10, yPx: 20, directionRad: Math.PI / 2, type: 'ending', quality: 1 } as const;

test('marks count pixels at 500 ppi, whatever the image has', () => {
  expect(engineSize({ widthPx: 640, heightPx: 800, resolutionPpi: 1000 })).toEqual({ width: 320, height: 400 });
});

test('a picture is as large as its box allows, and centred', () => {
  const frame = frameIn({ x: 100, y: 0, width: 200, height: 200 }, 100, 50);
  expect(frame).toEqual({ x: 100, y: 50, scale: 2 });
  expect(pointIn(frame, mark)).toEqual({ x: 120, y: 90 });
});

test('directions count counter-clockwise: up is towards smaller rows', () => {
  const { fromX, fromY, toX, toY } = directionStroke({ x: 0, y: 0, scale: 1 }, mark, 5);
  expect([fromX, fromY, Math.round(toX), Math.round(toY)]).toEqual([10, 20, 10, 15]);
});

test('flow is drawn where a finger is, through the middle of its cell', () => {
  const flow = { cellPx: 10, columns: 2, rows: 2, degrees: Uint8Array.of(255, 0, 90, 255) };
  const strokes = flowStrokes({ x: 0, y: 0, scale: 1 }, flow, 10);
  expect(strokes).toHaveLength(2);
  expect([strokes[0]?.fromY, strokes[0]?.toY].map((y) => Math.abs(y ?? 0))).toEqual([5, 5]);
  expect(((strokes[0]?.fromX ?? 0) + (strokes[0]?.toX ?? 0)) / 2).toBe(15);
  expect(strokes[1]?.toY).toBeLessThan(strokes[1]?.fromY ?? 0);
});

test('flow of a fine grid is drawn in part, and as far apart as is asked', () => {
  const flow = { cellPx: 4, columns: 40, rows: 40, degrees: new Uint8Array(1600) };
  const strokes = flowStrokes({ x: 0, y: 0, scale: 1 }, flow, 10);
  const middles = strokes.map(({ fromX, toX }) => (fromX + toX) / 2);
  expect(strokes.length).toBe(13 * 13);
  expect((middles[1] ?? 0) - (middles[0] ?? 0)).toBeGreaterThanOrEqual(10);
});

test('the extent of marks has room around them, and none is no fault', () => {
  expect(extentOf([mark, { ...mark, xPx: 110 }], 5)).toEqual({ left: 5, top: 15, width: 110, height: 10 });
  expect(extentOf([])).toEqual({ left: 0, top: 0, width: 1, height: 1 });
});
