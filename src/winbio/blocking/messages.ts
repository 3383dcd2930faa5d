/** What a blocked thread and the thread that owns the connection tell each other. */

import type { MessagePort } from 'node:worker_threads';
import type { SyntheticFinger, TouchResult } from '../../client/virtual-reader-client.ts';
import type { SerializedBiometricError } from '../../core/biometric-error.ts';
import type { HRESULT } from '../../core/hresult.ts';

/** One end for one thread; goes over with `transferList: [attachment.port]`. */
export interface BlockingAttachment {
  readonly port: MessagePort;
  /** Counts what was sent to the port; its thread sleeps on it. */
  readonly word: SharedArrayBuffer;
}

/** An argument: plain data, a place for a result, or something that stays in the calling thread under a number. */
export type BlockingArgument =
  | { readonly kind: 'plain'; readonly value: unknown }
  | { readonly kind: 'holder' }
  /** A registered symbol, which cannot be copied to another thread; a database selector. */
  | { readonly kind: 'symbol'; readonly key: string }
  | { readonly kind: 'callback' | 'context'; readonly id: number };

/** Stands for a context in what is handed back. */
export interface ContextToken {
  readonly whorlContext: number;
}

/** A value handed out; a block has to be freed by the program. */
export interface HandedOut {
  readonly value: unknown;
  readonly isBlock: boolean;
}

/** From a calling thread. */
export type BlockingRequest =
  | { readonly type: 'call'; readonly id: number; readonly name: string; readonly args: readonly BlockingArgument[] }
  | { readonly type: 'touch'; readonly id: number; readonly finger: SyntheticFinger }
  | { readonly type: 'attach'; readonly attachment: BlockingAttachment }
  | { readonly type: 'close'; readonly id: number };

/** To a calling thread. */
export type BlockingReply =
  | { readonly type: 'ready'; readonly names: readonly string[] }
  | { readonly type: 'failed'; readonly id?: number; readonly error: SerializedBiometricError }
  | {
      readonly type: 'returned';
      readonly id: number;
      readonly hresult: HRESULT;
      /** By position of the argument. */
      readonly holders: ReadonlyMap<number, HandedOut>;
      readonly buffers: ReadonlyMap<number, Uint8Array>;
    }
  | { readonly type: 'touched'; readonly id: number; readonly result: TouchResult }
  | { readonly type: 'closed'; readonly id: number }
  /** Another thread closed the connection; nothing follows. */
  | { readonly type: 'gone'; readonly id?: number }
  | { readonly type: 'callback'; readonly callback: number; readonly args: readonly HandedOut[] };
