/**
 * Minutiae as phase residues: the phase of the complex response winds once around each point where a ridge begins or
 * ends (Larkin and Fletcher 2007, spiral phase). Runs anywhere.
 */

import type { Kernel } from '../kernel/kernel.ts';
import type { Minutia, MinutiaType } from '../minutia.ts';
import { wrapAngle } from '../minutia.ts';

import { MINUTIAE } from '../parameters.ts';
import { waveAngle } from './gabor-filter.ts';
import { erode } from './mask-morphology.ts';
import type { CellGrid, CellMask, OrientationField, ResponsePlane } from './planes.ts';
import { periodPx } from './ridge-period.ts';

/** Every residue inside the mask, quality 0; opposite pairs and quality are the next stages' matter. */
export function phaseResidues(
  { memory, functions }: Kernel,
  response: ResponsePlane,
  field: OrientationField,
  periods: Float32Array,
  mask: CellMask,
  widthPx: number,
  heightPx: number,
): Minutia[] {
  const { width, even, odd } = response;
  const inner = erode(mask, MINUTIAE.maskErosionCells, false).cells;
  const { columns } = mask;
  const { waveX, waveY } = waveVectors(field);
  const minutiae: Minutia[] = [];
  const edge = MINUTIAE.edgePx;
  // A residue encloses the origin, so both parts change their sign around the loop: rejects most loops.
  const loops = memory.int32(width * heightPx);
  const count = functions.findLoops(
    memory.addressOf(even),
    memory.addressOf(odd),
    width,
    memory.addressOf(inner),
    memory.addressOf(flatCells(waveX, waveY, mask)),
    columns,
    edge,
    edge,
    widthPx - edge - 1,
    heightPx - edge - 1,
    loops.byteOffset,
  );
  for (let i = 0; i < count; i++) {
    const p = loops[i]!;
    const x = p % width;
    const y = (p - x) / width;
    const e0 = even[p]!;
    const e1 = even[p + 1]!;
    const e2 = even[p + width + 1]!;
    const e3 = even[p + width]!;
    const c0 = (y >> 2) * columns + (x >> 2);
    const c1 = (y >> 2) * columns + ((x + 1) >> 2);
    const c2 = ((y + 1) >> 2) * columns + ((x + 1) >> 2);
    const c3 = ((y + 1) >> 2) * columns + (x >> 2);
    if (inner[c1] === 0 || inner[c2] === 0 || inner[c3] === 0) continue;
    // The wave direction is known up to half a turn: where it flips between cells, the odd part changes its sign.
    const s1 = flip(waveX, waveY, c0, c1);
    const s2 = s1 * flip(waveX, waveY, c1, c2);
    const s3 = s2 * flip(waveX, waveY, c2, c3);
    if (s3 * flip(waveX, waveY, c3, c0) < 0) continue;
    const o0 = odd[p]!;
    const o1 = odd[p + 1]! * s1;
    const o2 = odd[p + width + 1]! * s2;
    const o3 = odd[p + width]! * s3;
    const winding =
      crossing(e0, o0, e1, o1) + crossing(e1, o1, e2, o2) + crossing(e2, o2, e3, o3) + crossing(e3, o3, e0, o0);
    if (winding === 0) continue;
    const [fx, fy] = zeroOf(e0, e1, e3, e2, o0, o1, o3, o2);
    const directionRad = wrapAngle(-waveAngle(field, c0) + (winding > 0 ? Math.PI / 2 : -Math.PI / 2));
    const reach = MINUTIAE.typeProbe * periodPx(periods[c0]!);
    const type = typeAt(response, x + fx, y + fy, directionRad, reach);
    minutiae.push({ xPx: x + fx, yPx: y + fy, directionRad, type, quality: 0 });
  }
  return minutiae;
}

