/** Plain form of comparePhases, in double precision and without tables. */

import type { PhaseAgreement } from '../comparison/phase-agreement.ts';
import type { Rigid } from '../comparison/rigid-fit.ts';
import { ALIGNMENT, MM_PER_PX, PHASES, TEXTURE } from '../parameters.ts';
import { samplePeriodPx, type Texture, unpackSample } from '../texture.ts';

/** A minutia of B (y up), and what is left between it and its partner. */
export interface PairResidual {
  readonly x: number;
  readonly y: number;
  readonly restX: number;
  readonly restY: number;
}

/** Samples of B as they differ from those of A. */
interface Difference {
  readonly re: number;
  readonly im: number;
  readonly weight: number;
}

const NODE_PLACES = 4;

/** How well the ridges of two prints agree, of which the second lies on the first as `rigid` says. */
export function plainPhases(a: Texture, b: Texture, rigid: Rigid, pairs: readonly PairResidual[]): PhaseAgreement {
  const at = (column: number, row: number): Difference | undefined =>
    column < b.columns && row < b.rows ? differences[row * b.columns + column] : undefined;
  const differences = Array.from(b.samples, (word, place) => {
    const [column, row] = [place % b.columns, Math.floor(place / b.columns)];
    // Without pairs this is a first look, at every second row.
    const isSkipped = pairs.length === 0 && row % 2 === 1;
    return word === 0 || isSkipped ? undefined : differenceAt(a, b, rigid, pairs, column, row);
  });
  const agreement = (apart: number): number => {
    let [together, weights] = [0, 0];
    differences.forEach((one, place) => {
      const [column, row] = [place % b.columns, Math.floor(place / b.columns)];
      for (const other of [at(column + apart, row), at(column, row + apart)]) {
        if (one === undefined || other === undefined) continue;
        together += one.re * other.re + one.im * other.im;
        weights += one.weight * other.weight;
      }
    });
    return together / (2 + weights);
  };
  const weight = differences.reduce((sum, one) => sum + (one?.weight ?? 0), 0);
  return { near: agreement(1), far: agreement(2), overlapMm2: weight * (TEXTURE.gridPx * MM_PER_PX) ** 2 };
}

function differenceAt(
  a: Texture,
  b: Texture,
  { cos, sin, dx, dy }: Rigid,
  pairs: readonly PairResidual[],
  column: number,
  row: number,
): Difference | undefined {
  const own = unpackSample(b.samples[row * b.columns + column]!);
  const [x, y] = placeOf(b, column, row);
  const [warpX, warpY] = deformation(b, pairs, column, row);
  const [backX, backY] = [x - warpX - dx, y - warpY - dy];
  const [aX, aY] = [cos * backX + sin * backY, cos * backY - sin * backX];
  const aColumn = Math.floor(aX / TEXTURE.gridPx) - a.firstColumn;
  const aRow = Math.floor(-aY / TEXTURE.gridPx) - a.firstRow;
  if (aColumn < 0 || aRow < 0 || aColumn >= a.columns || aRow >= a.rows) return undefined;
  const word = a.samples[aRow * a.columns + aColumn]!;
  if (word === 0) return undefined;
  const other = unpackSample(word);
  const weight = (own.weight * other.weight) / TEXTURE.weightSteps ** 2;
  const angle = (step: number): number => -(step * Math.PI) / TEXTURE.angleSteps;
  const turned = angle(other.angle) + Math.atan2(sin, cos);
  const cosine = Math.cos(turned - angle(own.angle));
  if (cosine * cosine <= PHASES.leastCosine2) return { re: 0, im: 0, weight };
  const [gX, gY] = placeOf(a, aColumn, aRow);
  const along = Math.cos(angle(other.angle)) * (aX - gX) + Math.sin(angle(other.angle)) * (aY - gY);
  const predicted = other.phase / TEXTURE.phaseSteps + along / samplePeriodPx(other.period);
  const turns = own.phase / TEXTURE.phaseSteps - Math.sign(cosine) * predicted;
  return { re: weight * Math.cos(2 * Math.PI * turns), im: weight * Math.sin(2 * Math.PI * turns), weight };
}

/** Where a sample lies, y up. */
function placeOf({ firstColumn, firstRow }: Texture, column: number, row: number): [number, number] {
  return [TEXTURE.gridPx * (firstColumn + column + 0.5), -TEXTURE.gridPx * (firstRow + row + 0.5)];
}

/** Mean of what is left of the pairs around a place, bilinear between every fourth. */
function deformation(b: Texture, pairs: readonly PairResidual[], column: number, row: number): [number, number] {
  const [left, top] = [Math.floor(column / NODE_PLACES), Math.floor(row / NODE_PLACES)];
  const [u, v] = [column / NODE_PLACES - left, row / NODE_PLACES - top];
  const sum: [number, number] = [0, 0];
  for (const [right, down] of [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ] as const) {
    const share = (right === 1 ? u : 1 - u) * (down === 1 ? v : 1 - v);
    const [x, y] = placeOf(b, NODE_PLACES * (left + right), NODE_PLACES * (top + down));
    let [weight, warpX, warpY] = [1, 0, 0];
    for (const pair of pairs) {
      const w = Math.exp(-((pair.x - x) ** 2 + (pair.y - y) ** 2) / (2 * ALIGNMENT.warpSigmaPx ** 2));
      weight += w;
      warpX += w * pair.restX;
      warpY += w * pair.restY;
    }
    sum[0] += (share * warpX) / weight;
    sum[1] += (share * warpY) / weight;
  }
  return sum;
}
