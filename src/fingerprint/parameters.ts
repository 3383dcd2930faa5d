/**
 * Every constant of the engine, each with its unit and where it comes from. Lengths are pixels at 500 ppi unless the
 * name says otherwise. Origin "study": chosen on the four development sets, see docs/engine.md.
 */

/** Working resolution of the whole engine, pixels per inch.  Origin: ISO/IEC 19794-4, the usual livescan resolution. */
export const WORKING_RESOLUTION_PPI = 500;

/** Side of a pixel at that resolution, millimetres. */
export const MM_PER_PX = 25.4 / WORKING_RESOLUTION_PPI;

export const INPUT = {
  /** Least and greatest resolution accepted, ppi. Below 250 a ridge has fewer than 4 pixels. Origin: study. */
  minResolutionPpi: 200,
  maxResolutionPpi: 2400,
  /** Greatest side of an image as given, pixels. Bounds memory. */
  maxSidePx: 4096,
  /** Greatest side after resampling: 3.2 inches, more than a whole finger. Bounds time. */
  maxWorkingSidePx: 1600,
  /** Smallest side after resampling that can hold two cells of foreground. */
  minWorkingSidePx: 32,
  /** No resampling within this relative difference from 500 ppi. Origin: study. */
  resolutionTolerance: 0.02,
  /**
   * Below this scale factor the image is smoothed before it is shrunk, with sigma = shrinkSigma / scale. Origin: study.
   */
  shrinkBelow: 0.9,
  shrinkSigma: 0.35,
} as const;

/** Side of the cells that orientation, period and mask are kept on. Origin: study (4 is free, 8 is not). */
export const CELL_PX = 4;

export const SEGMENTATION = {
  /**
   * Foreground: smoothed gradient above this share of the image's 95th percentile. Origin: study (0.05 is far worse).
   */
  threshold: 0.2,
  percentile: 0.95,
  /** Smoothing of the mean gradient per cell. */
  sigmaPx: 6,
  /** Closing and opening with squares of this radius, cells. */
  closeRadiusCells: 2,
  openRadiusCells: 3,
  /** Components below this share of the largest are dropped. */
  minComponentShare: 0.15,
  /** Gradient below which an image holds nothing, grey levels per pixel. */
  minGradient: 2,
} as const;

export const NORMALIZATION = {
  /** Half side of the box over which mean and deviation are taken.  Origin: study (25 x 25; 121 x 121 is worse). */
  radiusPx: 12,
  /** Added to the deviation, grey levels. */
  softening: 10,
  /** Result is clipped to plus and minus this. */
  clip: 2,
} as const;

export const ORIENTATION = {
  /** Smoothing of the first and the second orientation field. Origin: study (20 and 6 are worse in the first). */
  firstSigmaPx: 12,
  secondSigmaPx: 8,
  /**
   * Second field: response is divided by its magnitude plus this. Origin: docs/engine.md (0.15 weighs noise too much).
   */
  softLimit: 0.3,
} as const;

export const PERIOD = {
  /** Ridge periods of the filter bank: geometric from least to greatest. Origin: study (6 periods are worse). */
  minPx: 5.5,
  maxPx: 14,
  count: 10,
  /** Distance of the points where the period is measured. */
  blockPx: 16,
  /** Signature across the ridges: samples, lines and their distance. */
  signatureLength: 49,
  lineCount: 7,
  lineDistancePx: 2,
  /** Energy at period T is weighted by T to this power and divided by the block's total to that power. */
  periodExponent: -0.5,
  totalExponent: 0.7,
  /** Smoothing of each energy plane, then of the period map. */
  energySigmaPx: 20,
  mapSigmaPx: 8,
} as const;

export const GABOR = {
  /** Orientations over half a turn. Origin: study (16 are worse). */
  orientationCount: 32,
  /** Envelope, isotropic. Origin: study (5 and 6 are worse on smudged cores). */
  sigmaPx: 4,
  /** Kernel is 15 x 15. */
  radiusPx: 7,
} as const;

