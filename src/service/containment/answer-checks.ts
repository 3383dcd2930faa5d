/** Checks of the answers of adapters against their contracts. */

import type { AnswerCheck } from './call-guard.ts';

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

export const isNothing: AnswerCheck = () => true;
export const isBytes: AnswerCheck = (value) => value instanceof Uint8Array;
export const isBytesOrNothing: AnswerCheck = (value) => value === undefined || isBytes(value);
export const isCount: AnswerCheck = (value) => Number.isSafeInteger(value) && (value as number) >= 0;

/** A list of entries that pass. */
export function isListOf(check: AnswerCheck): AnswerCheck {
  return (value) => Array.isArray(value) && value.every(check);
}

/** Undefined, or what passes. */
function isMaybe(check: AnswerCheck): AnswerCheck {
  return (value) => value === undefined || check(value);
}

const isNumber: AnswerCheck = (value) => Number.isFinite(value);

/** `kind` with bytes, or a rejection with its detail: captures and extractions. */
export function isBytesOrRejected(kind: 'sample' | 'features'): AnswerCheck {
  return (value) => {
    if (!isObject(value)) return false;
    if (value.kind === 'rejected') return isCount(value.detail);
    return value.kind === kind && isBytes(value[kind]);
  };
}

const isReport: AnswerCheck = (value) =>
  isObject(value) &&
  [value.quality, value.areaMm2, value.clarity, value.ridgeShare, value.evenness].every(isNumber) &&
  isListOf((advice) => isObject(advice) && typeof advice.flaw === 'string' && typeof advice.words === 'string')(
    value.advice,
  );

export const isExtraction: AnswerCheck = (value) =>
  isBytesOrRejected('features')(value) && isMaybe(isReport)((value as Fields).report);

export const isVerification: AnswerCheck = (value) =>
  isObject(value) && typeof value.match === 'boolean' && isNumber(value.score) && isMaybe(isNumber)(value.threshold);

export const isCandidateList = isListOf(
  (value) =>
    isObject(value) && isRecordId(value.recordId) && isNumber(value.score) && isMaybe(isNumber)(value.threshold),
);

/** As many bytes as there are cells. */
const isGrid = (cells: unknown, { columns, rows }: Fields): boolean =>
  isBytes(cells) && (cells as Uint8Array).length === (columns as number) * (rows as number);

const isMinutiaList = isListOf(
  (value) =>
    isObject(value) &&
    [value.xPx, value.yPx, value.directionRad, value.quality].every(isNumber) &&
    (value.type === 'ending' || value.type === 'bifurcation'),
);

const isReference: AnswerCheck = (value) =>
  isObject(value) &&
  isMinutiaList(value.minutiae) &&
  isListOf((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(isCount))(value.pairs) &&
  isNumber(value.score);

export const isPicture: AnswerCheck = (value) => {
  if (!isObject(value)) return false;
  const { image, minutiae, flow, reference } = value;
  return (
    isObject(image) &&
    isGrid(image.pixels, { columns: image.widthPx, rows: image.heightPx }) &&
    isNumber(image.resolutionPpi) &&
    isMinutiaList(minutiae) &&
    isObject(flow) &&
    isNumber(flow.cellPx) &&
    isGrid(flow.degrees, flow) &&
    isMaybe(isReference)(reference)
  );
};

const isCoverage: AnswerCheck = (value) =>
  isObject(value) && isNumber(value.areaMm2) && isNumber(value.cellMm) && isGrid(value.views, value);

export const isPersonList = isListOf((value) => isObject(value) && isCount(value.trackingId));

export const isProgress: AnswerCheck = (value) =>
  isObject(value) &&
  (value.kind === 'more-data' || value.kind === 'complete' || value.kind === 'rejected') &&
  isCount(value.detail) &&
  (value.percentComplete as number) >= 0 &&
  (value.percentComplete as number) <= 100 &&
  isMaybe(isCoverage)(value.coverage);

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
