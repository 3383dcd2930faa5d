/**
 * A codec of a package that may be there or not: loaded when the first picture needs it, within bounds of memory, and
 * made anew after a fault.
 */

import { builtinModule } from '../../core/builtin-module.ts';
import { type FormatPlace, formatError } from '../format-error.ts';

/** Loads a module of a package, as Node's `require` does, or finds its file. */
export interface Require {
  (specifier: string): unknown;
  resolve(specifier: string): string;
}

/** Where a codec is. */
export interface CodecSource {
  /** Package to install. */
  readonly packageName: string;
  /** The function that Emscripten generates. */
  readonly load: (require: Require) => unknown;
  /** File of its code. */
  readonly find: (require: Require) => string;
}

/** What Emscripten lets a caller decide. */
interface Hooks {
  instantiateWasm(imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void): object;
  print(): void;
  printErr(): void;
}

/** What is used of Node.js, where there is one. */
interface Host {
  readonly createRequire: (url: string) => Require;
  readonly readFile: (path: string) => Uint8Array<ArrayBuffer>;
}

interface Loaded<Module> {
  readonly module: Module;
  readonly memory: WebAssembly.Memory;
}

/** An idle codec may keep so much memory; a larger one is dropped. It begins with 50 MiB. */
const KEPT_BYTES = 64 * 2 ** 20;
const PAGE_BYTES = 65_536;

/** One codec of this thread. */
export class WasmCodec<Module extends object> {
  readonly #source: CodecSource;
  #code: { readonly factory: (hooks: Hooks) => unknown; readonly wasm: WebAssembly.Module } | undefined;
  #loaded: Loaded<Module> | undefined;
  #limitBytes = 0;
  #isExceeded = false;

  constructor(source: CodecSource) {
    this.#source = source;
  }

  /**
   * Works with the codec, whose memory may hold at most `limitBytes`. Throws WHORL_E_UNSUPPORTED_FORMAT where its
   * package is missing, WHORL_E_LIMIT_EXCEEDED when the memory does not suffice, WHORL_E_MALFORMED for other faults of
   * the codec, and what `work` itself throws.
   */
  use<Result>(place: FormatPlace, limitBytes: number, work: (module: Module) => Result): Result {
    this.#limitBytes = Math.max(limitBytes, KEPT_BYTES);
    this.#isExceeded = false;
    const { module, memory } = (this.#loaded ??= this.#instantiate(place));
    try {
      return work(module);
    } catch (thrown) {
      // What a fault leaves in its memory is unknown.
      this.#loaded = undefined;
      if (this.#isExceeded) throw formatError('WHORL_E_LIMIT_EXCEEDED', place, `needs more than ${limitBytes} bytes`);
      if (isForeign(thrown)) throw formatError('WHORL_E_MALFORMED', place, 'cannot be read or written to its end');
      throw thrown;
    } finally {
      if (memory.buffer.byteLength > KEPT_BYTES) this.#loaded = undefined;
    }
  }

  #instantiate(place: FormatPlace): Loaded<Module> {
    this.#code ??= this.#load(place);
    const { factory, wasm } = this.#code;
    let memory: WebAssembly.Memory | undefined;
    const module = {
      instantiateWasm: (imports: WebAssembly.Imports, receive: (instance: WebAssembly.Instance) => void) => {
        const instance = new WebAssembly.Instance(wasm, imports);
        memory = Object.values(instance.exports).find((each) => each instanceof WebAssembly.Memory);
        if (memory !== undefined) this.#bound(memory);
        receive(instance);
        return instance.exports;
      },
      print: () => {},
      printErr: () => {},
    };
    // Fills the object it is given, before it returns because the code is compiled already.
    factory(module);
    if (memory === undefined) throw formatError('WHORL_E_UNSUPPORTED_FORMAT', place, `${this.#name} has no memory`);
    return { module: module as unknown as Module, memory };
  }

  /** The codec asks for memory by this method, and takes a fault of it as an answer. */
  #bound(memory: WebAssembly.Memory): void {
    const grow = memory.grow.bind(memory);
    memory.grow = (pages: number): number => {
      if (memory.buffer.byteLength + pages * PAGE_BYTES > this.#limitBytes) {
        this.#isExceeded = true;
        throw new RangeError('the codec may not take more memory');
      }
      return grow(pages);
    };
  }

  #load(place: FormatPlace) {
    const host = nodeHost();
    if (host === undefined) {
      throw formatError('WHORL_E_UNSUPPORTED_FORMAT', place, `is read and written in Node.js only, by ${this.#name}`);
    }
    try {
      const require = host.createRequire((import.meta as unknown as { readonly url: string }).url);
      const factory = this.#source.load(require) as (hooks: Hooks) => unknown;
      return { factory, wasm: new WebAssembly.Module(host.readFile(this.#source.find(require))) };
    } catch (thrown) {
      if ((thrown as { readonly code?: string }).code !== 'MODULE_NOT_FOUND') throw thrown;
      const text = `needs the package ${this.#name}, which is not installed: npm install ${this.#name}`;
      throw formatError('WHORL_E_UNSUPPORTED_FORMAT', place, text);
    }
  }

  get #name(): string {
    return this.#source.packageName;
  }
}

/**
 * A fault of WebAssembly code: the address of a C++ exception, a trap, or what its loader throws; never one of ours.
 */
function isForeign(thrown: unknown): boolean {
  return typeof thrown === 'number' || !(thrown instanceof Error) || !('hresult' in thrown);
}

/** Undefined in browsers. */
function nodeHost(): Host | undefined {
  const files = builtinModule('node:fs') as { readFileSync: Host['readFile'] } | undefined;
  const modules = builtinModule('node:module') as Pick<Host, 'createRequire'> | undefined;
  if (files === undefined || modules === undefined) return undefined;
  return { createRequire: modules.createRequire, readFile: (path) => new Uint8Array(files.readFileSync(path)) };
}
