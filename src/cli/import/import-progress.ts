/** A line on the terminal while an import runs: after a second, then a few times a second. */

const FIRST_MS = 1000;
const EVERY_MS = 250;

/** Disposing of it takes the line away. */
export class ImportProgress implements Disposable {
  readonly #start = performance.now();
  #shownAtMs = 0;

  /** Silent where standard error is no terminal. */
  show(rows: number, share: number | undefined): void {
    const now = performance.now();
    if (process.stderr.isTTY !== true || now - this.#start < FIRST_MS || now - this.#shownAtMs < EVERY_MS) return;
    this.#shownAtMs = now;
    const rate = Math.round((1000 * rows) / (now - this.#start));
    const part = share === undefined ? '' : `, ${Math.floor(100 * share)} % of the file`;
    process.stderr.write(`\r\x1b[K${rows} rows${part}, ${rate} a second`);
  }

  [Symbol.dispose](): void {
    if (this.#shownAtMs > 0) process.stderr.write('\r\x1b[K');
    this.#shownAtMs = 0;
  }
}
