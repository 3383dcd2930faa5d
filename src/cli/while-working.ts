/** A line on the terminal while a command computes: after a second, then every second, until it is done. */

import { Worker } from 'node:worker_threads';

/** What the thread runs. The command's own thread computes, so that its timers would not run before it is done. */
const TICKING = `
const { writeSync } = require('node:fs');
const { workerData } = require('node:worker_threads');
const start = Date.now();
setInterval(() => writeSync(2, '\\r' + workerData + ' ... ' + Math.round((Date.now() - start) / 1000) + ' s'), 1000);
`;

/** Computes, with the line on standard error where that is a terminal. */
export function whileWorking<Result>(what: string, compute: () => Result): Result {
  const { stderr } = process;
  if (stderr.isTTY !== true) return compute();
  const thread = new Worker(TICKING, { eval: true, workerData: what });
  thread.unref();
  const start = Date.now();
  try {
    return compute();
  } finally {
    void thread.terminate();
    if (Date.now() - start >= 1000) stderr.write('\r\x1b[K');
  }
}
