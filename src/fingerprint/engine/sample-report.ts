/** A report on a sample, in millimetres and plain words. */

import type { SampleReport } from '../../core/sample-report.ts';
import type { SampleQuality } from '../extraction/sample-quality.ts';
import { MM_PER_PX } from '../parameters.ts';

/** The report on a sample of this quality. */
export function sampleReport(quality: SampleQuality): SampleReport {
  const { value, areaPx, clarity, ridgeShare, evenness, guidance } = quality;
  return {
    quality: value,
    areaMm2: areaPx * MM_PER_PX ** 2,
    clarity,
    ridgeShare,
    evenness,
    advice: guidance.map(({ flaw, words }) => ({ flaw, words })),
  };
}
