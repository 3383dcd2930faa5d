/** The thread of a door's module: calls its default export with the message, and tells how that ended. */

import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { DoorMessage } from './door-message.ts';

const { module, folder, message } = workerData as { module: string; folder: string; message: DoorMessage };

try {
  // A package is the one installed beside the configuration.
  const url = module.startsWith('file:') ? module : pathToFileURL(createRequire(folder).resolve(module)).href;
  const { default: open } = (await import(url)) as { default?: (message: DoorMessage) => unknown };
  if (typeof open !== 'function') throw new TypeError('the module has no function as its default export');
  await open(message);
  parentPort?.postMessage({});
} catch (thrown) {
  parentPort?.postMessage({ failure: thrown instanceof Error ? thrown.message : 'the module failed' });
}
