/** Tells that USB devices came or went: the kernel makes and removes a file for each. */

import { existsSync, type FSWatcher, watch } from 'node:fs';

const FOLDER = '/dev/bus/usb';
/** The files of one device come and change one after the other. */
const SETTLE_MS = 300;
/** Where there is no such folder yet, as before the first device of a container, it is looked for. */
const LOOK_MS = 5000;

/** Calls `changed` a moment after each change, until it is disposed of. */
export function watchUsb(changed: () => void): Disposable {
  let watcher: FSWatcher | undefined;
  let settling: NodeJS.Timeout | undefined;
  const tell = () => {
    clearTimeout(settling);
    settling = setTimeout(changed, SETTLE_MS).unref();
  };
  const start = () => {
    if (watcher !== undefined || !existsSync(FOLDER)) return;
    try {
      watcher = watch(FOLDER, { recursive: true, persistent: false }, tell);
    } catch {
      return;
    }
    watcher.on('error', () => {
      watcher?.close();
      watcher = undefined;
    });
  };
  start();
  const looking = setInterval(() => {
    const had = watcher !== undefined;
    start();
    if (!had && watcher !== undefined) tell();
  }, LOOK_MS).unref();
  return {
    [Symbol.dispose]() {
      clearInterval(looking);
      clearTimeout(settling);
      watcher?.close();
    },
  };
}
