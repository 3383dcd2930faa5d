/** Makes encoded impressions ready for comparison, in the kernel. */

import { Kernel } from '../kernel/kernel.ts';
import { IMPRESSION_HEAD, MINUTIA_BYTES } from '../template/template-codec.ts';
import { viewWords } from './prepared-view.ts';
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

  /** Prepares the impression that begins at `start` of a sound template. */
  prepare(template: Uint8Array, start: number): void {
    const count = template[start + 5]!;
    const first = start + IMPRESSION_HEAD;
    this.#minutiae.set(template.subarray(first, first + MINUTIA_BYTES * count));
    this.functions.prepareView(
      this.#minutiae.byteOffset,
      count,
      this.#tables,
      this.view.byteOffset,
      this.#scratch.byteOffset,
    );
  }
}

let ofThisThread: ViewPreparer | undefined;

/** The preparer of this thread; made on first use. */
export function threadPreparer(): ViewPreparer {
  ofThisThread ??= new ViewPreparer();
  return ofThisThread;
}
