/** Weights of the logistic score and its calibration. */
export const SCORE_MODEL = {
  bias: -2.9,
  weights: [4.2, 1.6, 1.45, 6.5, -2.6, -5.2],
  /** score = intercept + slope * logOdds */
  intercept: 2.6,
  slope: 0.41,
} as const;
