import type { SampleReport } from './sample-report.ts';

/** A result that may carry a report on its sample. */
export interface Reported {
  /** Present when the engine measures quality. */
  readonly report?: SampleReport;
}

/**
 * The report alone, to spread into another result; an empty object when there is none.
 */
export function reportOf({ report }: Reported): Reported {
  return report === undefined ? {} : { report };
}
