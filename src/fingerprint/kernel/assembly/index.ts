/** What the kernel exports. The view from outside is in ../kernel-functions.ts. */

export { gaborEveryPixel } from './gabor-every-pixel';
export { gaborEverySecondPixel } from './gabor-every-second-pixel';
