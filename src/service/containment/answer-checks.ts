/** What adapters may answer, as their contracts say. */

import type { AnswerCheck } from './call-guard.ts';

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

export const isNothing: AnswerCheck = () => true;
export const isBytes: AnswerCheck = (value) => value instanceof Uint8Array;
export const isBytesOrNothing: AnswerCheck = (value) => value === undefined || isBytes(value);
export const isCount: AnswerCheck = (value) => Number.isSafeInteger(value) && (value as number) >= 0;

/** A list whose every entry passes. */
export function isListOf(check: AnswerCheck): AnswerCheck {
  return (value) => Array.isArray(value) && value.every(check);
}

/** `kind` with bytes, or a rejection with its detail: captures and extractions. */
export function isBytesOrRejected(kind: 'sample' | 'features'): AnswerCheck {
  return (value) => {
    if (!isObject(value)) return false;
    if (value.kind === 'rejected') return isCount(value.detail);
    return value.kind === kind && isBytes(value[kind]);
  };
}

export const isVerification: AnswerCheck = (value) =>
  isObject(value) && typeof value.match === 'boolean' && Number.isFinite(value.score);

export const isCandidateList = isListOf(
  (value) => isObject(value) && isRecordId(value.recordId) && Number.isFinite(value.score),
);

export const isPersonList = isListOf((value) => isObject(value) && isCount(value.trackingId));

export const isProgress: AnswerCheck = (value) =>
  isObject(value) &&
  (value.kind === 'more-data' || value.kind === 'complete' || value.kind === 'rejected') &&
  isCount(value.detail) &&
  (value.percentComplete as number) >= 0 &&
  (value.percentComplete as number) <= 100;

export const isPicture: AnswerCheck = (value) =>
  isObject(value) &&
  isObject(value.image) &&
  isBytes(value.image.pixels) &&
  Array.isArray(value.minutiae) &&
  isObject(value.flow) &&
  isBytes(value.flow.degrees);

export const isBuilder: AnswerCheck = (value) => isObject(value) && typeof value.add === 'function';
export const isGallery: AnswerCheck = (value) => isObject(value) && typeof value.add === 'function';

export const isControlOutcome: AnswerCheck = (value) =>
  isObject(value) && isBytes(value.received) && typeof value.operationStatus === 'number';

export const isAdvice: AnswerCheck = (value) =>
  isObject(value) && typeof value.repeat === 'boolean' && isBytes(value.data);

export const isRecordId: AnswerCheck = (value) => Number.isSafeInteger(value);
export const isRecordIdList = isListOf(isRecordId);
export const isRecordList = isListOf(
  (value) => isObject(value) && isRecordId(value.recordId) && isBytes(value.template),
);
export const isDatabase: AnswerCheck = (value) =>
  isObject(value) && isObject(value.descriptor) && typeof value.query === 'function';
