/**
 * The system's winbio.dll, as koffi calls it. It is a client of the Windows Biometric Service, where the drivers of readers
 * run: what crashes, crashes there. So it is loaded into the program itself, unlike libfprint.
 */

import type { KoffiFunc } from 'koffi';
import { BiometricError } from '../../core/biometric-error.ts';
import type { HRESULT } from '../../core/hresult.ts';
import { E_NOTIMPL, S_OK } from '../../core/result-constants.ts';
import {
  ARGUMENTS,
  CALLBACKS,
  type CallbackName,
  PARAMETERS,
  type ParameterKind,
  PROTOTYPES,
  type PrototypeName,
  RETURNS_NOTHING,
} from './prototypes.ts';
import { stayLoaded } from './stay-loaded.ts';

type Koffi = typeof import('koffi').default;

/** What is passed: a number, an address, or memory to read or fill. */
export type NativeValue = number | bigint | Uint8Array | null;

/** The functions; each resolves with what it returned, E_NOTIMPL where the library has it not. */
export type NativeFunctions = {
  readonly [N in PrototypeName]: (...values: readonly NativeValue[]) => Promise<HRESULT>;
};

const INSTALL_KOFFI = 'npm install koffi';

/** One for each library, never unloaded: results may come from its threads at any time. */
const LOADED = new Map<string, Promise<NativeWinBio>>();

/**
 * Loads a library, once. `path` is by default the system's winbio.dll. Rejects with WHORL_E_CONFIGURATION where this is
 * no Windows, with the text `elsewhere`, where koffi or the library is missing, and for one that is none of winbio.h.
 */
export function loadNativeWinBio(path: string | undefined, elsewhere: string): Promise<NativeWinBio> {
  if (path === undefined && process.platform !== 'win32') {
    return Promise.reject(new BiometricError('WHORL_E_CONFIGURATION', elsewhere));
  }
  const name = path ?? systemLibrary();
  const known = LOADED.get(name);
  if (known !== undefined) return known;
  const loading = load(name);
  LOADED.set(name, loading);
  loading.catch(() => LOADED.delete(name));
  return loading;
}

/** The functions of a library, its memory and its callbacks. */
export class NativeWinBio {
  readonly koffi: Koffi;
  /** The functions, each in a thread of libuv's: one that waits for the service does not keep the event loop. */
  readonly call: NativeFunctions;
  /** Frees memory of the library, at once. */
  readonly free: (address: bigint | null) => HRESULT;
  /** Cancels what is out on a handle, at once: the event loop may have ended. */
  readonly cancelNow: (handle: number) => HRESULT;
  readonly #functions = new Map<PrototypeName, KoffiFunc<(...values: unknown[]) => unknown> | undefined>();
  readonly #library: ReturnType<Koffi['load']>;

  /** Throws for what is no library of winbio.h. */
  constructor(koffi: Koffi, name: string) {
    this.koffi = koffi;
    this.#library = koffi.load(name);
    const free = this.#library.func('int32_t __stdcall WinBioFree(void *)');
    const cancel = this.#library.func('int32_t __stdcall WinBioCancel(uint32_t)');
    stayLoaded(koffi, name);
    this.free = (address) => Number(free(address)) >>> 0;
    this.cancelNow = (handle) => Number(cancel(handle)) >>> 0;
    this.call = Object.fromEntries(
      (Object.keys(PROTOTYPES) as PrototypeName[]).map((each) => [
        each,
        (...values: readonly NativeValue[]) => this.#start(each, values),
      ]),
    ) as unknown as NativeFunctions;
  }

  /** True when the library has a function: older ones have not all. */
  has(name: PrototypeName): boolean {
    return this.#function(name) !== undefined;
  }

  /** Copies memory of the library; no bytes of no address. */
  bytesAt(address: bigint, length: number): Uint8Array {
    return length === 0 || address === 0n ? new Uint8Array() : this.koffi.decode(address, 'uint8_t', length);
  }

  /**
   * The address of a callback, for as long as the library is loaded. The listener runs on the thread of the event loop
   * while the library's waits; it is not what keeps a process.
   */
  callback(name: CallbackName, listener: (...values: unknown[]) => void): bigint {
    const types = CALLBACKS[name].map((kind) => ARGUMENTS[kind]);
    return this.koffi.register(listener, this.koffi.pointer(this.koffi.proto(`void __stdcall (${types.join(', ')})`)));
  }

  /** Rejects when more calls are out than koffi takes. */
  async #start(name: PrototypeName, values: readonly NativeValue[]): Promise<HRESULT> {
    const found = this.#function(name);
    if (found === undefined) return E_NOTIMPL;
    const { promise, resolve, reject } = Promise.withResolvers<HRESULT>();
    found.async(...values, (fault: unknown, value: unknown) => {
      // Bytes that were handed over stay until now.
      void values;
      if (fault) reject(fault);
      else resolve(RETURNS_NOTHING.has(name) ? S_OK : Number(value) >>> 0);
    });
    return await promise;
  }

  #function(name: PrototypeName) {
    if (!this.#functions.has(name)) this.#functions.set(name, this.#find(name));
    return this.#functions.get(name);
  }

  #find(name: PrototypeName) {
    const kinds: readonly ParameterKind[] = PROTOTYPES[name];
    const types = kinds.map((kind) => PARAMETERS[kind]).join(', ');
    try {
      const found = this.#library.func(`${RETURNS_NOTHING.has(name) ? 'void' : 'int32_t'} __stdcall ${name}(${types})`);
      return found as unknown as KoffiFunc<(...values: unknown[]) => unknown>;
    } catch {
      return undefined;
    }
  }
}

async function load(name: string): Promise<NativeWinBio> {
  const { default: koffi } = await import('koffi').catch((cause: unknown) => {
    const text = `the package koffi is not installed; it calls winbio.dll: ${INSTALL_KOFFI}`;
    throw new BiometricError('WHORL_E_CONFIGURATION', text, { cause });
  });
  try {
    return new NativeWinBio(koffi, name);
  } catch (cause) {
    const text = `${name} cannot be used; Windows has it from 7 on, Windows Server with the feature "Biometric Framework" (Add-WindowsFeature Biometric-Framework)`;
    throw new BiometricError('WHORL_E_CONFIGURATION', text, { cause });
  }
}

/** By its full path: a name alone would be looked for beside the program and in its folder first. */
function systemLibrary(): string {
  return `${process.env.SystemRoot ?? 'C:\\Windows'}\\System32\\winbio.dll`;
}
