/** What the kernel exports. The view from outside is in ../kernel-functions.ts. */

export { blurGrid } from './blur-grid';
export { comparePhases } from './compare-phases';
export { cellEnergies, countPositive } from './contrast';
export { envelopeSmooth } from './envelope-smooth';
export { filterRecords } from './filter-records';
export { findLoops } from './find-loops';
export { gaborEveryPixel } from './gabor-every-pixel';
export { gaborEverySecondPixel } from './gabor-every-second-pixel';
export { gradientCells } from './gradient-cells';
export { robertsMoments, sobelMoments } from './gradient-moments';
export { halve } from './halve';
export { normalize } from './normalize';
export { pairSimilarities } from './pair-similarities';
export { prepareView } from './prepare-view';
export { relax, supportCandidates } from './relax';
export { resampleImage } from './resample';
export { smoothImage } from './smooth-image';
export { softLimit } from './soft-limit';
export { sumOfSquares } from './sum-of-squares';
export { wipe } from './wipe';
export { writeCodes } from './write-codes';