/** Unit wave vector per cell, angle 0 to half a turn, by the half-angle formulas. */
function waveVectors({ cos2, sin2 }: OrientationField): { waveX: Float32Array; waveY: Float32Array } {
  const waveX = new Float32Array(cos2.length);
  const waveY = new Float32Array(cos2.length);
  for (let cell = 0; cell < cos2.length; cell++) {
    const cos = Math.sqrt(Math.max(0, (1 + cos2[cell]!) / 2));
    waveX[cell] = sin2[cell]! < 0 ? -cos : cos;
    waveY[cell] = Math.sqrt(Math.max(0, (1 - cos2[cell]!) / 2));
  }
  return { waveX, waveY };
}

/** 1 for cells whose wave direction does not turn over against the cells to the right, below and across. */
function flatCells(waveX: Float32Array, waveY: Float32Array, { columns, rows }: CellGrid): Uint8Array {
  const flat = new Uint8Array(columns * rows);
  for (let row = 0, cell = 0; row < rows; row++) {
    const below = row + 1 < rows ? columns : 0;
    for (let column = 0; column < columns; column++, cell++) {
      const right = column + 1 < columns ? 1 : 0;
      const [a, b, c] = [cell + right, cell + below, cell + below + right];
      const turns = flip(waveX, waveY, cell, a) + flip(waveX, waveY, cell, b) + flip(waveX, waveY, cell, c);
      flat[cell] = turns === 3 ? 1 : 0;
    }
  }
  return flat;
}

/** -1 where the wave directions of two cells point more than a quarter turn apart. */
function flip(waveX: Float32Array, waveY: Float32Array, a: number, b: number): number {
  return a === b || waveX[a]! * waveX[b]! + waveY[a]! * waveY[b]! >= 0 ? 1 : -1;
}

/** Signed crossing of the negative real axis on the way from one sample to the next. */
function crossing(e0: number, o0: number, e1: number, o1: number): number {
  const up = o0 >= 0;
  if (up === o1 >= 0) return 0;
  const side = e0 * o1 - e1 * o0;
  return up ? (side > 0 ? 1 : 0) : side < 0 ? -1 : 0;
}

/** Zero of the bilinear response in a pixel square: three Newton steps from the middle, kept inside. */
function zeroOf(
  e00: number,
  e10: number,
  e01: number,
  e11: number,
  o00: number,
  o10: number,
  o01: number,
  o11: number,
): [number, number] {
  let x = 0.5;
  let y = 0.5;
  for (let step = 0; step < 3; step++) {
    const e = (e00 * (1 - x) + e10 * x) * (1 - y) + (e01 * (1 - x) + e11 * x) * y;
    const o = (o00 * (1 - x) + o10 * x) * (1 - y) + (o01 * (1 - x) + o11 * x) * y;
    const ex = (e10 - e00) * (1 - y) + (e11 - e01) * y;
    const ey = (e01 - e00) * (1 - x) + (e11 - e10) * x;
    const ox = (o10 - o00) * (1 - y) + (o11 - o01) * y;
    const oy = (o01 - o00) * (1 - x) + (o11 - o10) * x;
    const determinant = ex * oy - ey * ox;
    if (Math.abs(determinant) < 1e-12) break;
    x = Math.min(1, Math.max(0, x - (e * oy - o * ey) / determinant));
    y = Math.min(1, Math.max(0, y - (o * ex - e * ox) / determinant));
  }
  return [x, y];
}

/** An ending has a ridge before it (the side with one ridge more) and a valley behind; a fork the reverse. */
function typeAt(response: ResponsePlane, x: number, y: number, directionRad: number, reach: number): MinutiaType {
  const dx = reach * Math.cos(directionRad);
  const dy = -reach * Math.sin(directionRad);
  const { width, even } = response;
  const before = even[Math.round(y + dy) * width + Math.round(x + dx)]!;
  const behind = even[Math.round(y - dy) * width + Math.round(x - dx)]!;
  return before >= behind ? 'ending' : 'bifurcation';
}
