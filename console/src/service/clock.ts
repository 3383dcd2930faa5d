/** The time, for texts such as "12 s ago"; it runs while something shows it. */

import { signal } from '@preact/signals';

const now = signal(Date.now());
let timer: ReturnType<typeof setInterval> | undefined;
let users = 0;

/** Milliseconds since 1970, each second. */
export const nowMs = now as { readonly value: number };

/** Runs the clock; returns how to let it go. */
export function runClock(): () => void {
  users += 1;
  now.value = Date.now();
  timer ??= setInterval(() => (now.value = Date.now()), 1000);
  return () => {
    users -= 1;
    if (users > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
