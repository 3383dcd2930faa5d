/** What a driver may answer, checked before anyone relies on it. */

import type { GreyImage } from '../core/grey-image.ts';
import {
  type DeviceEnrollment,
  type DeviceIdentification,
  type DevicePicture,
  type DevicePrint,
  type DeviceVerification,
  type EnrollStage,
  MAX_DEVICE_TEMPLATE_BYTES,
  MAX_HANDLE_BYTES,
} from './matching-device.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Largest picture, pixels: more than any reader of one finger has. */
const MAX_PICTURE_PIXELS = 4_000_000;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

export const isAnything = (_: unknown): _ is undefined => true;

export function isDevicePrint(value: unknown): value is DevicePrint {
  if (!isObject(value)) return false;
  const { id, handle, label } = value;
  const labelled = label === undefined || (typeof label === 'string' && label.length <= 256);
  const handled = handle instanceof Uint8Array && handle.length <= MAX_HANDLE_BYTES;
  return typeof id === 'string' && id.length > 0 && id.length <= 256 && handled && labelled;
}

/** A list in which no two prints share an id. */
export function isPrintList(value: unknown): value is readonly DevicePrint[] {
  return Array.isArray(value) && value.every(isDevicePrint) && new Set(value.map(({ id }) => id)).size === value.length;
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

export function isTemplate(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array && value.length > 0 && value.length <= MAX_DEVICE_TEMPLATE_BYTES;
}

const isDetail = (value: unknown): boolean => isCount(value) && value > 0 && value <= 0xffff_ffff;

const isRejection = (value: Fields): boolean => value.kind === 'rejected' && isDetail(value.detail);

export function isEnrollment(value: unknown): value is DeviceEnrollment {
  if (!isObject(value)) return false;
  if (value.kind === 'duplicate') return value.print === undefined || isDevicePrint(value.print);
  return value.kind === 'enrolled' ? isDevicePrint(value.print) : isRejection(value);
}

export function isVerification(value: unknown): value is DeviceVerification {
  return isObject(value) && (value.kind === 'match' || value.kind === 'no-match' || isRejection(value));
}

export function isIdentification(value: unknown): value is DeviceIdentification {
  if (!isObject(value)) return false;
  return value.kind === 'match' ? isDevicePrint(value.print) : value.kind === 'no-match' || isRejection(value);
}

export function isPicture(value: unknown): value is DevicePicture {
  return isObject(value) && (value.kind === 'picture' ? isGreyImage(value.image) : isRejection(value));
}

function isGreyImage(value: unknown): value is GreyImage {
  if (!isObject(value)) return false;
  const { widthPx, heightPx, resolutionPpi, pixels } = value;
  if (!isCount(widthPx) || !isCount(heightPx) || widthPx * heightPx > MAX_PICTURE_PIXELS) return false;
  const hasPixels = pixels instanceof Uint8Array && pixels.length > 0 && pixels.length === widthPx * heightPx;
  return hasPixels && typeof resolutionPpi === 'number' && resolutionPpi > 0 && Number.isFinite(resolutionPpi);
}

/** A stage that may follow `completed` accepted touches of `stages`. */
export function isStageAfter(completed: number, stages: number, value: unknown): value is EnrollStage {
  if (!isObject(value)) return false;
  if (value.kind !== 'accepted') return isRejection(value);
  return isCount(value.completed) && value.completed > completed && value.completed <= stages;
}
