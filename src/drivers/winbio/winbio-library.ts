/**
 * The system's winbio.dll, as koffi calls it. It is a client of the Windows Biometric Service, where the drivers of readers
 * run: what crashes, crashes there. So it is loaded into the service itself, unlike libfprint.
 */

import type { KoffiFunc } from 'koffi';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_ASYNC_NOTIFY_CALLBACK } from '../../core/constants.ts';
import type { HRESULT } from '../../core/hresult.ts';
import { LAYOUTS } from './layouts.ts';
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

/** An address, or bytes to hand over. */
type Pointer = bigint | Uint8Array | null;

/** How a handle is notified, as the functions that open one take it. */
interface Target {
  readonly method: number;
  readonly window: bigint | null;
  readonly message: number;
  readonly callback: bigint | null;
}

const INSTALL_KOFFI = 'npm install koffi';

/** One for each library, never unloaded: results may come from its threads at any time. */
const LOADED = new Map<string, Promise<WinBioLibrary>>();

/**
 * Loads a library, once. `path` is by default the system's winbio.dll. Rejects with WHORL_E_CONFIGURATION where this is
 * no Windows, where koffi or the library is missing, and for one that has other functions.
 */
export function loadWinBio(path?: string): Promise<WinBioLibrary> {
  if (path === undefined && process.platform !== 'win32') return Promise.reject(notWindows());
  const name = path ?? 'winbio.dll';
  const known = LOADED.get(name);
  if (known !== undefined) return known;
  const loading = load(name);
  LOADED.set(name, loading);
  loading.catch(() => LOADED.delete(name));
  return loading;
}

/** The functions in use, each in a thread of koffi's: one that waits for the service does not keep the event loop. */
export class WinBioLibrary {
  /** The functions; each resolves with what it returned. */
  readonly call: WinBioFunctions;
  readonly #koffi: typeof import('koffi').default;
  readonly #free: (address: bigint) => HRESULT;
  readonly #callback: bigint;
  readonly #listeners = new Map<bigint, (result: WinBioResult) => void>();
  #lastListener = 0n;
  #post: Post | undefined;

  constructor(koffi: typeof import('koffi').default, name: string) {
    this.#koffi = koffi;
    const library = koffi.load(name);
    const of = <T extends (...values: never[]) => unknown>(prototype: string) =>
      library.func(prototype) as unknown as KoffiFunc<T>;
    this.call = Object.fromEntries(
      Object.entries(PROTOTYPES).map(([each, parameters]) => {
        const { async: start } = of<(...values: unknown[]) => unknown>(`int32_t __stdcall ${each}(${parameters})`);
        const call = (...values: unknown[]) => {
          const { promise, resolve, reject } = Promise.withResolvers<HRESULT>();
          start(...values, (fault: unknown, value: unknown) => {
            // Bytes that were handed over stay until now.
            void values;
            if (fault) reject(fault);
            else resolve(Number(value) >>> 0);
          });
          return promise;
        };
        return [each, call];
      }),
    ) as unknown as WinBioFunctions;
    this.#free = of<(address: bigint) => HRESULT>('int32_t __stdcall WinBioFree(void *)');
    const type = koffi.pointer(koffi.proto('void __stdcall (void *)'));
    this.#callback = koffi.register((address: bigint) => this.#take(address), type);
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
    this.#post ??= openPost(this.#koffi, (address) => this.#take(address));
    this.#post.listen();
    return { method: 2, window: this.#post.window, message: WINBIO_RESULT_MESSAGE, callback: null };
  }

  /** Runs on the thread of the event loop, while the library's waits. The result is copied and freed before anything else. */
  #take(address: bigint): void {
    const bytesAt = (at: bigint, length: number): Uint8Array =>
      length === 0 || at === 0n ? new Uint8Array() : this.#koffi.decode(at, 'uint8_t', length);
    const structure = new Structure('WINBIO_ASYNC_RESULT', bytesAt(address, LAYOUTS.WINBIO_ASYNC_RESULT.bytes));
    try {
      this.#listeners.get(structure.wide('UserData'))?.({ structure, bytesAt });
    } finally {
      this.#free(address);
    }
  }
}

/** Parameters of each function, as koffi writes types. Where an asynchronous handle returns nothing, the holder is null. */
const PROTOTYPES = {
  WinBioAsyncOpenSession:
    'uint32_t, uint32_t, uint32_t, void *, size_t, void *, uint32_t, void *, uint32_t, void *, uintptr_t, int32_t, void *',
  WinBioCloseSession: 'uint32_t',
  WinBioAsyncOpenFramework: 'uint32_t, void *, uint32_t, void *, uintptr_t, int32_t, void *',
  WinBioCloseFramework: 'uint32_t',
  WinBioAsyncEnumBiometricUnits: 'uint32_t, uint32_t',
  WinBioAsyncMonitorFrameworkChanges: 'uint32_t, uint32_t',
  WinBioCancel: 'uint32_t',
  WinBioIdentify: 'uint32_t, void *, void *, void *, void *',
  WinBioVerify: 'uint32_t, void *, uint8_t, void *, void *, void *',
  WinBioEnrollBegin: 'uint32_t, uint8_t, uint32_t',
  WinBioEnrollCapture: 'uint32_t, void *',
  WinBioEnrollCommit: 'uint32_t, void *, void *',
  WinBioEnrollDiscard: 'uint32_t',
  WinBioEnumEnrollments: 'uint32_t, uint32_t, void *, void *, void *',
  WinBioDeleteTemplate: 'uint32_t, uint32_t, void *, uint8_t',
  WinBioCaptureSample: 'uint32_t, uint8_t, uint8_t, void *, void *, void *, void *',
  WinBioGetProperty: 'uint32_t, uint32_t, uint32_t, uint32_t, void *, uint8_t, void *, void *',
  WinBioRegisterEventMonitor: 'uint32_t, uint32_t, void *, void *',
  WinBioUnregisterEventMonitor: 'uint32_t',
  WinBioAcquireFocus: '',
  WinBioReleaseFocus: '',
} as const;

type WinBioFunctions = {
  readonly [N in keyof typeof PROTOTYPES]: (
    ...values: readonly (number | bigint | boolean | Pointer)[]
  ) => Promise<HRESULT>;
};

async function load(name: string): Promise<WinBioLibrary> {
  const { default: koffi } = await import('koffi').catch((cause: unknown) => {
    const text = `the package koffi is not installed; it calls winbio.dll: ${INSTALL_KOFFI}`;
    throw new BiometricError('WHORL_E_CONFIGURATION', text, { cause });
  });
  try {
    return new WinBioLibrary(koffi, name);
  } catch (cause) {
    const text = `${name} cannot be used; Windows has it from 10 on, Windows Server with the feature "Biometric Framework" (Add-WindowsFeature Biometric-Framework)`;
    throw new BiometricError('WHORL_E_CONFIGURATION', text, { cause });
  }
}

function notWindows(): BiometricError {
  const text = 'readers of kind winbio are those of Windows: on this system use libfprint, fprintd or serial';
  return new BiometricError('WHORL_E_CONFIGURATION', text);
}
