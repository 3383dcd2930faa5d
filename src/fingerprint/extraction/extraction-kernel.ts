/** The kernel that extraction uses, with the filter bank in its memory. */

import { Kernel } from '../kernel/kernel.ts';
import { GABOR_BANK_LENGTH, writeGaborBank } from './gabor-bank.ts';

/** A kernel with the filter bank in its memory. */
export class ExtractionKernel extends Kernel {
  readonly bank = this.memory.float32(GABOR_BANK_LENGTH);

  constructor() {
    super();
    writeGaborBank(this.bank);
  }
}

let ofThisThread: ExtractionKernel | undefined;

/** The extraction kernel of this thread; made on first use. */
export function extractionKernel(): ExtractionKernel {
  ofThisThread ??= new ExtractionKernel();
  return ofThisThread;
}
