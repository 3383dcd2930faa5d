/** A transport within a process, for tests and trials: it can be slow, lose, spoil and keep messages, and be cut. */

import type { AdapterOptions } from '../../adapters/adapter-options.ts';
import { throwIfAborted } from '../../adapters/sensor-adapter-base.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { Delivery, MatchTransport, MessageListener } from './match-transport.ts';

const MAX_BYTES = 1_048_576;

/** What becomes of a message on its way: undefined when it is lost, `'never'` when it is neither lost nor arrives. */
export type Carried = Uint8Array | undefined | 'never';

/** Decides about each message; `isAnswer` for answers to requests. */
export type Carrying = (message: {
  readonly subject: string;
  readonly bytes: Uint8Array;
  readonly isAnswer: boolean;
}) => Carried | Promise<Carried>;

interface Listening {
  readonly subject: string;
  readonly listener: MessageListener;
  readonly transport: MemoryTransport;
  readonly group: string | undefined;
}

/** What transports of a process share. */
export class MemoryMatchBus {
  /** Decides about each message. Default: all arrive. */
  carry: Carrying = ({ bytes }) => bytes;
  readonly #listening = new Set<Listening>();
  readonly #transports = new Set<MemoryTransport>();
  #isUp = true;

  /** Whether its transports are connected. */
  get isUp(): boolean {
    return this.#isUp;
  }

  /**
   * A transport of one participant.
   */
  connect(): MatchTransport {
    const transport = new MemoryTransport(this, this.#listening, () => this.#transports.delete(transport));
    this.#transports.add(transport);
    return transport;
  }

  /**
   * Cuts every connection, or makes them again.
   */
  set(state: 'up' | 'down'): void {
    this.#isUp = state === 'up';
    for (const transport of this.#transports) transport.changed();
  }
}

class MemoryTransport implements MatchTransport {
  readonly maxBytes = MAX_BYTES;
  readonly #bus: MemoryMatchBus;
  readonly #listening: Set<Listening>;
  readonly #onClose: () => void;
  readonly #watching = new Set<() => void>();
  readonly #lost = new Set<() => void>();
  #isClosed = false;

  constructor(bus: MemoryMatchBus, listening: Set<Listening>, onClose: () => void) {
    this.#bus = bus;
    this.#listening = listening;
    this.#onClose = onClose;
  }

  get connected(): boolean {
    return this.#bus.isUp && !this.#isClosed;
  }

  get fault(): string | undefined {
    return this.connected ? undefined : 'the bus is down';
  }

  publish(subject: string, bytes: Uint8Array): void {
    void this.#publish(subject, bytes);
  }

  subscribe(subject: string, listener: MessageListener, group?: string): Disposable {
    const entry = { subject, listener, transport: this, group };
    this.#listening.add(entry);
    return { [Symbol.dispose]: () => this.#listening.delete(entry) };
  }

  async request(subject: string, bytes: Uint8Array, { signal }: AdapterOptions): Promise<Delivery> {
    throwIfAborted(signal);
    if (!this.connected) return { kind: 'lost' };
    const { promise, resolve, reject } = Promise.withResolvers<Delivery>();
    const lost = (): void => resolve({ kind: 'lost' });
    const aborted = (): void => reject(new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason }));
    this.#lost.add(lost);
    signal.addEventListener('abort', aborted, { once: true });
    try {
      void this.#deliver(subject, bytes, resolve);
      return await promise;
    } finally {
      this.#lost.delete(lost);
      signal.removeEventListener('abort', aborted);
    }
  }

  watch(onChange: () => void): Disposable {
    this.#watching.add(onChange);
    return { [Symbol.dispose]: () => this.#watching.delete(onChange) };
  }

  changed(): void {
    if (!this.connected) for (const lost of this.#lost) lost();
    for (const watcher of this.#watching) watcher();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const entry of this.#listening) if (entry.transport === this) this.#listening.delete(entry);
    this.#onClose();
    this.changed();
  }

  async #publish(subject: string, bytes: Uint8Array): Promise<void> {
    if (!this.connected) return;
    const carried = await this.#carry(subject, bytes, false);
    if (!(carried instanceof Uint8Array)) return;
    for (const { listener } of this.#listeners(subject)) listener(carried, undefined);
  }

  async #deliver(subject: string, bytes: Uint8Array, resolve: (delivery: Delivery) => void): Promise<void> {
    if (this.#listeners(subject).length === 0) return resolve({ kind: 'nobody' });
    const carried = await this.#carry(subject, bytes, false);
    if (!(carried instanceof Uint8Array)) return;
    for (const { listener } of this.#listeners(subject)) {
      listener(carried, (answer) => {
        void this.#carry(subject, answer, true).then((back) => {
          if (back instanceof Uint8Array && this.#bus.isUp) resolve({ kind: 'answer', bytes: back });
        });
      });
    }
  }

  /** In a turn of its own, as from another process, and a copy: nobody changes what another one holds. */
  async #carry(subject: string, bytes: Uint8Array, isAnswer: boolean): Promise<Carried> {
    return await this.#bus.carry({ subject, bytes: Uint8Array.from(bytes), isAnswer });
  }

  #listeners(subject: string): Listening[] {
    if (!this.#bus.isUp) return [];
    const told = new Set<string>();
    return [...this.#listening].filter(({ subject: on, group }) => {
      return on === subject && (group === undefined || told.size < told.add(group).size);
    });
  }
}
