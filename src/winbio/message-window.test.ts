import { expect, test } from 'vitest';
import { E_INVALIDARG } from '../core/result-constants.ts';
import type { WINBIO_ASYNC_RESULT } from './async-result.ts';
import { createMessageWindow, MESSAGE_QUEUE_LIMIT } from './message-window.ts';

const notice = { SequenceNumber: 1 } as WINBIO_ASYNC_RESULT;
const keep = () => undefined;

test('messages of the program arrive in order with the notices', async () => {
  using window = createMessageWindow<string>();
  expect(window.postMessage(0x8002, 7, 'first')).toBe(true);
  expect(window.post(0x8001, notice, keep)).toBe(true);
  expect(window.postMessage(0xffff, 0, 'last')).toBe(true);
  const first = await window.getMessage();
  expect([first?.hwnd === window, first?.message, first?.wParam, first?.lParam]).toEqual([true, 0x8002, 7, 'first']);
  expect([window.peekMessage()?.lParam, window.peekMessage()?.lParam]).toEqual([notice, 'last']);
});

test('a message wakes the program that waits for one', async () => {
  using window = createMessageWindow<null>();
  const waiting = window.getMessage();
  window.postMessage(0x8000, 0, null);
  expect((await waiting)?.message).toBe(0x8000);
});

test.each([0x7fff, 0x10000, 0, -1, 1.5, Number.NaN])('no message of the program has the code %d', (code) => {
  using window = createMessageWindow<null>();
  expect(() => window.postMessage(code, 0, null)).toThrow(
    expect.objectContaining({ hresult: E_INVALIDARG, message: expect.stringContaining('WM_APP (0x8000) to 0xFFFF') }),
  );
});

test('a full window takes none, and a closed one', () => {
  using window = createMessageWindow<number>();
  for (let i = 0; i < MESSAGE_QUEUE_LIMIT; i++) window.postMessage(0x8000, 0, i);
  expect(window.postMessage(0x8000, 0, -1)).toBe(false);
  window.close();
  expect([window.postMessage(0x8000, 0, -1), window.length]).toEqual([false, 0]);
});