export const MINUTIAE = {
  /**
   * Distance from the image's and from the mask's edge. Origin: docs/engine.md (4 px lets false ones in, 12 px costs).
   */
  edgePx: 8,
  maskErosionCells: 2,
  /** Opposite pairs nearer than this with directions differing by more than that cancel. Origin: study. */
  oppositeDistancePx: 7,
  oppositeAngleRad: 2.2,
  /** Quality is taken over a box of this half side. */
  qualityRadiusPx: 12,
  /** Kept from this quality, and from this share of the image's 75th percentile, whichever is greater. */
  minQuality: 0.3,
  minQualityShare: 0.6,
  qualityPercentile: 0.75,
  /** Type is read from the response this share of a period before and behind the minutia. */
  typeProbe: 0.33,
  /** Most minutiae kept, best quality first. Origin: study (below 100 costs accuracy). */
  maxCount: 160,
} as const;

export const DESCRIPTOR = {
  /** Circles around a minutia and the samples on each, the first in the minutia's direction. Origin: study. */
  radiiPx: [27, 45, 63, 81],
  samples: [5, 8, 11, 14],
  /** Slope of the boundaries of the two-bit code, which keeps them off the axes. */
  slope: 0.41,
} as const;

/** Phase samples between the minutiae. Origin: study (docs/engine.md; finer steps gain nothing, 16 px keep 80 %). */
export const TEXTURE = {
  /** Distance of the samples, the first at half of it. */
  gridPx: 12,
  /** Columns and rows of the frame that holds them, and samples, at most. */
  maxSide: 64,
  maxSamples: 1024,
  /** Steps of a sample's parts. */
  phaseSteps: 16,
  angleSteps: 32,
  periodSteps: 8,
  weightSteps: 3,
  /** Ridge periods of the first and the last step: those of the filter bank. */
  minPeriodPx: PERIOD.minPx,
  maxPeriodPx: PERIOD.maxPx,
  /** Share of the variance that the filter explains, over 7 x 7 cells: the sample weighs nothing here, and 1 there. */
  noClarity: 0.25,
  fullClarity: 0.75,
  clarityRadiusCells: 3,
} as const;

export const MINUTIAE_IMPORT = {
  /** Coarsest records that are read, ppi; ISO/IEC 19794-2 allows 250. */
  minResolutionPpi: 200,
  /** As of images: no scaling within this relative difference from 500 ppi. */
  resolutionTolerance: 0.02,
  /** Greatest side of a template's impression. */
  maxSidePx: 2047,
} as const;

export const CYLINDER = {
  /** Cylinder: 8 x 8 cells inside this radius, 6 directional layers. Origin: Cappelli et al. 2010 (MCC), study. */
  radiusPx: 70,
  cellsPerSide: 8,
  layers: 6,
  /** Deviation of the spatial and the directional kernel. */
  sigmaPx: 28 / 3,
  sigmaRad: (2 * Math.PI) / 9,
  /** A bit is set where the cell's value exceeds this. */
  threshold: 0.005,
  /** Fewer neighbours than this make a cylinder invalid. */
  minNeighbours: 2,
} as const;

export const SIMILARITY = {
  /** Pairs whose directions differ by more than this share of 256 steps a turn are not compared (90 degrees). */
  gateSteps: 64,
  /** Pairs whose cylinder part is below this are not considered. Origin: study (costs nothing, 0.15 does). */
  minCylinder: 0.05,
  cylinderWeight: 0.65,
  orientationWeight: 0.35,
  /** With fewer common samples the orientation part is `fallback`. */
  minCommonSamples: 15,
  fallback: 0.55,
} as const;

export const RELAXATION = {
  /** Pairs considered: similarity at least this, best keys first. Key takes rivals in row and column into account. */
  minSimilarity: 0.15,
  rivalWeight: 0.15,
  candidates: 30,
  rounds: 5,
  keep: 0.5,
  /** Compatibility falls from 1 to 0 between these: length difference (px), directional difference, angle (sines). */
  lengthPx: [3.2, 6.8],
  directionRad: [(11 * Math.PI) / 180, (19 * Math.PI) / 180],
  sine: [Math.sin((11 * Math.PI) / 180), Math.sin((19 * Math.PI) / 180)],
  /** Pairs averaged: base + range / (1 + exp(-slope (n - middle))), n the smaller count of minutiae. */
  pairsBase: 4,
  pairsRange: 8,
  pairsSlope: 0.4,
  pairsMiddle: 20,
} as const;

