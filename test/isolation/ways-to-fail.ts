/** Faults outside a call, each of which ends the process that it happens in, or ought to. */

import { EventEmitter } from 'node:events';

const kept: Uint8Array[] = [];

/** By the code of a vendor command. */
export const WAYS_TO_FAIL: readonly (readonly [string, () => void])[] = [
  ['throws in a timer', () => void setTimeout(() => (undefined as never as () => void)())],
  ['leaves a rejection unhandled', () => void Promise.reject(new TypeError('nobody hears this'))],
  ['emits an error that nobody hears', () => void setTimeout(() => new EventEmitter().emit('error', new TypeError()))],
  ['ends its process', () => process.exit(0)],
  [
    'stands still',
    () => {
      for (;;);
    },
  ],
  ['leaks', () => void setInterval(() => kept.push(new Uint8Array(32 << 20).fill(1)), 5)],
];
