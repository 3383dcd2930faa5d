/** What the driver does with winbio.dll: its functions, and who hears the results of each handle. */

import { WINBIO_ASYNC_NOTIFY_CALLBACK, WINBIO_ASYNC_NOTIFY_MESSAGE } from '../../core/constants.ts';
import { LAYOUTS } from './layouts.ts';
import { loadNativeWinBio, type NativeFunctions, type NativeWinBio } from './native-winbio.ts';
import { Structure } from './structure.ts';
import type { Post } from './window-messages.ts';

/** What a result is notified by. */
export type Notification = 'callback' | 'message';

/** A result of an asynchronous call, while it is in memory. */
export interface WinBioResult {
  readonly structure: Structure<'WINBIO_ASYNC_RESULT'>;
  /** Copies bytes that the result points to. */
  bytesAt(address: bigint, length: number): Uint8Array;
}

/** How a handle is notified, as the functions that open one take it. */
interface Target {
  readonly method: number;
  readonly window: bigint | null;
  readonly message: number;
  readonly callback: bigint | null;
}

const LIBRARIES = new WeakMap<NativeWinBio, WinBioLibrary>();

/**
 * Loads a library, once. `path` is by default the system's winbio.dll. Rejects with WHORL_E_CONFIGURATION where this is
 * no Windows, where koffi or the library is missing, and for one that is none of winbio.h.
 */
export async function loadWinBio(path?: string): Promise<WinBioLibrary> {
  const elsewhere = 'readers of kind winbio are those of Windows: on this system use libfprint, fprintd or serial';
  const native = await loadNativeWinBio(path, elsewhere);
  const library = LIBRARIES.get(native) ?? new WinBioLibrary(native);
  LIBRARIES.set(native, library);
  return library;
}

export class WinBioLibrary {
  /** The functions; each resolves with what it returned. */
  readonly call: NativeFunctions;
  readonly #native: NativeWinBio;
  readonly #callback: bigint;
  readonly #listeners = new Map<bigint, (result: WinBioResult) => void>();
  #lastListener = 0n;
  #post: Post | undefined;

  constructor(native: NativeWinBio) {
    this.#native = native;
    this.call = native.call;
    this.#callback = native.callback('completion', (address) => this.#take(address as bigint));
  }

  /**
   * Hears of results; `key` is the UserData of a handle that is opened with `target`. Ends when the subscription is
   * disposed. Rejects with E_NOTIMPL for messages where there are no windows.
   */
  async listen(
    by: Notification,
    listener: (result: WinBioResult) => void,
  ): Promise<Disposable & { readonly key: bigint; readonly target: Target }> {
    const target = by === 'callback' ? this.#byCallback() : await this.#byMessage();
    const key = ++this.#lastListener;
    this.#listeners.set(key, listener);
    return {
      key,
      target,
      [Symbol.dispose]: () => {
        this.#listeners.delete(key);
        if (this.#listeners.size === 0) this.#post?.rest();
      },
    };
  }

  #byCallback(): Target {
    return { method: WINBIO_ASYNC_NOTIFY_CALLBACK, window: null, message: 0, callback: this.#callback };
  }

  async #byMessage(): Promise<Target> {
    const { openPost, WINBIO_RESULT_MESSAGE } = await import('./window-messages.ts');
    this.#post ??= openPost(this.#native.koffi, (address) => this.#take(address));
    this.#post.listen();
    return {
      method: WINBIO_ASYNC_NOTIFY_MESSAGE,
      window: this.#post.window,
      message: WINBIO_RESULT_MESSAGE,
      callback: null,
    };
  }

  /** Runs on the thread of the event loop, while the library's waits. The result is copied and freed before anything else. */
  #take(address: bigint): void {
    const bytesAt = (at: bigint, length: number) => this.#native.bytesAt(at, length);
    const structure = new Structure('WINBIO_ASYNC_RESULT', bytesAt(address, LAYOUTS.WINBIO_ASYNC_RESULT.bytes));
    try {
      this.#listeners.get(structure.wide('UserData'))?.({ structure, bytesAt });
    } finally {
      this.#native.free(address);
    }
  }
}
