/** A minutiae record in another format, as far as that can express it. */

import { BiometricError } from '../../core/biometric-error.ts';
import { hasZones } from './extended-data.ts';
import {
  type CaptureDetails,
  MINUTIAE_LAYOUTS,
  type MinutiaeFormat,
  type MinutiaeRecord,
  type MinutiaeView,
} from './minutiae-record.ts';

/** Owner of a converted ANSI record that named none. */
const UNKNOWN_OWNER = 0x0103;

const UNKNOWN_CAPTURE: CaptureDetails = {
  dateTime: [0xffff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xffff],
  deviceTechnology: 0,
  deviceVendorId: 0,
  deviceId: 0,
  certificates: [],
  ridgeEndingType: 0,
  hasMinutiaQuality: true,
};

/**
 * The record in `format`. Angles are rounded to its steps; qualities beyond the first, names of quality algorithms,
 * dates, certificates and zones are lost where it has no place for them. Throws E_INVALIDARG for more than 16 views of
 * a finger where the format numbers no more.
 *
 * @example
 * const iso = convertMinutiaeRecord(decodeMinutiaeRecord(bytes), 'iso-19794-2-2005');
 * const written = encodeMinutiaeRecord(iso);
 */
export function convertMinutiaeRecord(record: MinutiaeRecord, format: MinutiaeFormat): MinutiaeRecord {
  if (format === record.format) return record;
  const views = record.views.map((view) => convertView(view, record.format, format));
  if (format === 'iso-19794-2-2011') {
    const hasCertificates = views.some(({ capture }) => (capture?.certificates.length ?? 0) > 0);
    return { format, hasCertificates, views };
  }
  const deviceId = record.device?.id ?? record.views[0]?.capture?.deviceId ?? 0;
  const device = {
    isCertified: record.device?.isCertified ?? false,
    id: MINUTIAE_LAYOUTS[format].hasSharedFrame ? deviceId & 0xfff : deviceId,
  };
  if (format === 'iso-19794-2-2005') return { format, device, views };
  return { format, productId: record.productId ?? { owner: UNKNOWN_OWNER, type: 0 }, device, views };
}

function convertView(view: MinutiaeView, from: MinutiaeFormat, to: MinutiaeFormat): MinutiaeView {
  const [source, target] = [MINUTIAE_LAYOUTS[from], MINUTIAE_LAYOUTS[to]];
  const turn = (angle: number) => Math.round((angle * target.angleSteps) / source.angleSteps) % target.angleSteps;
  const grade = (quality: number) => (quality > 100 && !target.hasSpecialQualities ? 0 : quality);
  const { capture, zonalQuality, singularPoints, ...rest } = view;
  const [first = { quality: 0, vendorId: 0, algorithmId: 0 }] = view.qualities;
  const named = target.hasSharedFrame
    ? { quality: grade(first.quality), vendorId: 0, algorithmId: 0 }
    : { ...first, quality: grade(first.quality) };
  const isIso2011 = to === 'iso-19794-2-2011';
  if (target.hasSharedFrame && view.view > 15) {
    throw new BiometricError('E_INVALIDARG', `${to} numbers at most 16 views of a finger`);
  }
  return {
    ...rest,
    impressionType: target.hasSharedFrame && view.impressionType > 15 ? 0 : view.impressionType,
    qualities: isIso2011 && source.hasSpecialQualities ? view.qualities : [named],
    minutiae: view.minutiae.map((each) => ({ ...each, angle: turn(each.angle), quality: grade(each.quality) })),
    ...(singularPoints && {
      singularPoints: {
        cores: singularPoints.cores.map((each) => ({ ...each, angles: each.angles.map(turn) })),
        deltas: singularPoints.deltas.map((each) => ({ ...each, angles: each.angles.map(turn) })),
      },
    }),
    ...(zonalQuality &&
      hasZones(to) && { zonalQuality: isIso2011 ? zonalQuality : { ...zonalQuality, vendorId: 0, algorithmId: 0 } }),
    ...(isIso2011 && { capture: capture ?? UNKNOWN_CAPTURE }),
  };
}
