/** A template from the minutiae of a standard record, made by another system. */

import { BiometricError } from '../core/biometric-error.ts';
import { chooseResolution, type ResolutionOptions } from '../formats/image/choose-resolution.ts';
import {
  convertMinutiaeRecord,
  decodeMinutiaeRecord,
  decodeMinutiaeRecordLeniently,
  type MinutiaeView,
} from '../formats/minutiae/index.ts';
import { distinctViews } from './comparison/distinct-views.ts';
import type { Minutia } from './minutia.ts';
import { MINUTIAE, MINUTIAE_IMPORT, WORKING_RESOLUTION_PPI } from './parameters.ts';
import { DESCRIPTOR_BYTES, type Impression } from './template/impression.ts';
import { packImpression } from './template/pack-impression.ts';
import { encodeTemplate, MAX_VIEWS } from './template/template-codec.ts';

const CM_PER_INCH = 2.54;
/** Quality of minutiae for which none was computed, 0 to 1. */
const UNKNOWN_QUALITY = 0.5;

/** Options of {@link importMinutiae}. */
export interface ImportMinutiaeOptions extends ResolutionOptions {
  /** Finger to take from a record of several; required for such a record. */
  readonly position?: number;
  /** Reads records that deviate from their standard, as many do; false when absent. */
  readonly lenient?: boolean;
}

/**
 * A template of a finger minutiae record (ISO/IEC 19794-2:2005, :2011, ANSI INCITS 378-2004, -2009, /AM1), with the
 * best of its views; views of one impression count once. Records do not state how the ridges run around the minutiae, so scores are lower than those of
 * templates made from images; nor are scores calibrated for other extractors, which place minutiae in their own ways.
 *
 * Throws WHORL_E_MALFORMED for bytes that are not such a record, WHORL_E_UNSUPPORTED_FORMAT without a resolution;
 * E_INVALIDARG for a record of several fingers without `position`, for one without that finger, and for resolutions and
 * sizes that images may not have either.
 *
 * @example
 * const template = importMinutiae(await readFile('finger.fmr'), { lenient: true });
 */
export function importMinutiae(record: Uint8Array, options: ImportMinutiaeOptions = {}): Uint8Array {
  const decoded = options.lenient ? decodeMinutiaeRecordLeniently(record).record : decodeMinutiaeRecord(record);
  const { views } = convertMinutiaeRecord(decoded, 'iso-19794-2-2011');
  const position = options.position ?? views[0]?.position;
  const ofFinger = views.filter((view) => view.position === position);
  if (ofFinger.length === 0)
    throw new BiometricError(
      'E_INVALIDARG',
      position === undefined ? 'the record has no view' : `the record has no finger ${position}`,
    );
  if (options.position === undefined && ofFinger.length < views.length) {
    throw new BiometricError('E_INVALIDARG', 'the record has several fingers: choose one');
  }
  const impressions = ofFinger.map((view) => impressionOf(view, options)).sort((a, b) => b.quality - a.quality);
  return encodeTemplate(distinctViews(impressions).slice(0, MAX_VIEWS));
}

function impressionOf(view: MinutiaeView, options: ResolutionOptions): Impression {
  const scaleX = scaleOf(view.xPixelsPerCm, options);
  const scaleY = view.yPixelsPerCm === view.xPixelsPerCm ? scaleX : scaleOf(view.yPixelsPerCm, options);
  // Some records state no size, or one that does not hold their minutiae: the frame grows, minutiae stay in place.
  const span = (sizePx: number, placesPx: readonly number[], scale: number) =>
    Math.ceil(Math.max(sizePx, 1 + Math.max(...placesPx)) * scale);
  const widthPx = span(
    view.widthPx,
    view.minutiae.map(({ xPx }) => xPx),
    scaleX,
  );
  const heightPx = span(
    view.heightPx,
    view.minutiae.map(({ yPx }) => yPx),
    scaleY,
  );
  const { maxSidePx } = MINUTIAE_IMPORT;
  if (!(Math.max(widthPx, heightPx) <= maxSidePx)) {
    throw new BiometricError('E_INVALIDARG', `a print is at most ${maxSidePx} pixels of 500 ppi wide and high`);
  }
  const minutiae = view.minutiae
    .map(
      ({ xPx, yPx, angle, type, quality }): Minutia => ({
        xPx: xPx * scaleX,
        yPx: yPx * scaleY,
        directionRad: (angle * Math.PI) / 128,
        type: type === 'bifurcation' ? type : 'ending',
        quality: quality >= 1 && quality <= 100 ? quality / 100 : UNKNOWN_QUALITY,
      }),
    )
    .sort((a, b) => b.quality - a.quality)
    .slice(0, MINUTIAE.maxCount);
  const [first] = view.qualities;
  const quality = first !== undefined && first.quality <= 100 ? first.quality : 0;
  const descriptors = new Uint8Array(minutiae.length * DESCRIPTOR_BYTES);
  return packImpression({ widthPx, heightPx, quality, descriptors }, minutiae);
}

/** Pixels of 500 ppi in one of the record's; as images, records within 2 % of it are not scaled. */
function scaleOf(pixelsPerCm: number, options: ResolutionOptions): number {
  const place = { format: 'minutiae record', field: 'resolution', offset: 0 };
  const ppi = chooseResolution(place, pixelsPerCm * CM_PER_INCH, options);
  const scale = WORKING_RESOLUTION_PPI / ppi;
  if (!(ppi >= MINUTIAE_IMPORT.minResolutionPpi)) {
    throw new BiometricError('E_INVALIDARG', `a record of ${Math.round(ppi)} pixels per inch is too coarse`);
  }
  return Math.abs(scale - 1) <= MINUTIAE_IMPORT.resolutionTolerance ? 1 : scale;
}
