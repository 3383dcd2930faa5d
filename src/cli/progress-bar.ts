/** Progress of long work on a terminal; silent where nobody looks. */

import { SingleBar } from 'cli-progress';

/** A bar that ends when it is disposed of. */
export interface ProgressBar extends Disposable {
  update(done: number, total: number): void;
}

/** On standard error, so that what is printed stays clean. */
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
