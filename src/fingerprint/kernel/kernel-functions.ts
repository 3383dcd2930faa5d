/**
 * The functions of the kernel as they look from outside. Addresses are bytes in its memory; what an argument means is said
 * beside each function in assembly/. Runs anywhere.
 */
export interface KernelFunctions {
  gaborEveryPixel: GaborFunction;
  gaborEverySecondPixel: GaborFunction;
}

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
