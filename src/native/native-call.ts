/** One call of a function of the library: what the program passes, as the library takes it, and what comes back. */

import { HWND_BROADCAST, WINBIO_ASYNC_NOTIFY_CALLBACK, WINBIO_ASYNC_NOTIFY_MESSAGE } from '../core/constants.ts';
import { guidToBytes, isGuid } from '../core/guid.ts';
import { FAILED, type HRESULT, SUCCEEDED } from '../core/hresult.ts';
import type { HandleKind } from '../core/operation-request.ts';
import { E_HANDLE, E_INVALIDARG, E_POINTER, S_OK } from '../core/result-constants.ts';
import type { StructureName } from '../drivers/winbio/layouts.ts';
import type { NativeValue } from '../drivers/winbio/native-winbio.ts';
import {
  type CallbackName,
  type ParameterKind,
  PROTOTYPES,
  type PrototypeName,
  RETURNS_NOTHING,
} from '../drivers/winbio/prototypes.ts';
import { WINBIO_DB_BOOTSTRAP, WINBIO_DB_DEFAULT, WINBIO_DB_ONCHIP } from '../winbio/database-id.ts';
import type { WINBIO_IDENTITY } from '../winbio/identity.ts';
import { checkNotification, deliveryOf, type NotificationArguments } from '../winbio/notification.ts';
import { isHolder, type Out } from '../winbio/out.ts';
import { arrayAt, decodeStructure } from './decode-structure.ts';
import { encodeIdentity } from './encode-identity.ts';
import type { NativeHandle } from './native-handle.ts';
import type { SystemProcess } from './system-process.ts';

/** What cannot be passed, with the code for it. */
class Refusal {
  readonly hresult: HRESULT;

  constructor(hresult: HRESULT) {
    this.hresult = hresult;
  }
}

const NO_POINTER = new Refusal(E_POINTER);
const NO_ARGUMENT = new Refusal(E_INVALIDARG);

/** Kind of the handle that a function opens. */
const OPENS: Readonly<Partial<Record<PrototypeName, HandleKind>>> = {
  WinBioOpenSession: 'synchronous',
  WinBioAsyncOpenSession: 'asynchronous',
  WinBioAsyncOpenFramework: 'framework',
};

/** Selectors of databases: small numbers in place of an address. */
const SELECTORS: ReadonlyMap<unknown, bigint> = new Map([
  [WINBIO_DB_DEFAULT, 1n],
  [WINBIO_DB_BOOTSTRAP, 2n],
  [WINBIO_DB_ONCHIP, 3n],
]);

/** Method, window, code and callback as the library takes them. */
interface Notified {
  readonly method: number;
  readonly window: bigint | null;
  readonly message: number;
  readonly completion: bigint | null;
}

/** Passes one kind of parameter, and prepares what comes back of it. */
type Pass = (call: NativeCall, value: unknown, index: number) => NativeValue | Refusal;

export class NativeCall {
  readonly name: PrototypeName;
  readonly process: SystemProcess;
  /** What the program passes. */
  readonly given: readonly unknown[];
  /** The handle that it takes; undefined for one that the program does not have, and where there is none. */
  readonly handle: NativeHandle | undefined;
  /** The handle that it opens. */
  opening: NativeHandle | undefined;
  /** Its number once it is open; 0 until then. */
  opened = 0;
  /** How that one notifies. */
  notified: Notified | undefined;
  /** What is passed. */
  readonly values: NativeValue[] = [];
  readonly #kinds: readonly ParameterKind[];
  readonly #fillers: (() => void)[] = [];
  #refused: HRESULT = S_OK;
  #expected: bigint | undefined;

