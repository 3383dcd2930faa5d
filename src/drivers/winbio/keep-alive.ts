/** Callbacks do not keep a process (koffi registers them so): a timer does while something is out. */

let out = 0;
let alive: NodeJS.Timeout | undefined;
const LONG_MS = 2 ** 30;

/** Keeps the process until it is disposed of, once. */
export function keepAlive(): Disposable {
  if (out++ === 0) alive = setInterval(() => {}, LONG_MS);
  let isKept = true;
  return {
    [Symbol.dispose]() {
      if (isKept && --out === 0) clearInterval(alive);
      isKept = false;
    },
  };
}
