/** Directions in 1/256 of a turn, as comparison holds them. */

export const RADIANS_PER_STEP = Math.PI / 128;

/** Cosine and sine of each of the 256 directions. */
export const STEP_COS = Float64Array.from({ length: 256 }, (_, i) => Math.cos(i * RADIANS_PER_STEP));
export const STEP_SIN = Float64Array.from({ length: 256 }, (_, i) => Math.sin(i * RADIANS_PER_STEP));
