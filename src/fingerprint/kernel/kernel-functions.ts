/**
 * The functions of the kernel, seen from outside. Addresses are bytes in its memory, lengths are numbers of values;
 * each function in assembly/ explains its arguments.
 */
export interface KernelFunctions {
  blurGrid(
    values: number,
    width: number,
    height: number,
    taps: number,
    radius: number,
    columnWeights: number,
    rowWeights: number,
    scratch: number,
  ): void;
  cellEnergies(image: number, stride: number, columns: number, rows: number, out: number): void;
  comparePhases(
    a: number,
    b: number,
    settings: number,
    pairs: number,
    pairCount: number,
    out: number,
    scratch: number,
  ): void;
  countPositive(values: number, count: number): number;
  envelopeSmooth(
    image: number,
    stride: number,
    taps: number,
    mask: number,
    columns: number,
    rows: number,
    out: number,
    scratch: number,
  ): void;
  filterRecords(
    block: number,
    end: number,
    probe: number,
    settings: number,
    out: number,
    scratch: number,
    least: number,
  ): number;
  findLoops(
    even: number,
    odd: number,
    width: number,
    mask: number,
    flat: number,
    columns: number,
    left: number,
    top: number,
    right: number,
    bottom: number,
    out: number,
  ): number;
  gaborEveryPixel: GaborFunction;
  gaborEverySecondPixel: GaborFunction;
  gradientCells(
    image: number,
    width: number,
    height: number,
    columns: number,
    strength: number,
    histogram: number,
  ): void;
  halve(image: number, stride: number, width: number, height: number, out: number): void;
  normalize(
    image: number,
    width: number,
    height: number,
    mask: number,
    columns: number,
    radius: number,
    softening: number,
    clip: number,
    out: number,
    stride: number,
    scratch: number,
  ): void;
  pairSimilarities(
    aView: number,
    bView: number,
    settings: number,
    similarity: number,
    places: number,
    rowBest: number,
    columnBest: number,
    scratch: number,
  ): number;
  prepareView(minutiae: number, count: number, tables: number, view: number, scratch: number): void;
  relax(candidates: number, count: number, settings: number, compatibility: number, rounds: number): void;
  robertsMoments: MomentsFunction;
  resampleImage(
    pixels: number,
    width: number,
    rows: number,
    outHeight: number,
    rowTaps: number,
    columns: number,
    outWidth: number,
    columnTaps: number,
    line: number,
    out: number,
  ): void;
  smoothImage(image: number, stride: number, count: number, out: number): void;
  sobelMoments: MomentsFunction;
  softLimit(even: number, odd: number, count: number, softness: number, out: number): void;
  sumOfSquares(values: number, count: number): number;
  supportCandidates(candidates: number, count: number, settings: number, compatibility: number): void;
  writeCodes(
    view: number,
    weights: number,
    thresholds: number,
    leastQuality: number,
    usualQuality: number,
    record: number,
    scratch: number,
  ): void;
  wipe(address: number, bytes: number): void;
}

/** Squared gradients per cell, see assembly/gradient-moments.ts. */
export type MomentsFunction = (
  plane: number,
  width: number,
  height: number,
  mask: number,
  cos2: number,
  sin2: number,
) => void;

/** A Gabor pass, see assembly/gabor-every-pixel.ts. */
export type GaborFunction = (
  image: number,
  stride: number,
  bank: number,
  kernels: number,
  smoothed: number,
  columns: number,
  rows: number,
  even: number,
  odd: number,
  scratch: number,
) => void;
