/** Codes the views of a template for the first stage of a search, in the kernel. */

import { ViewPreparer } from '../comparison/view-preparer.ts';
import { CODE, EVIDENCE } from '../parameters.ts';
import { CODE_MODEL_BASE64 } from './code-model.ts';
import { RECORD_ROWS, ROW_BYTES, recordRows } from './code-record.ts';

const MAX_COUNT = 255;

/** The learned projection: bit k of a code is set where the weights of the bits set sum up to more than threshold k. */
export interface CodeModel {
  /** 312 a row, one row for each bit of a code. */
  readonly weights: Int8Array;
  readonly thresholds: ArrayLike<number>;
}

/** The projection of this version. */
export function codeModel(): CodeModel {
  const bytes = Uint8Array.from(atob(CODE_MODEL_BASE64), (character) => character.charCodeAt(0));
  const length = CODE.length * CODE.cylinderBits;
  return { weights: new Int8Array(bytes.buffer, 0, length), thresholds: new Int16Array(bytes.buffer, length) };
}

/** Codes views. One coder serves one thread. */
export class ViewCoder extends ViewPreparer {
  readonly #weights: number;
  readonly #thresholds: number;
  readonly #record = this.memory.uint8(ROW_BYTES * recordRows(MAX_COUNT));
  readonly #scratch = this.memory.int32(MAX_COUNT);

  constructor({ weights, thresholds }: CodeModel = codeModel()) {
    super();
    const transposed = this.memory.int16(weights.length);
    for (let i = 0; i < weights.length; i++) {
      transposed[(i % CODE.cylinderBits) * CODE.length + Math.floor(i / CODE.cylinderBits)] = weights[i]!;
    }
    const lasting = this.memory.int16(CODE.length);
    lasting.set(thresholds);
    this.#weights = transposed.byteOffset;
    this.#thresholds = lasting.byteOffset;
  }

  /** Record of the impression that begins at `start` of a sound template, without a slot; valid until the next call. */
  code(template: Uint8Array, start: number): Uint8Array {
    this.prepare(template, start);
    this.functions.writeCodes(
      this.view.byteOffset,
      this.#weights,
      this.#thresholds,
      127 * EVIDENCE.leastQuality,
      127 * EVIDENCE.usualQuality,
      this.#record.byteOffset,
      this.#scratch.byteOffset,
    );
    const rows = recordRows(template[start + 5]!);
    const record = this.#record.subarray(0, ROW_BYTES * rows);
    new DataView(record.buffer, record.byteOffset).setUint32(RECORD_ROWS, rows, true);
    return record;
  }
}
