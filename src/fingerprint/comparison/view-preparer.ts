/** Makes encoded impressions ready for comparison, in the kernel. */

import { Kernel } from '../kernel/kernel.ts';
import { IMPRESSION_HEAD, MINUTIA_BYTES } from '../template/template-codec.ts';
import { type DistinctMinutiae, distinctMinutiae } from './distinct-minutiae.ts';
import { HEAD_MISPLACED, viewWords } from './prepared-view.ts';
import { writeViewTables } from './view-tables.ts';

/** Most minutiae an impression can have. */
const MAX_COUNT = 255;
const SCRATCH_BYTES = 6656;

/** Prepares views. One preparer serves one thread. */
export class ViewPreparer extends Kernel {
  readonly #tables = writeViewTables(this);
  readonly #minutiae = this.memory.uint8(MINUTIA_BYTES * MAX_COUNT);
  readonly #scratch = this.memory.uint8(SCRATCH_BYTES);
  /** The view prepared last, in the kernel's memory. */
  readonly view = this.memory.int32(viewWords(MAX_COUNT));

  /**
   * Prepares the impression that begins at `start` of a sound template. Returns the numbers of the minutiae that the view
   * has, in order.
   */
  prepare(template: Uint8Array, start: number): Uint8Array {
    const { numbers, misplaced } = readDistinct(template, start);
    const first = start + IMPRESSION_HEAD;
    if (numbers.length === template[start + 5]) {
      this.#minutiae.set(template.subarray(first, first + MINUTIA_BYTES * numbers.length));
    } else {
      numbers.forEach((number, i) => {
        const from = first + MINUTIA_BYTES * number;
        this.#minutiae.set(template.subarray(from, from + MINUTIA_BYTES), MINUTIA_BYTES * i);
      });
    }
    this.functions.prepareView(
      this.#minutiae.byteOffset,
      numbers.length,
      this.#tables,
      this.view.byteOffset,
      this.#scratch.byteOffset,
    );
    this.view[HEAD_MISPLACED] = misplaced;
    return numbers;
  }
}

function readDistinct(template: Uint8Array, start: number): DistinctMinutiae {
  const count = template[start + 5]!;
  const { buffer, byteOffset } = template;
  const view = new DataView(buffer, byteOffset + start + IMPRESSION_HEAD, MINUTIA_BYTES * count);
  const [x, y, direction] = [new Uint16Array(count), new Uint16Array(count), new Uint8Array(count)];
  for (let i = 0, at = 0; i < count; i++, at += MINUTIA_BYTES) {
    x[i] = view.getUint16(at, true);
    y[i] = view.getUint16(at + 2, true);
    direction[i] = view.getUint8(at + 4);
  }
  return distinctMinutiae({ count, x, y, direction });
}

let ofThisThread: ViewPreparer | undefined;

/** The preparer of this thread; made on first use. */
export function threadPreparer(): ViewPreparer {
  ofThisThread ??= new ViewPreparer();
  return ofThisThread;
}
