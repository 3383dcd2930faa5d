/** Messages to a window that nobody sees, for handles that notify by message. Windows only. */

import { BiometricError } from '../../core/biometric-error.ts';

/** Code of the message that brings a result: the first of an application's own, WM_APP. */
export const WINBIO_RESULT_MESSAGE = 0x8000;

/** The parent of windows that take messages and nothing else. */
const HWND_MESSAGE = -3n;
const PM_REMOVE = 1;

/** How often messages are fetched, milliseconds: the event loop of Node is none of Windows. */
const FETCH_MS = 10;

/** A window and its messages. */
export interface Post {
  readonly window: bigint;
  /** Fetches messages from now on. */
  listen(): void;
  /** Fetches none until asked to. */
  rest(): void;
}

/**
 * Opens a window; `taken` gets the address in each message. Both happen on the thread that calls: Windows hands messages to
 * the thread that made their window. Throws E_NOTIMPL where there are no windows.
 */
export function openPost(koffi: typeof import('koffi').default, taken: (address: bigint) => void): Post {
  if (process.platform !== 'win32') {
    throw new BiometricError('E_NOTIMPL', "only Windows has messages: use notification 'callback'");
  }
  const user32 = koffi.load('user32.dll');
  const create = user32.func(
    'void *__stdcall CreateWindowExW(uint32_t, str16, str16, uint32_t, int, int, int, int, intptr_t, void *, void *, void *)',
  );
  const peek = user32.func('int __stdcall PeekMessageW(void *, void *, uint32_t, uint32_t, uint32_t)');
  const window = create(0, 'Static', 'whorl', 0, 0, 0, 0, 0, HWND_MESSAGE, null, null, null) as bigint | null;
  if (window === null) throw new BiometricError('E_FAIL', 'Windows made no window for messages');
  // MSG: hwnd at 0, message at 8, wParam at 16, lParam at 24; 48 bytes.
  const message = new Uint8Array(48);
  const view = new DataView(message.buffer);
  let timer: NodeJS.Timeout | undefined;
  return {
    window,
    listen() {
      // Results are waited for by what asked for them; looking for them keeps no process.
      timer ??= setInterval(() => {
        while (peek(message, window, WINBIO_RESULT_MESSAGE, WINBIO_RESULT_MESSAGE, PM_REMOVE) !== 0) {
          taken(view.getBigUint64(24, true));
        }
      }, FETCH_MS).unref();
    },
    rest() {
      clearInterval(timer);
      timer = undefined;
    },
  };
}
