import { expect, test } from 'vitest';
import type { WINBIO_ASYNC_RESULT } from '../async-result.ts';
import { MESSAGE_QUEUE_LIMIT } from '../message-window.ts';
import { ForwardingWindow } from './forwarding-window.ts';
import { WINDOW_WORDS } from './messages.ts';

test('a full window takes no notice, and a closed one, although its thread sleeps', () => {
  const words = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
  const shared = new Int32Array(words);
  const forwarded: number[] = [];
  const window = new ForwardingWindow(words, (code) => forwarded.push(code));
  const post = () => window.post(0x8000, {} as WINBIO_ASYNC_RESULT);
  for (let i = 0; i < MESSAGE_QUEUE_LIMIT; i++) post();
  expect([post(), window.length, forwarded.length]).toEqual([false, MESSAGE_QUEUE_LIMIT, MESSAGE_QUEUE_LIMIT]);
  Atomics.sub(shared, WINDOW_WORDS.waiting, 1);
  expect([post(), post()]).toEqual([true, false]);
  Atomics.store(shared, WINDOW_WORDS.waiting, 0);
  Atomics.store(shared, WINDOW_WORDS.closed, 1);
  expect([post(), window.open]).toEqual([false, false]);
});