export const CODE = {
  /** Bits of a cylinder and of the code learned from it. Origin: study (64 is worse, 256 no better). */
  cylinderBits: 312,
  length: 128,
  /** Pairs whose directions differ by more than this share of 256 steps a turn are not looked at (60 degrees). */
  gateSteps: 43,
} as const;

export const FIRST_STAGE = {
  /**
   * Pairs count up to this distance of the first 64 bits, and of all 128. Origin: docs/engine.md (26 and 52 lose no
   * less, and take a quarter longer).
   */
  maxHalfDistance: 25,
  maxDistance: 50,
  /** Nearest pairs whose geometry is compared, and the distance at which a pair weighs nothing. */
  pairs: 32,
  weightless: 54,
  /**
   * Two pairs agree: difference of turns (1/256 of a turn), (a^2 - b^2)^2 over max(a^2, b^2) (square pixels), squared
   * tangent.
   */
  turnSteps: 11,
  lengthPx2: 100,
  tangent2: 0.06,
  /** Scores are divided by the weight of the reference's minutiae and this. */
  weightOffset: 10,
} as const;

export const SEARCH = {
  /**
   * A search drops a reference whose best supported candidate has less than so many times the least support. Origin:
   * development sets, where 72 % of non-mated comparisons have less and no mated one with a score above 2 has.
   */
  support: 4 / 3,
  /** Most candidates of one search. */
  maxCandidates: 32,
  /**
   * References compared in full after the first stage: as many as take the work of comparing this share of a gallery whose
   * views have the usual number of minutiae, and at least so many; but at most so many times as many, since none takes
   * less than a share of the usual work. Origin: docs/engine.md.
   */
  shortlistShare: 0.005,
  minShortlist: 64,
  usualMinutiae: 42,
  mostPerWork: 4,
  leastWork: 0.25,
} as const;

export const ALIGNMENT = {
  /** Candidates at least this compatible with the seed take part in the first rigid fit. */
  minCompatibility: 0.25,
  /** Weight of directions in the rotation sums, square pixels. */
  directionWeight: 400,
  /** Greatest distance and directional error of a pair: first pass, later passes. */
  distancePx: [24, 15, 15],
  angleRad: [(35 * Math.PI) / 180, (25 * Math.PI) / 180, (25 * Math.PI) / 180],
  /** Width of the local deformation. */
  warpSigmaPx: 50,
  /**
   * Minutiae this far outside the other print's hull still count as unpaired. Origin: docs/engine.md (the mask reaches
   * farther).
   */
  hullMarginPx: 20,
} as const;

/** Which alignments a comparison tries. Origin: study (docs/engine.md). */
export const HYPOTHESES = {
  /** Most alignments; the one with the greatest log-odds counts. */
  count: 3,
  /** With log-odds above this no other is tried. */
  convincing: 3,
  /**
   * Least support of the candidate an alignment begins with, of views of many minutiae; of few minutiae a share of it, which
   * rises from the first to the last of the numbers below.
   */
  minSupport: 1.2,
  fewShare: 0.25,
  few: 10,
  many: 25,
  /** With less agreement of the ridges (near and far) only candidates with this much support are aligned. */
  leastAgreement: 0.2,
  certainSupport: 2,
  /** A candidate this near to where an alignment puts it is no other hypothesis. */
  distancePx: 20,
  angleRad: (15 * Math.PI) / 180,
  /** Log-odds less of prints turned by more than a quarter turn, which are rare: what looks so is more often chance. */
  turnedLogOdds: 1,
} as const;

/** Evidence of phase samples. Origin: study (docs/engine.md). */
export const PHASES = {
  /** Waves whose squared cosine is more agree in direction: the cosine of twice the angle is above 0.82. */
  leastCosine2: 0.91,
  /** Log-odds of full agreement, near and far each. */
  weight: 4,
  /** Log-odds less for each unit that the log of the overlap (square millimetres, and this) falls short of. */
  overlapWeight: 1.8,
  overlapOffsetMm2: 5,
  enoughLogOverlap: 4.4,
} as const;

