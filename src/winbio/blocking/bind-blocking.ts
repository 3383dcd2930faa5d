/**
 * The functions of winbio.h, blocking: the calling thread asks the thread of the connection and sleeps until answered.
 */

import { MessageChannel, receiveMessageOnPort } from 'node:worker_threads';
import type { SyntheticFinger, TouchResult } from '../../client/virtual-reader-client.ts';
import { deserializeError } from '../../core/biometric-error.ts';
import { FAILED, type HRESULT } from '../../core/hresult.ts';
import {
  E_INVALIDARG,
  S_OK,
  WHORL_E_CONNECTION_LOST,
  WINBIO_E_DEADLOCK_DETECTED,
} from '../../core/result-constants.ts';
import type { WINBIO_ASYNC_RESULT } from '../async-result.ts';
import type { WinBio } from '../bind-winbio.ts';
import { LiveBlocks } from '../blocks.ts';
import type { MessageTarget } from '../message-window.ts';
import { isHolder, type Out } from '../out.ts';
import { type Arrived, BlockingMessageWindow } from './message-queue.ts';
import type { BlockingArgument, BlockingAttachment, BlockingReply, BlockingRequest, HandedOut } from './messages.ts';

/** The functions of {@link WinBio}, each blocking until its promise would settle and returning its HRESULT. */
export type BlockingWinBio = {
  readonly [K in keyof WinBio]: WinBio[K] extends (...args: infer Args) => Promise<HRESULT>
    ? (...args: Args) => HRESULT
    : WinBio[K];
};

/** Where the functions that take no callback have their context: `UserData`. */
const USER_DATA: Readonly<Record<string, number>> = { WinBioAsyncOpenSession: 10, WinBioAsyncOpenFramework: 4 };

type Callback = (...args: unknown[]) => void;
type Reply<T extends BlockingReply['type']> = Extract<BlockingReply, { type: T }>;

/**
 * The place of one thread at a connection, from `connectBlocking()` or `attachBlocking()`. Callbacks of the program run
 * inside `WinBioWait`; messages come to the window that {@link createMessageWindow} makes.
 */
export class BlockingConnection implements Disposable {
  /** The functions of winbio.h for this thread. */
  readonly winbio: BlockingWinBio;
  readonly #attachment: BlockingAttachment;
  readonly #counter: Int32Array;
  readonly #blocks = new LiveBlocks();
  readonly #replies = new Map<number, BlockingReply>();
  readonly #callbacks: Reply<'callback'>[] = [];
  /** Callbacks and contexts, which never leave this thread, by number. */
  readonly #kept = new Map<number, unknown>();
  readonly #numbers = new Map<unknown, number>();
  /** What to do after a callback that is called once, by its number. */
  readonly #once = new Map<number, () => void>();
  /** Numbers of the open windows, and what takes the notices for each. */
  readonly #windows = new Map<MessageTarget, number>();
  readonly #arrivals = new Map<number, Arrived>();
  #lastId = 0;
  #depth = 0;
  #open = true;

