/** Prints the steps of the tour: aligned and coloured on a terminal, plain in a pipe, or as JSON lines. */

import type { Writable } from 'node:stream';
import colors from 'picocolors';

/** How to print. */
export interface TourPrinterOptions {
  /** One line of JSON per step. */
  readonly json?: boolean;
  /** Default: standard output. */
  readonly output?: Writable;
}

export class TourPrinter {
  readonly #output: Writable;
  readonly #json: boolean;
  readonly #colors;

  constructor({ json = false, output = process.stdout }: TourPrinterOptions) {
    this.#output = output;
    this.#json = json;
    this.#colors = colors.createColors(colors.isColorSupported && output === process.stdout && process.stdout.isTTY);
  }

  /** A chapter; not part of the JSON. */
  title(text: string): void {
    if (!this.#json) this.#output.write(`\n${this.#colors.bold(text)}\n`);
  }

  /** Does a step, then prints what happened and how long it took. */
  async timed(what: string, calls: () => Promise<string>): Promise<void> {
    const began = performance.now();
    const happened = await calls();
    this.step(what, happened, performance.now() - began);
  }

  /** Prints a step that is done. */
  step(what: string, happened: string, ms: number): void {
    if (this.#json) {
      this.#output.write(`${JSON.stringify({ step: what, happened, ms: Math.round(ms * 10) / 10 })}\n`);
      return;
    }
    const { cyan, dim } = this.#colors;
    const time = ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
    this.#output.write(`  ${cyan(what.padEnd(32))} ${happened} ${dim(`(${time})`)}\n`);
  }
}
