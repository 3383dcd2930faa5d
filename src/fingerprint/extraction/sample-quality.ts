/** Quality of a sample, the reject detail that follows from it, and what to tell the person. */

import {
  WINBIO_FP_POOR_QUALITY,
  WINBIO_FP_TOO_HIGH,
  WINBIO_FP_TOO_LEFT,
  WINBIO_FP_TOO_LOW,
  WINBIO_FP_TOO_RIGHT,
  WINBIO_FP_TOO_SHORT,
} from '../../core/constants.ts';
import type { RejectDetail } from '../../core/identifiers.ts';
import { SAMPLE_QUALITY } from '../parameters.ts';
import { type Guidance, guidanceFor } from './guidance.ts';
import type { QualityComponents } from './quality-components.ts';
import { leastAreaPx, type SensorFrame, sensorFramePx } from './sensor-frame.ts';

/** Version of what {@link SampleQuality.value} means; values of different versions are not to be compared. */
export const QUALITY_VERSION = 2;

/** How good a sample is. */
export interface SampleQuality extends QualityComponents {
  /** Overall quality, 0 to 100: the lower, the likelier a mate is missed (docs/engine.md). ISO/IEC 29794-1. */
  readonly value: number;
  /** {@link QUALITY_VERSION} of the engine that judged. */
  readonly version: number;
  /** `WINBIO_FP_*` when the sample should not be used, 0 when it can be. */
  readonly rejectDetail: RejectDetail;
  /** What could be better, most important first; empty for a good sample, never empty for a rejected one. */
  readonly guidance: readonly Guidance[];
}

/** How samples are judged. */
export interface SampleJudgement {
  /** Takes several fingers in one image as one print; such an image is rejected when absent. */
  readonly acceptSeveral?: boolean;
  /** What the sensor shows; the size of the image when absent. */
  readonly sensor?: SensorFrame;
}

/** Judges a sample by its components and the number of its minutiae. */
export function sampleQuality(given: QualityComponents, minutiae: number, how: SampleJudgement = {}): SampleQuality {
  const { acceptSeveral = false, sensor } = how;
  const components = {
    ...given,
    ...(acceptSeveral && { fingers: Math.min(1, given.fingers) }),
    ...(sensor && { framePx: sensorFramePx(sensor) }),
  };
  const value = overallQuality(components);
  const rejectDetail = rejectDetailOf(components, minutiae);
  return {
    ...components,
    value,
    version: QUALITY_VERSION,
    rejectDetail,
    guidance: guidanceFor(components, rejectDetail),
  };
}

/** Clarity, times what large and even foregrounds and few residues add to it. */
function overallQuality({ areaPx, clarity, evenness, residuesPerMm2 }: QualityComponents): number {
  const { poorClarity, goodClarity, goodAreaPx, poorEvenness, goodEvenness, calmResidues } = SAMPLE_QUALITY;
  const clear = rise(clarity, poorClarity, goodClarity);
  const large = Math.sqrt(Math.min(1, areaPx / goodAreaPx));
  const even = Math.sqrt(rise(evenness, poorEvenness, goodEvenness));
  const calm = Math.min(1, (1 + calmResidues ** 2) / (1 + residuesPerMm2 ** 2));
  return Math.round(100 * clear * large * even * calm);
}

/** 0 up to `low`, 1 from `high`. */
function rise(value: number, low: number, high: number): number {
  return Math.min(1, Math.max(0, (value - low) / (high - low)));
}

/** A sample is rejected only when it promises little; a small one reports where the finger was. */
function rejectDetailOf(
  { areaPx, framePx, clarity, fingers, centreX: x, centreY: y }: QualityComponents,
  minutiae: number,
): RejectDetail {
  if (fingers > 1) return WINBIO_FP_POOR_QUALITY;
  if (areaPx === 0 || clarity < SAMPLE_QUALITY.minClarity) return WINBIO_FP_POOR_QUALITY;
  if (areaPx < leastAreaPx(framePx)) {
    const { offCentre } = SAMPLE_QUALITY;
    if (x < offCentre) return WINBIO_FP_TOO_LEFT;
    if (x > 1 - offCentre) return WINBIO_FP_TOO_RIGHT;
    if (y < offCentre) return WINBIO_FP_TOO_HIGH;
    if (y > 1 - offCentre) return WINBIO_FP_TOO_LOW;
    return WINBIO_FP_TOO_SHORT;
  }
  return minutiae < SAMPLE_QUALITY.minMinutiae ? WINBIO_FP_POOR_QUALITY : 0;
}
