/** The pages of a database, read and opened on a thread of their own. */

import { Worker } from 'node:worker_threads';
import { BiometricError, deserializeError } from '../../core/biometric-error.ts';
import { workerEntry, workerOptions } from '../../core/worker-entry.ts';
import type { PagesAnswer, PagesPlace } from './pages-messages.ts';
import type { RecordPage } from './record-page.ts';

/** Pages that are read ahead: some 4 MB. */
const AHEAD = 4;

/** Pages in order. Throws what reading throws; the thread ends with the loop over them. */
export async function* readOnThread(place: PagesPlace): AsyncGenerator<RecordPage> {
  const worker = new Worker(workerEntry('pages-worker', import.meta.url), {
    workerData: place,
    ...workerOptions(),
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  });
  const arrived: PagesAnswer[] = [];
  let wake = (): void => {};
  const take = (answer: PagesAnswer): void => {
    arrived.push(answer);
    wake();
  };
  const lost = (cause?: unknown): void => {
    const fault = new BiometricError('WINBIO_E_DATABASE_READ_ERROR', 'the thread that reads a database ended', {
      cause,
    });
    take({ error: fault.serialize() });
  };
  worker.on('message', take);
  worker.on('error', lost);
  worker.on('exit', () => lost());
  try {
    for (let i = 0; i < AHEAD; i++) worker.postMessage('next');
    for (;;) {
      while (arrived.length === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const answer = arrived.shift() as PagesAnswer;
      if ('error' in answer) throw deserializeError(answer.error);
      if (answer.page === undefined) return;
      worker.postMessage('next');
      yield answer.page;
    }
  } finally {
    worker.removeAllListeners();
    await worker.terminate();
  }
}
