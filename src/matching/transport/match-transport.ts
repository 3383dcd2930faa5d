/** What carries messages between those who search and the nodes that hold the gallery. */

import type { AdapterOptions } from '../../adapters/adapter-options.ts';

/** What became of a request. */
export type Delivery =
  /** The answer, of whoever gave it first. */
  | { readonly kind: 'answer'; readonly bytes: Uint8Array }
  /** Nobody listens on the subject; known at once. */
  | { readonly kind: 'nobody' }
  /** The connection ended, or there was none: whether the request arrived is not known. */
  | { readonly kind: 'lost' };

/** Takes a message, with a way to answer it where its sender waits for one. */
export type MessageListener = (bytes: Uint8Array, answer: ((bytes: Uint8Array) => void) | undefined) => void;

/**
 * Subjects that bytes are published on, and requests that one listener answers. Words of a subject are separated by dots.
 * Nothing is kept for those who do not listen.
 */
export interface MatchTransport extends AsyncDisposable {
  /** Whether messages can be sent now. It connects again by itself. */
  readonly connected: boolean;
  /** Why it is not connected; undefined while it is, or when it was never tried. */
  readonly fault: string | undefined;
  /** Most bytes of a message. */
  readonly maxBytes: number;
  /** Tells all who listen; dropped while not connected. */
  publish(subject: string, bytes: Uint8Array): void;
  /**
   * Listens until it is disposed of, also after the connection was lost and made again. Of all that listen as the same
   * `group`, one is told of each message. Default: each is told.
   */
  subscribe(subject: string, listener: MessageListener, group?: string): Disposable;
  /** Asks one listener. Rejects with WINBIO_E_CANCELED; the listener is not told. */
  request(subject: string, bytes: Uint8Array, options: AdapterOptions): Promise<Delivery>;
  /** Calls when it was connected or disconnected. */
  watch(onChange: () => void): Disposable;
}