export const EVIDENCE = {
  /** Quality at which a minutia weighs 1. Origin: the median of the development sets. */
  usualQuality: 0.65,
  /**
   * Unpaired minutiae count as at least this good; otherwise a template could be stuffed with ones that are never
   * missed.
   */
  leastQuality: 0.45,
  /** Weight of a pair of usual minutiae per similarity: one over the similarity of most mated pairs. */
  perSimilarity: 1.6,
  /**
   * Minutiae no farther apart lie in one place, of which one counts. Origin: the nearest ones that extraction finds in
   * 800 prints are 0.75 px apart.
   */
  coincidentPx: 0.5,
} as const;

/** How the scores of several views become one. Origin: study (docs/engine.md). */
export const FUSION = {
  /** Share of the second best view's score that counts. */
  secondShare: 0.5,
  /** Views that score this much against each other are one, and the second adds nothing. */
  alikeScore: 16,
  /** Below this best score it does not matter how alike the views are. */
  leastBest: 2,
} as const;

/** What a score promises beyond what was measured. */
export const SCORE_POLICY = {
  /**
   * Taken off every score: other sensors and fingers lie further off than forty fingers of four sensors can show. 0.6 is a
   * factor of 4.
   */
  margin: 0.6,
} as const;

export const SCORE_FIT = {
  /** Ridge on standardised features; a weak ridge overfits, the training sets are nearly separable. Origin: study. */
  ridge: 100,
  /** Weight of all non-mated comparisons against all mated ones. */
  nonMatedWeight: 3,
} as const;

export const SAMPLE_QUALITY = {
  /** Clarity at which quality is 0 and at which it is full, and foreground that counts as full. Origin: study. */
  poorClarity: 0.25,
  goodClarity: 0.75,
  goodAreaPx: 50_000,
  /** Evenness at which quality is 0 and at which it is full. */
  poorEvenness: 0.4,
  goodEvenness: 0.9,
  /** Residues a square millimetre up to which quality is full, as most skin has them. Origin: docs/engine.md, "Quality". */
  calmResidues: 0.25,
  /** Refused below these. The least on the development sets: 21,504 square pixels, 14 minutiae, clarity 0.37. */
  minAreaPx: 9_000,
  /** Of a sensor that shows little, this share of all it shows is enough. */
  minFrameShare: 0.3,
  minMinutiae: 6,
  minClarity: 0.25,
  /** A small foreground whose centre lies this near to a border is off centre (share of width or height). */
  offCentre: 0.25,
} as const;

export const FLAW_SHARES = {
  /** Smoothing of the residues' density and of the flow. Origin: docs/engine.md, "Guidance", as all of these. */
  sigmaPx: 16,
  /** Residues a square millimetre above which there are too many; skin has about 0.25. */
  denseResidues: 0.7,
  /** Length of the mean direction vector from which ridges flow together. */
  leastFlow: 0.85,
  /** Smoothing of grey levels and their deviation. */
  contrastSigmaPx: 8,
  /** Lightest and darkest grey levels count from this quantile; dark is above this share of the span between. */
  lightQuantile: 0.05,
  darkLevel: 0.7,
  /** The span is at least so many grey levels: a smudge is dark for its print, but not as water is. */
  leastSpan: 160,
  /** Contrast is strong at this quantile of the foreground; clots and traces have less than these shares of that. */
  strongQuantile: 0.85,
  clotContrast: 0.6,
  traceContrast: 0.5,
} as const;

