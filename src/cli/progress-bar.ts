/** Progress of long work, on standard error: after a second a bar on a terminal, every ten seconds a line elsewhere. */

import { SingleBar } from 'cli-progress';

/** Disposing of it ends the bar. */
export interface ProgressBar extends Disposable {
  /** `total` is undefined where it is not known. */
  update(done: number, total?: number): void;
}

/** Work that is done sooner shows nothing on a terminal, milliseconds. */
const PATIENCE_MS = 1000;
/** Time between two lines where there is no terminal, milliseconds. */
const LINE_MS = 10_000;

/** Standard output holds nothing but the answer. */
export function progressBar(what: string): ProgressBar {
  const isTerminal = process.stderr.isTTY === true;
  const bar = new SingleBar({
    format: `{bar} {value}/{total} ${what}, {eta_formatted} left`,
    stream: process.stderr,
    noTTYOutput: false,
    clearOnComplete: true,
  });
  let nextMs = performance.now() + (isTerminal ? PATIENCE_MS : LINE_MS);
  let started = false;
  return {
    update(done, total) {
      const nowMs = performance.now();
      if (isTerminal && total !== undefined) {
        if (!started && nowMs < nextMs) return;
        if (!started) bar.start(total, done);
        else bar.setTotal(total);
        started = true;
        bar.update(done);
      } else if (nowMs >= nextMs) {
        nextMs = nowMs + LINE_MS;
        process.stderr.write(`${done}${total === undefined ? '' : ` of ${total}`} ${what}\n`);
      }
    },
    [Symbol.dispose]() {
      if (started) bar.stop();
    },
  };
}
