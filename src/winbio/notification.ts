/** How an asynchronous handle delivers its notices. WBF: sessions 9, rows V5 to V10 of section 4. */

import {
  type HWND_BROADCAST,
  WINBIO_ASYNC_NOTIFY_CALLBACK,
  WINBIO_ASYNC_NOTIFY_MESSAGE,
  WM_APP,
} from '../core/constants.ts';
import { type HRESULT, SUCCEEDED } from '../core/hresult.ts';
import { E_INVALIDARG, E_POINTER, S_OK } from '../core/result-constants.ts';
import type { WINBIO_ASYNC_RESULT } from './async-result.ts';
import { type MessageTarget, MessageWindow } from './message-window.ts';

/** Receives one notice; the program frees it with `WinBioFree`. */
export type PWINBIO_ASYNC_COMPLETION_CALLBACK = (AsyncResult: WINBIO_ASYNC_RESULT) => void;

/** The target of messages: a window, null, or the broadcast number, which is always refused. */
export type HWND = MessageTarget | typeof HWND_BROADCAST | null;

/** Arguments 7 to 10 of an asynchronous open. */
export interface NotificationArguments {
  readonly method: number;
  readonly window: HWND | undefined;
  readonly messageCode: number | undefined;
  readonly callback: PWINBIO_ASYNC_COMPLETION_CALLBACK | null | undefined;
}

/** Delivers one notice; false when it could not be delivered and the framework has to free it (D-46). */
export type Deliver = (result: WINBIO_ASYNC_RESULT, discard: () => void) => boolean;

const LAST_MESSAGE_CODE = 0xbfff;

/** Checks the arguments of the chosen method; those of the other are ignored (V10). */
export function checkNotification(wanted: NotificationArguments): HRESULT {
  if (wanted.method === WINBIO_ASYNC_NOTIFY_CALLBACK) {
    return typeof wanted.callback === 'function' ? S_OK : E_POINTER;
  }
  if (wanted.method !== WINBIO_ASYNC_NOTIFY_MESSAGE) return E_INVALIDARG; // D-10
  const { window, messageCode } = wanted;
  // A closed window takes no message, so no one would ever learn the outcome.
  if (!(window instanceof MessageWindow) || !window.open) return E_INVALIDARG;
  const legal =
    Number.isInteger(messageCode) && Number(messageCode) >= WM_APP && Number(messageCode) <= LAST_MESSAGE_CODE;
  return legal ? S_OK : E_INVALIDARG;
}

/** How notices are delivered; `call` runs a callback of the program. The arguments are already checked. */
export function deliveryOf(wanted: NotificationArguments, call: (callback: () => unknown) => void): Deliver {
  const { window, messageCode, callback } = wanted;
  if (SUCCEEDED(checkNotification(wanted)) && wanted.method === WINBIO_ASYNC_NOTIFY_MESSAGE) {
    return (result, discard) => (window as MessageWindow).post(Number(messageCode), result, discard);
  }
  return (result) => {
    call(() => callback?.(result));
    return true;
  };
}
