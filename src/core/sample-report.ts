/** What the requester of a sample learns about it without seeing it. */

/** One thing a person can improve. */
export interface SampleAdvice {
  /** Short name of the flaw, such as `too-dry`. */
  readonly flaw: string;
  /** English sentence to show to the person. */
  readonly words: string;
}

/** How good a sample is, and how to improve the next. */
export interface SampleReport {
  /** 0 (useless) to 100. ISO/IEC 29794-1. */
  readonly quality: number;
  /** Area of skin on the sensor, square millimetres. */
  readonly areaMm2: number;
  /** Share of the grey variance that is a clean ridge wave, 0 to 1. */
  readonly clarity: number;
  /** Share of the print that is dark, 0 to 1: low for a dry finger, high for a wet one. */
  readonly ridgeShare: number;
  /** Contrast of the faint parts over that of the strong ones, 0 to 1: low for a smudged print. */
  readonly evenness: number;
  /** Most important first; empty for a good sample. */
  readonly advice: readonly SampleAdvice[];
}