export const GUIDANCE = {
  /** Advice is given below these, or above. Origin: synthetic prints made dry, wet, partial and smudged; of the
   * development sets docs/engine.md says how many get which. */
  smallAreaPx: 30_000,
  smallFrameShare: 0.6,
  dryRidgeShare: 0.34,
  wetRidgeShare: 0.61,
  smudgedEvenness: 0.66,
  unclearClarity: 0.45,
  /** Shares of the foreground that are clots, noise, broken ridges, traces. Origin: the development sets, damaged. */
  clottedShare: 0.14,
  grainyShare: 0.2,
  brokenShare: 0.25,
  tracedShare: 0.2,
  /** Off centre: centre of the foreground nearer to a border than this share, and this share of the border reached. */
  offCentre: 0.36,
  cutShare: 0.2,
  /** Smoothing of the local contrast, and the share cut off at both ends of its distribution. */
  evennessSigmaPx: 8,
  evennessShare: 0.15,
} as const;

export const ENROLLMENT = {
  /** Below this score against every earlier impression, an impression is taken for another finger. */
  minScore: 1.2,
  /** Impressions belong together from this score on. */
  linkScore: 2,
  /** Complete with this many impressions that belong together, or with this many. */
  enoughLinkedViews: 3,
  enoughViews: 4,
  /** Most impressions kept. */
  maxViews: 6,
} as const;

/**
 * Enrollment with a sensor that shows no more than this, square pixels: 11 x 11 mm. It wants more touches, and fewer of
 * them when together they show this much of the finger. Origin: docs/engine.md, "Small sensors".
 */
export const SMALL_SENSOR = {
  maxFramePx: 45_000,
  enoughLinkedViews: 6,
  enoughViews: 8,
  enoughViewsOfLargeArea: 4,
  enoughAreaMm2: 130,
  maxViews: 8,
} as const;

export const SAME_IMPRESSION = {
  /**
   * Two views are one impression when at least this share of the poorer one's minutiae lie this near to their partners.
   * Origin: 1,120 pairs of real touches reach at most 0.47, docs/engine.md.
   */
  share: 0.6,
  distancePx: 1,
} as const;

export const COVERAGE = {
  /** Side of the cells of the map that shows what of the finger an enrollment has seen. */
  cellMm: 1,
  /** How far a point that is known to be finger or not speaks for the cells around it. Origin: docs/engine.md. */
  reachCells: 1,
} as const;

export const TEMPLATE_UPDATE = {
  /** Impressions of the enrollment that stay, and that a new one must match: as many as the least enrollment has. */
  anchors: 3,
  /** Least score against them: FMR 1e-7, a hundredth of the default's. */
  minScore: 7,
  /** Least quality of the new impression, 0 to 100. */
  minQuality: 50,
  /** What scores this share of its score against itself against an impression that is there shows nothing new. */
  newBelow: 0.8,
} as const;

export const SYNTHESIS = {
  /** Size of a master finger, whole cells. */
  widthPx: 400,
  heightPx: 520,
  /** Filtering steps and gain of each: more steps leave fewer minutiae. Origin: counts compared with real prints. */
  growthSteps: 14,
  growthGain: 2.2,
  /** Deviations of flow and period. */
  flowWobbleRad: 0.05,
  periodVariation: 0.05,
  /** Places where a pore is tried. */
  poreTries: 3000,
  /** Half axes of the ordinary contact area. */
  contactRadiusXPx: 140,
  contactRadiusYPx: 185,
  /** Shift of the ridge threshold from lightest to heaviest pressure, and steepness of the print. */
  pressureOffset: 1.3,
  contrast: 3.2,
} as const;

/** Templates made without images. Origin: counts and scores compared with the development sets, docs/engine.md. */
export const MINUTIA_SYNTHESIS = {
  /** Minutiae of a whole finger: median, deviation of the logarithm, least. */
  count: 58,
  countDeviation: 0.22,
  minCount: 24,
  /** Half axes of the finger, distance of two minutiae, width of the crowd at cores and deltas. */
  radiusXPx: 150,
  radiusYPx: 200,
  distancePx: 9,
  crowdedPx: 35,
  /** Deviation of directions from the flow, and size of the flow's wobble. */
  directionRad: 0.07,
  wobbleRad: 0.05,
  /** Of an impression: share of minutiae lost, mean number added, deviation of positions and directions. */
  lost: 0.14,
  added: 3,
  jitterPx: 1.3,
  jitterRad: 0.07,
} as const;
