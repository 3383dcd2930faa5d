/** Progress of long work on a terminal; silent where there is none. */

import { SingleBar } from 'cli-progress';

/** Disposing of it ends the bar. */
export interface ProgressBar extends Disposable {
  update(done: number, total: number): void;
}

/** Writes to standard error, so that standard output holds nothing but the answer. */
export function progressBar(what: string, quiet = false): ProgressBar {
  const bar = new SingleBar({
    format: `{bar} {value}/{total} ${what}, {eta_formatted} left`,
    stream: process.stderr,
    noTTYOutput: false,
    clearOnComplete: true,
  });
  let started = false;
  return {
    update(done, total) {
      if (quiet || process.stderr.isTTY !== true) return;
      if (!started) bar.start(total, done);
      else bar.setTotal(total);
      started = true;
      bar.update(done);
    },
    [Symbol.dispose]() {
      if (started) bar.stop();
    },
  };
}
