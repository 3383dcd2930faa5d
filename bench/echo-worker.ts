/** The other thread of a floor: answers every message with the same fixed answer. */

import { parentPort, workerData } from 'node:worker_threads';

parentPort?.on('message', () => parentPort?.postMessage(workerData));
