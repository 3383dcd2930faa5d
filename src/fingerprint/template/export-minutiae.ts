/** The minutiae of a template as a standard record, for other systems. */

import { BiometricError } from '../../core/biometric-error.ts';
import { convertMinutiaeRecord, type MinutiaeFormat, type MinutiaeView } from '../../formats/minutiae/index.ts';
import { encodeMinutiaeRecord } from '../../formats/minutiae/minutiae-writer.ts';
import { decodeMinutiae } from './decode-minutiae.ts';
import type { Impression } from './impression.ts';
import { decodeTemplate } from './template-codec.ts';

/** Options of {@link exportMinutiae}. */
export interface ExportMinutiaeOptions {
  /** Record format; ISO/IEC 19794-2:2005 when absent. */
  readonly format?: MinutiaeFormat;
  /** Finger position, 1 (right thumb) to 10 (left little finger); 0 (unknown) when absent. */
  readonly position?: number;
}

/** 500 ppi. */
const PIXELS_PER_CM = 197;

/**
 * A record with one view per impression. Positions are rounded to pixels, and the ridge orientation around the minutiae
 * is lost, so a template imported from it scores lower. Throws WHORL_E_MALFORMED and WHORL_E_NEWER_FORMAT as {@link
 * decodeTemplate} does, E_INVALIDARG for any other position.
 *
 * @example
 * const iso = exportMinutiae(template, { position: 2 });
 */
export function exportMinutiae(template: Uint8Array, options: ExportMinutiaeOptions = {}): Uint8Array {
  const { format = 'iso-19794-2-2005', position = 0 } = options;
  if (!(Number.isInteger(position) && position >= 0 && position <= 10)) {
    throw new BiometricError('E_INVALIDARG', 'a finger position is 0 to 10');
  }
  const views = decodeTemplate(template).map((impression, view) => viewOf(impression, view, position));
  // ISO 2005 has one frame for all views; minutiae keep their places.
  const widthPx = Math.max(...views.map((view) => view.widthPx));
  const heightPx = Math.max(...views.map((view) => view.heightPx));
  const device = { isCertified: false, id: 0 };
  const framed = views.map((view) => ({ ...view, widthPx, heightPx }));
  return encodeMinutiaeRecord(convertMinutiaeRecord({ format: 'iso-19794-2-2005', device, views: framed }, format));
}

function viewOf(impression: Impression, view: number, position: number): MinutiaeView {
  const { widthPx, heightPx, quality } = impression;
  return {
    position,
    view,
    impressionType: 0,
    qualities: [{ quality, vendorId: 0, algorithmId: 0 }],
    widthPx,
    heightPx,
    xPixelsPerCm: PIXELS_PER_CM,
    yPixelsPerCm: PIXELS_PER_CM,
    minutiae: decodeMinutiae(impression).map(({ type, xPx, yPx, directionRad, quality: share }) => ({
      type,
      xPx: Math.min(widthPx - 1, Math.round(xPx)),
      yPx: Math.min(heightPx - 1, Math.round(yPx)),
      angle: Math.round((directionRad * 128) / Math.PI) % 256,
      // 0 would mean that it was not computed.
      quality: Math.max(1, Math.round(100 * share)),
    })),
    extendedData: [],
  };
}
