/** How WSQ divides an image: twenty splits into quadrants, sixty subbands that are kept. WSQ 3.1, 5.2. */

/** A rectangle of the plane of coefficients. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** In rows (columns), high frequencies lie before the low ones, because the region is itself a high half. */
  readonly highFirstInRows: boolean;
  readonly highFirstInColumns: boolean;
}

/** The plan of one image size. */
export interface SubbandPlan {
  /** Regions to split, each before those that lie in it. */
  readonly splits: readonly Region[];
  /** Subbands 0..59 in file order. */
  readonly subbands: readonly Region[];
}

/** Number of subbands that are kept; the four above are the highest frequencies and never coded. */
export const SUBBAND_COUNT = 60;
/** First subband of the second and of the third block of a file. */
export const SECOND_BLOCK_SUBBAND = 19;
export const THIRD_BLOCK_SUBBAND = 52;

/** The plan for an image of this size. */
export function planSubbands(widthPx: number, heightPx: number): SubbandPlan {
  const whole = { x: 0, y: 0, widthPx, heightPx, highFirstInRows: false, highFirstInColumns: false };
  const [low, right, below] = quadrants(whole);
  const [lowest, lowRight, lowBelow, lowCorner] = quadrants(low);
  const [inner, ...outer] = [lowest, lowRight, lowBelow].map(quadrants);
  const [core, ...aroundCore] = quadrants(inner![0]);
  const sixteenths = [...inner!.slice(1), ...outer.flat()];
  return {
    splits: [whole, low, right, below, lowest, lowRight, lowBelow, ...inner!, ...outer.flat(), core],
    subbands: [
      ...quadrants(core),
      ...aroundCore,
      ...sixteenths.flatMap(quadrants),
      lowCorner,
      ...quadrants(right),
      ...quadrants(below),
    ],
  };
}

type Quadrants = [Region, Region, Region, Region];

/** Top left, top right, bottom left, bottom right. */
function quadrants(region: Region): Quadrants {
  const { x, y, widthPx, heightPx, highFirstInRows, highFirstInColumns } = region;
  const left = highFirstInRows ? widthPx >> 1 : (widthPx + 1) >> 1;
  const top = highFirstInColumns ? heightPx >> 1 : (heightPx + 1) >> 1;
  const part = (isRight: boolean, isBelow: boolean): Region => ({
    x: isRight ? x + left : x,
    y: isBelow ? y + top : y,
    widthPx: isRight ? widthPx - left : left,
    heightPx: isBelow ? heightPx - top : top,
    highFirstInRows: isRight,
    highFirstInColumns: isBelow,
  });
  return [part(false, false), part(true, false), part(false, true), part(true, true)];
}
