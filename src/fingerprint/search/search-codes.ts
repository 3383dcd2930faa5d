/**
 * Records of the first stage (code-record.ts) to be kept beside a template, so that a gallery need not compute them: the
 * number of the model that made them (4 bytes, little endian), then the record of each impression, its first word 0.
 */

import { impressionStarts, locateImpressions } from '../template/template-codec.ts';
import { CODE_MODEL_BASE64 } from './code-model.ts';
import { RECORD_COUNT, RECORD_ROWS, RECORD_WEIGHT, ROW_BYTES, recordRows } from './code-record.ts';
import type { ViewCoder } from './view-coder.ts';

/** Changes with what codes are made of beside the model: cylinders, weights, the layout of records. */
const VERSION = 1;
const HEAD = 4;

/** Search codes of a template. Throws WHORL_E_MALFORMED, WHORL_E_NEWER_FORMAT. */
export function searchCodesOf(coder: ViewCoder, template: Uint8Array): Uint8Array {
  const starts = locateImpressions(template);
  const rows = starts.reduce((sum, start) => sum + recordRows(template[start + 5]!), 0);
  const codes = new Uint8Array(HEAD + ROW_BYTES * rows);
  new DataView(codes.buffer).setUint32(0, modelNumber(), true);
  let at = HEAD;
  for (const start of starts) {
    const record = coder.code(template, start);
    const { length } = record;
    const count = new DataView(record.buffer, record.byteOffset).getInt32(RECORD_COUNT, true);
    // Behind the codes may be what is left of another view.
    codes.set(record.subarray(0, ROW_BYTES * recordRows(count)), at);
    at += length;
  }
  return codes;
}

/**
 * The records in the search codes of a sound template; undefined for those of another model, and for any that are not
 * what this version makes. They decide only which references are compared in full.
 */
export function codeRecords(template: Uint8Array, codes: Uint8Array): Uint8Array | undefined {
  if (codes.length < HEAD) return undefined;
  const view = new DataView(codes.buffer, codes.byteOffset, codes.length);
  if (view.getUint32(0, true) !== modelNumber()) return undefined;
  let at = HEAD;
  for (const start of impressionStarts(template)) {
    const minutiae = template[start + 5]!;
    const rows = recordRows(minutiae);
    if (at + ROW_BYTES * rows > codes.length) return undefined;
    const count = view.getUint32(at + RECORD_COUNT, true);
    const weight = view.getFloat32(at + RECORD_WEIGHT, true);
    if (view.getUint32(at + RECORD_ROWS, true) !== rows || count > minutiae) return undefined;
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) return undefined;
    at += ROW_BYTES * rows;
  }
  return at === codes.length ? codes.subarray(HEAD) : undefined;
}

let known: number | undefined;

/** FNV-1a of the model and the version. */
function modelNumber(): number {
  if (known !== undefined) return known;
  let hash = 0x811c9dc5 ^ VERSION;
  for (let i = 0; i < CODE_MODEL_BASE64.length; i++) {
    hash = Math.imul(hash ^ CODE_MODEL_BASE64.charCodeAt(i), 0x01000193);
  }
  known = hash >>> 0;
  return known;
}
