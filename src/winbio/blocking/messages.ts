/** Messages between a blocked thread and the thread that owns the connection. */

import type { MessagePort } from 'node:worker_threads';
import type { SyntheticFinger, TouchResult } from '../../client/virtual-reader-client.ts';
import type { SerializedBiometricError } from '../../core/biometric-error.ts';
import type { HRESULT } from '../../core/hresult.ts';

/** A place at a connection for one thread; pass it on with `transferList: [attachment.port]`. */
export interface BlockingAttachment {
  /** Carries requests and replies. */
  readonly port: MessagePort;
  /** One `Int32` that counts the messages sent to the thread, which sleeps on it. */
  readonly word: SharedArrayBuffer;
}

/** An argument: plain data, a holder, or something that stays in the calling thread under a number. */
export type BlockingArgument =
  | { readonly kind: 'plain'; readonly value: unknown }
  | { readonly kind: 'holder' }
  /** A database selector: a registered symbol, which cannot be copied to another thread. */
  | { readonly kind: 'symbol'; readonly key: string }
  | { readonly kind: 'callback' | 'context'; readonly id: number }
  /** A window of the calling thread, with the words it shares: {@link WINDOW_WORDS}. */
  | { readonly kind: 'window'; readonly id: number; readonly words: SharedArrayBuffer };

/** The words that both sides of a window share: how many messages wait, and whether it is closed. */
export const WINDOW_WORDS = { waiting: 0, closed: 1 } as const;

/** Stands for a context in a value handed back. */
export interface ContextToken {
  readonly whorlContext: number;
}

/** A value handed out; the program has to free a block. */
export interface HandedOut {
  readonly value: unknown;
  readonly isBlock: boolean;
}

/** Messages of a calling thread. */
export type BlockingRequest =
  | { readonly type: 'call'; readonly id: number; readonly name: string; readonly args: readonly BlockingArgument[] }
  | { readonly type: 'touch'; readonly id: number; readonly finger: SyntheticFinger }
  | { readonly type: 'attach'; readonly attachment: BlockingAttachment }
  | { readonly type: 'close'; readonly id: number };

/** Messages to a calling thread. */
export type BlockingReply =
  | { readonly type: 'ready'; readonly names: readonly string[] }
  | { readonly type: 'failed'; readonly id?: number; readonly error: SerializedBiometricError }
  | {
      readonly type: 'returned';
      readonly id: number;
      readonly hresult: HRESULT;
      /** Filled holders, by position of the argument. */
      readonly holders: ReadonlyMap<number, HandedOut>;
      readonly buffers: ReadonlyMap<number, Uint8Array>;
    }
  | { readonly type: 'touched'; readonly id: number; readonly result: TouchResult }
  | { readonly type: 'closed'; readonly id: number }
  /** Another thread closed the connection; nothing follows. */
  | { readonly type: 'gone'; readonly id?: number }
  | { readonly type: 'callback'; readonly callback: number; readonly args: readonly HandedOut[] }
  | { readonly type: 'message'; readonly window: number; readonly code: number; readonly result: HandedOut };