  /** Made by `connectBlocking()`; blocks until the connection is made, and throws what that failed with. */
  constructor(attachment: BlockingAttachment) {
    this.#attachment = attachment;
    this.#counter = new Int32Array(attachment.word);
    const ready = this.#sleepFor(0);
    const names = ready.type === 'ready' ? ready.names : [];
    const functions = Object.fromEntries(
      names.map((name) => [name, (...args: readonly unknown[]) => this.#call(name, args)]),
    );
    this.winbio = {
      ...(functions as unknown as BlockingWinBio),
      WinBioWait: (handle) => this.#wait(handle),
      WinBioFree: (address) => this.#blocks.free(address),
      liveBlocks: () => this.#blocks.count,
    };
  }

  /**
   * A place for one more thread at this connection, to be handed over with its port transferred.
   *
   * @example
   * ```ts
   * const attachment = connection.attachment();
   * new Worker(new URL('./canceler.js', import.meta.url), { workerData: { attachment }, transferList: [attachment.port] });
   * ```
   */
  attachment(): BlockingAttachment {
    const { port1, port2 } = new MessageChannel();
    const word = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    this.#post({ type: 'attach', attachment: { port: port1, word } }, [port1]);
    return { port: port2, word };
  }

  /**
   * A new, empty message queue of this thread, to be given as `TargetWindow`; `Own` is the type of what the program posts
   * to it itself, if it does.
   *
   * @example
   * ```ts
   * using window = connection.createMessageWindow();
   * connection.winbio.WinBioAsyncOpenSession(
   *   WINBIO_TYPE_FINGERPRINT, WINBIO_POOL_SYSTEM, 0, null, 0, WINBIO_DB_DEFAULT,
   *   WINBIO_ASYNC_NOTIFY_MESSAGE, window, WM_APP, null, null, false, session,
   * );
   * ```
   */
  createMessageWindow<Own = never>(): BlockingMessageWindow<Own> {
    const id = this.#nextId();
    const window = new BlockingMessageWindow<Own>({
      receive: () => {
        while (this.#open && this.#receive());
      },
      sleep: (timeoutMs) => this.#sleep(timeoutMs),
      free: (result) => void this.#blocks.free(result),
      listen: (arrived) => void this.#arrivals.set(id, arrived),
      closed: () => {
        this.#windows.delete(window);
        this.#arrivals.delete(id);
      },
    });
    this.#windows.set(window, id);
    return window;
  }

  /**
   * Touches the virtual reader named `virtual` and blocks until the finger is captured or lost; `lost` once closed.
   * Throws E_ACCESSDENIED, E_INVALIDARG, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * connection.touch({ person: 1, finger: 'right-index' });
   * ```
   */
  touch(finger: SyntheticFinger): TouchResult {
    if (!this.#open) return 'lost';
    const id = this.#nextId();
    this.#post({ type: 'touch', id, finger });
    const reply = this.#sleepFor(id);
    return reply.type === 'touched' ? reply.result : 'lost';
  }

  /**
   * Closes the connection for every thread, and the service when it is embedded. Idempotent. Throws what does not close
   * cleanly, as `WhorlService.close` rejects with it.
   *
   * @example
   * ```ts
   * connection.close(); // or declare it with: using connection
   * ```
   */
  close(): void {
    if (!this.#open) return;
    this.#open = false;
    const id = this.#nextId();
    this.#post({ type: 'close', id });
    this.#sleepFor(id);
    this.#attachment.port.close();
  }

  /**
   * Gives up the place of this thread; the connection stays for the others.
   *
   * @example
   * ```ts
   * connection.detach();
   * ```
   */
  detach(): void {
    this.#open = false;
    this.#attachment.port.close();
  }

  /** {@link close}. */
  [Symbol.dispose](): void {
    this.close();
  }

  #call(name: string, args: readonly unknown[]): HRESULT {
    if (!this.#open) return WHORL_E_CONNECTION_LOST;
    const id = this.#nextId();
    // A legacy callback is called once: it is kept for its call and dropped afterwards.
    const isOnce = name.endsWith('WithCallback');
    const encoded = args.map((argument, i) => {
      const isContext = typeof args[i - 1] === 'function' || i === USER_DATA[name];
      return this.#encode(argument, isContext, isOnce);
    });
    const once = encoded.flatMap((argument) => ('id' in argument && isOnce ? [argument.id] : []));
    const drop = () => once.forEach((kept) => void this.#kept.delete(kept));
    try {
      this.#post({ type: 'call', id, name, args: encoded });
    } catch (thrown) {
      // No function takes an argument that cannot be copied.
      if (thrown instanceof DOMException) return E_INVALIDARG;
      throw thrown;
    }
    const reply = this.#sleepFor(id);
    if (reply.type !== 'returned' || FAILED(reply.hresult)) drop();
    else if (once[0] !== undefined) this.#once.set(once[0], drop);
    if (reply.type === 'gone') return WHORL_E_CONNECTION_LOST;
    if (reply.type !== 'returned') return E_INVALIDARG;
    for (const [i, handed] of reply.holders) (args[i] as Out<unknown>).value = this.#take(handed);
    for (const [i, bytes] of reply.buffers) (args[i] as Uint8Array).set(bytes);
    return reply.hresult;
  }

  /** Waits and runs callbacks until nothing is pending; a callback may start something new. */
  #wait(handle: number): HRESULT {
    if (this.#depth > 0) return WINBIO_E_DEADLOCK_DETECTED; // D-18
    let hresult: HRESULT;
    do {
      hresult = this.#call('WinBioWait', [handle]);
    } while (this.#runCallbacks() > 0 && hresult === S_OK);
    return hresult;
  }

  #runCallbacks(): number {
    let count = 0;
    for (let next = this.#callbacks.shift(); next !== undefined; next = this.#callbacks.shift()) {
      count += 1;
      this.#depth += 1;
      try {
        (this.#kept.get(next.callback) as Callback)(...next.args.map((handed) => this.#take(handed)));
      } finally {
        this.#depth -= 1;
        this.#once.get(next.callback)?.();
        this.#once.delete(next.callback);
      }
    }
    return count;
  }

  /**
   * Sleeps until a request is answered; callbacks that arrive meanwhile are kept for a wait. Throws what it failed
   * with.
   */
  #sleepFor(id: number): BlockingReply {
    while (true) {
      const seen = Atomics.load(this.#counter, 0);
      const received = this.#receive();
      if (received?.type === 'gone') return received;
      const reply = this.#replies.get(id);
      if (reply !== undefined) {
        this.#replies.delete(id);
        if (reply.type === 'failed') throw deserializeError(reply.error);
        return reply;
      }
      if (received === undefined) Atomics.wait(this.#counter, 0, seen);
    }
  }

  /** Sleeps until something has arrived and takes it in; false when nothing did in time, or the connection is gone. */
  #sleep(timeoutMs: number): boolean {
    if (!this.#open) return false;
    const seen = Atomics.load(this.#counter, 0);
    if (this.#receive() !== undefined) return this.#open;
    return Atomics.wait(this.#counter, 0, seen, timeoutMs) !== 'timed-out';
  }

  /** Takes in one message, if one has arrived: callbacks, notices and replies each go where they wait. */
  #receive(): BlockingReply | undefined {
    const received = receiveMessageOnPort(this.#attachment.port)?.message as BlockingReply | undefined;
    switch (received?.type) {
      case undefined:
        break;
      case 'gone':
        this.#open = false;
        break;
      case 'callback':
        this.#callbacks.push(received);
        break;
      case 'message':
        this.#arrived(received);
        break;
      case 'ready':
        this.#replies.set(0, received);
        break;
      default:
        this.#replies.set(received?.id ?? 0, received as BlockingReply);
    }
    return received;
  }

  #arrived({ window, code, result }: Reply<'message'>): void {
    const notice = this.#take(result) as WINBIO_ASYNC_RESULT;
    const arrived = this.#arrivals.get(window);
    if (arrived === undefined) this.#blocks.free(notice);
    else arrived(code, notice);
  }

  /** A context is the argument after a callback, or what a table of contexts says; neither leaves the thread. */
  #encode(argument: unknown, isContext: boolean, isOnce: boolean): BlockingArgument {
    if (typeof argument === 'function') return { kind: 'callback', id: this.#keep(argument, isOnce) };
    if (isContext) return { kind: 'context', id: this.#keep(argument, isOnce) };
    if (argument instanceof BlockingMessageWindow) {
      const id = this.#windows.get(argument);
      // A closed window, and one of another connection, are refused as no window is.
      if (id === undefined) return { kind: 'plain', value: null };
      return { kind: 'window', id, words: argument.words };
    }
    if (typeof argument === 'symbol') return { kind: 'symbol', key: Symbol.keyFor(argument) ?? '' };
    if (isHolder(argument)) return { kind: 'holder' };
    return { kind: 'plain', value: argument };
  }

  /** The program's own copy of a value, its contexts put back. */
  #take({ value, isBlock }: HandedOut): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if ('whorlContext' in value) return this.#kept.get(value.whorlContext as number);
    const block = 'UserData' in value ? { ...value, UserData: this.#context(value.UserData) } : value;
    return isBlock ? this.#blocks.issue(block) : block;
  }

  #context(token: unknown): unknown {
    return this.#take({ value: token, isBlock: false });
  }

  /** Gives the same thing the same number, so that a callback used again and again is kept once. */
  #keep(thing: unknown, isOnce: boolean): number {
    const id = (isOnce ? undefined : this.#numbers.get(thing)) ?? this.#nextId();
    if (!isOnce) this.#numbers.set(thing, id);
    this.#kept.set(id, thing);
    return id;
  }

  #post(request: BlockingRequest, transfer: readonly BlockingAttachment['port'][] = []): void {
    this.#attachment.port.postMessage(request, transfer);
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

/**
 * Takes the place at a connection that another thread made with {@link BlockingConnection.attachment}.
 *
 * @example
 * ```ts
 * using connection = attachBlocking(workerData.attachment);
 * connection.winbio.WinBioCancel(session.value);
 * ```
 */
export function attachBlocking(attachment: BlockingAttachment): BlockingConnection {
  return new BlockingConnection(attachment);
}
