/**
 * Minutiae as phase residues: the phase of the complex response winds once around each point where a ridge begins or
 * ends (Larkin and Fletcher 2007, spiral phase).
 */

import type { Kernel } from '../kernel/kernel.ts';
import type { Minutia, MinutiaType } from '../minutia.ts';
import { wrapAngle } from '../minutia.ts';
import { CELL_PX, MINUTIAE } from '../parameters.ts';
import { waveAngle } from './gabor-filter.ts';
import { erode } from './mask-morphology.ts';
import type { CellMask, OrientationField, ResponsePlane } from './planes.ts';
import { CORNERS, type ResponseLoop, windingOf, zeroOf } from './response-loop.ts';
import { periodPx } from './ridge-period.ts';
import { flatCells, flip, type WaveVectors, waveVectors } from './wave-vectors.ts';

/** What the earlier stages found in an image. */
export interface ResidueInput {
  readonly widthPx: number;
  readonly heightPx: number;
  /** At every pixel, in the kernel's memory. */
  readonly response: ResponsePlane;
  readonly orientation: OrientationField;
  /** Position on the geometric scale of periods, per cell. */
  readonly period: Float32Array;
  readonly mask: CellMask;
}

/** Every residue inside the mask, with quality 0: later stages cancel opposite pairs and rate what is left. */
export function phaseResidues(kernel: Kernel, input: ResidueInput): Minutia[] {
  const { response, orientation } = input;
  const inner = erode(input.mask, MINUTIAE.maskErosionCells, false);
  const waves = waveVectors(orientation);
  const minutiae: Minutia[] = [];
  for (const start of candidateLoops(kernel, input, inner, waves)) {
    const left = start % response.width;
    const top = (start - left) / response.width;
    const loop = loopAt(response, inner, waves, left, top);
    const winding = loop === undefined ? 0 : windingOf(loop);
    if (loop === undefined || winding === 0) continue;
    const [x, y] = zeroOf(loop);
    const cell = cellAt(inner, left, top);
    const place = {
      xPx: left + x,
      yPx: top + y,
      directionRad: wrapAngle(-waveAngle(orientation, cell) + Math.sign(winding) * (Math.PI / 2)),
    };
    const reachPx = MINUTIAE.typeProbe * periodPx(input.period[cell]!);
    minutiae.push({ ...place, type: typeAt(response, place, reachPx), quality: 0 });
  }
  return minutiae;
}

/**
 * Upper left pixels of the squares where both parts change their sign. A residue encloses the origin, so all others are
 * out, which is most of them.
 */
function candidateLoops(
  { memory, functions }: Kernel,
  { response, widthPx, heightPx }: ResidueInput,
  inner: CellMask,
  waves: WaveVectors,
): Int32Array {
  const loops = memory.int32(response.width * heightPx);
  const edge = MINUTIAE.edgePx;
  const count = functions.findLoops(
    memory.addressOf(response.even),
    memory.addressOf(response.odd),
    response.width,
    memory.addressOf(inner.cells),
    memory.addressOf(flatCells(waves, inner)),
    inner.columns,
    edge,
    edge,
    widthPx - edge - 1,
    heightPx - edge - 1,
    loops.byteOffset,
  );
  return loops.subarray(0, count);
}

/** The response around a square, its signs made to agree; undefined outside the mask and where they cannot agree. */
function loopAt(
  response: ResponsePlane,
  inner: CellMask,
  waves: WaveVectors,
  left: number,
  top: number,
): ResponseLoop | undefined {
  const cells = CORNERS.map(([right, down]) => cellAt(inner, left + right, top + down));
  if (cells.some((cell) => inner.cells[cell] === 0)) return undefined;
  const even: number[] = [];
  const odd: number[] = [];
  let sign = 1;
  for (const [corner, [right, down]] of CORNERS.entries()) {
    const at = (top + down) * response.width + left + right;
    if (corner > 0) sign *= flip(waves, cells[corner - 1]!, cells[corner]!);
    even.push(response.even[at]!);
    odd.push(response.odd[at]! * sign);
  }
  return sign * flip(waves, cells[3]!, cells[0]!) < 0 ? undefined : { even, odd };
}

function cellAt({ columns }: CellMask, xPx: number, yPx: number): number {
  return Math.floor(yPx / CELL_PX) * columns + Math.floor(xPx / CELL_PX);
}

/** An ending has a ridge before it (the side with one ridge more) and a valley behind; a fork the reverse. */
function typeAt(
  { width, even }: ResponsePlane,
  { xPx, yPx, directionRad }: Pick<Minutia, 'xPx' | 'yPx' | 'directionRad'>,
  reachPx: number,
): MinutiaType {
  const dx = reachPx * Math.cos(directionRad);
  const dy = -reachPx * Math.sin(directionRad);
  const before = even[Math.round(yPx + dy) * width + Math.round(xPx + dx)]!;
  const behind = even[Math.round(yPx - dy) * width + Math.round(xPx - dx)]!;
  return before >= behind ? 'ending' : 'bifurcation';
}
