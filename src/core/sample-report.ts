/** What can be said of a sample without showing it: for whoever asked for the sample. Runs anywhere. */

/** Something a person can do better. */
export interface SampleAdvice {
  /** Short name of what is wrong, such as `too-dry`. */
  readonly flaw: string;
  /** What to tell the person. */
  readonly words: string;
}

/** How good a sample is, and what could be better. */
export interface SampleReport {
  /** 0 (useless) to 100. ISO/IEC 29794-1. */
  readonly quality: number;
  /** Skin that touched the sensor, square millimetres. */
  readonly areaMm2: number;
  /** Shares, 0 to 1: what of the grey variance is a clean ridge wave, */
  readonly clarity: number;
  /** what of the print is dark (little of a dry print, much of a wet one), */
  readonly ridgeShare: number;
  /** and contrast of the faint parts against that of the strong ones (little of a smudged print). */
  readonly evenness: number;
  /** Most important first; empty for a good sample. */
  readonly advice: readonly SampleAdvice[];
}

/** Whatever may have a report of its sample. */
export interface Reported {
  readonly report?: SampleReport;
}

/** The report alone, where there is one. */
export function reportOf({ report }: Reported): Reported {
  return report === undefined ? {} : { report };
}