  constructor(process: SystemProcess, name: PrototypeName, given: readonly unknown[]) {
    this.process = process;
    this.name = name;
    this.given = given;
    this.#kinds = PROTOTYPES[name];
    this.handle = this.#kinds[0] === 'handle' ? process.handle(given[0]) : undefined;
    for (const [i, kind] of this.#kinds.entries()) {
      const passed = PASS[kind](this, given[i], i);
      if (!(passed instanceof Refusal)) this.values.push(passed);
      else {
        this.#refused = passed.hresult;
        break;
      }
    }
    // What returns nothing cannot refuse.
    if (RETURNS_NOTHING.has(name) && this.values.includes(null)) this.#refused = E_POINTER;
    // A handle comes before all else, and what is none of the program's is none. D-15.
    if (FAILED(this.#refused) && this.takesHandle && this.handle === undefined) this.#refused = E_HANDLE;
  }

  /** Why it cannot be passed; S_OK when it can. */
  get refused(): HRESULT {
    return this.#refused;
  }

  get takesHandle(): boolean {
    return this.#kinds[0] === 'handle';
  }

  /** True for functions that return once what they ask for has begun, and whose outcome is called or notified. */
  get isBegun(): boolean {
    if (this.opening !== undefined || this.#expected !== undefined) return true;
    return this.handle !== undefined && this.handle.kind !== 'synchronous' && this.name !== 'WinBioWait';
  }

  /** Fills the holders. */
  fill(): void {
    for (const filler of this.#fillers) filler();
  }

  /** It is refused, or was: nothing comes of it. */
  forget(): void {
    if (this.#expected !== undefined && this.handle) this.process.forget(this.handle, this.#expected);
    if (this.opening !== undefined) this.process.closed(this.opening);
  }

  /**
   * Memory for an out-parameter, which `filler` reads; null for no holder. An asynchronous session takes none (D-25), and
   * what another handle is refused for leaves the holder as it is.
   */
  out(
    value: unknown,
    bytes: number,
    filler: (holder: Out<unknown>, memory: Uint8Array) => void,
  ): NativeValue | Refusal {
    if (value === null || value === undefined) return null;
    if (!isHolder(value)) return NO_POINTER;
    if (this.handle?.kind === 'asynchronous') return null;
    const memory = new Uint8Array(bytes);
    if (!this.takesHandle || this.handle?.kind === 'synchronous') this.#fillers.push(() => filler(value, memory));
    return memory;
  }

  /** A callback of the program, or none. */
  callback(name: CallbackName, value: unknown, context: unknown): NativeValue | Refusal {
    if (value === null || value === undefined) return null;
    if (typeof value !== 'function') return NO_POINTER;
    // Without a handle nobody calls it; the library says so.
    if (this.handle === undefined) return this.process.address(name);
    const callback = value as (...values: unknown[]) => unknown;
    const isOnce = name !== 'onEvent';
    this.#expected = this.process.expect({ callback, context, handle: this.handle, isOnce });
    return this.process.address(name);
  }

  /** What a callback is handed back. */
  get context(): bigint {
    return this.#expected ?? 0n;
  }

  /** How the handle that is opened notifies. */
  notification(index: number): Notified | Refusal {
    const [method, window, messageCode, callback, userData] = this.given.slice(index, index + 5);
    if (!isWhole(method, 0xffffffff)) return NO_ARGUMENT;
    if (callback !== null && callback !== undefined && typeof callback !== 'function') return NO_POINTER;
    const wanted = { method, window, messageCode, callback } as NotificationArguments;
    const kind = OPENS[this.name] ?? 'asynchronous';
    this.opening = this.process.opening(kind, userData, deliveryOf(wanted, this.process.call));
    const routine = callback ? this.process.address('completion') : null;
    if (method !== WINBIO_ASYNC_NOTIFY_MESSAGE) return { method, window: null, message: 0, completion: routine };
    // A window of the program's own is none of Windows: what it is posted comes by a callback.
    if (SUCCEEDED(checkNotification(wanted))) {
      const completion = this.process.address('completion');
      return { method: WINBIO_ASYNC_NOTIFY_CALLBACK, window: null, message: 0, completion };
    }
    const isNone = window === null || window === undefined;
    if (!isNone && window !== HWND_BROADCAST) return NO_ARGUMENT;
    const message = isWhole(messageCode, 0xffffffff) ? messageCode : 0;
    return { method, window: isNone ? null : BigInt(HWND_BROADCAST), message, completion: routine };
  }
}

function isWhole(value: unknown, last: number): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= last;
}

function whole(last: number): Pass {
  return (_, value) => (isWhole(value, last) ? value : NO_ARGUMENT);
}

function viewOf(memory: Uint8Array): DataView {
  return new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
}

/** What has a length, or none. */
function lengthOf(value: unknown): number {
  return Array.isArray(value) || ArrayBuffer.isView(value) ? (value as unknown as ArrayLike<unknown>).length : 0;
}

/** The address and the number of elements of an out-block: its own memory, and that of the next parameter. */
function blockIn(call: NativeCall, memory: Uint8Array, index: number): { address: bigint; count: number } {
  const size = call.values[index + 1];
  const count = size instanceof Uint8Array ? Number(viewOf(size).getBigUint64(0, true)) : 0;
  return { address: viewOf(memory).getBigUint64(0, true), count };
}

function outArray(name: StructureName): Pass {
  return (call, value, index) =>
    call.out(value, 8, (holder, memory) => {
      const { address, count } = blockIn(call, memory, index);
      const found = arrayAt(name, address, count, call.process.read);
      if (found === null && address !== 0n) call.process.native.free(address);
      holder.value = found === null ? null : call.process.blocks.issue(found, address);
    });
}

const outWord: Pass = (call, value) =>
  call.out(value, 4, (holder, memory) => {
    holder.value = viewOf(memory).getUint32(0, true);
  });

const readBytes: Pass = (_, value) => {
  if (value === null || value === undefined) return null;
  if (!(value instanceof Uint8Array)) return NO_POINTER;
  // An address is passed even of no bytes.
  return value.length > 0 ? value : new Uint8Array(1);
};

function callback(name: CallbackName): Pass {
  return (call, value, index) => call.callback(name, value, call.given[index + 1]);
}

const PASS: Readonly<Record<ParameterKind, Pass>> = {
  handle: (_, value) => (isWhole(value, 0xffffffff) ? value : new Refusal(E_HANDLE)),
  u8: whole(0xff),
  u32: whole(0xffffffff),
  u64: (_, value) => (typeof value === 'bigint' && value >= 0n && value < 2n ** 64n ? value : NO_ARGUMENT),
  flag: (_, value) => (value === null || value === undefined ? NO_POINTER : value ? 1 : 0),
  identity: (_, value) =>
    value === null || value === undefined ? null : (encodeIdentity(value as WINBIO_IDENTITY) ?? NO_ARGUMENT),
  identityValue: (_, value) =>
    value === null || value === undefined ? NO_POINTER : (encodeIdentity(value as WINBIO_IDENTITY) ?? NO_ARGUMENT),
  bytes: readBytes,
  units(_, value) {
    if (value === null || value === undefined) return null;
    const units = Array.isArray(value) || value instanceof Uint32Array ? [...value] : undefined;
    if (units === undefined || !units.every((unit) => isWhole(unit, 0xffffffff))) return NO_ARGUMENT;
    return new Uint8Array(Uint32Array.from(units.length > 0 ? units : [0]).buffer);
  },
  length(call, value, index) {
    const of = call.given[index - 1];
    const length = value ?? 0;
    const isNone = of === null || of === undefined;
    // Memory ends there.
    return isWhole(length, isNone ? Number.MAX_SAFE_INTEGER : lengthOf(of)) ? length : NO_ARGUMENT;
  },
  database(_, value) {
    if (value === null || value === undefined) return null;
    return SELECTORS.get(value) ?? (isGuid(value) ? guidToBytes(value) : NO_ARGUMENT);
  },
  method(call, _, index) {
    const passed = call.notification(index);
    if (passed instanceof Refusal) return passed;
    call.notified = passed;
    return passed.method;
  },
  window: (call) => call.notified?.window ?? null,
  message: (call) => call.notified?.message ?? 0,
  completion: (call) => call.notified?.completion ?? null,
  userData: (call) => call.opening?.key ?? 0n,
  onCapture: callback('onCapture'),
  onIdentify: callback('onIdentify'),
  onVerify: callback('onVerify'),
  onLocate: callback('onLocate'),
  onEnroll: callback('onEnroll'),
  onEvent: callback('onEvent'),
  context: (call) => call.context,
  outHandle(call, value) {
    const kind = OPENS[call.name];
    if (kind === 'synchronous') call.opening = call.process.opening(kind);
    return call.out(value, 4, (holder, memory) => {
      call.opened = viewOf(memory).getUint32(0, true);
      holder.value = call.opened;
    });
  },
  outU8: (call, value) =>
    call.out(value, 1, (holder, memory) => {
      holder.value = memory[0];
    }),
  outU32: outWord,
  outBoolean: (call, value) =>
    call.out(value, 4, (holder, memory) => {
      holder.value = memory[0] !== 0;
    }),
  outIdentity: (call, value) =>
    call.out(value, 76, (holder, memory) => {
      holder.value = decodeStructure('WINBIO_IDENTITY', memory, call.process.read);
    }),
  outBytes: (call, value, index) =>
    call.out(value, 8, (holder, memory) => {
      const { address, count } = blockIn(call, memory, index);
      holder.value = address === 0n ? null : call.process.blocks.issue(call.process.read(address, count), address);
    }),
  outUnits: outArray('WINBIO_UNIT_SCHEMA'),
  outDatabases: outArray('WINBIO_STORAGE_SCHEMA'),
  outProviders: outArray('WINBIO_BSP_SCHEMA'),
  outSize: (call, value) =>
    call.out(value, 8, (holder, memory) => {
      holder.value = Number(viewOf(memory).getBigUint64(0, true));
    }),
};
