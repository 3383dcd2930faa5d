/** Requests and their answers over one transport; both faces of the client use it. */

import { BiometricError, deserializeError } from '../core/biometric-error.ts';
import type { OpenFrameworkRequest, OpenSessionRequest, OperationRequest } from '../core/operation-request.ts';
import type { Completion, MonitorEvent } from '../core/operation-result.ts';
import { WHORL_E_CONNECTION_LOST } from '../core/result-constants.ts';
import type { ServiceCall } from '../core/service-call.ts';
import type { ClientMessage, ServiceMessage } from '../protocol/messages.ts';
import { PROTOCOL_VERSION } from '../protocol/messages.ts';
import type { Transport } from '../protocol/transport.ts';

/** Called once with how a request ended; `handle` is the new handle after a successful open, else 0. */
export type DoneListener = (completion: Completion, handle: number) => void;

/** Called for each event of a monitor, the last one included. */
export type EventListener = (event: MonitorEvent, completion: Omit<Completion, 'values' | 'unitId'>) => void;

interface Pending {
  readonly done: DoneListener;
  readonly answer?: (body: unknown) => void;
  readonly fault?: (error: BiometricError) => void;
}

const LOST: Completion = Object.freeze({
  hresult: WHORL_E_CONNECTION_LOST,
  sequence: 0,
  startedAtMs: 0,
  unitId: 0,
  values: {},
});

/** One connection: matches answers to requests, and ends what is pending when the connection ends. */
export class ServiceChannel {
  readonly #transport: Transport<ClientMessage, ServiceMessage>;
  readonly #pending = new Map<number, Pending>();
  readonly #monitors = new Map<number, EventListener>();
  readonly #closeListeners = new Set<() => void>();
  #welcome: PromiseWithResolvers<void> | undefined;
  #lastId = 0;
  #open = true;

  /** Takes over an open transport; {@link greet} comes first. */
  constructor(transport: Transport<ClientMessage, ServiceMessage>) {
    this.#transport = transport;
    transport.onMessage((message) => this.#receive(message));
    transport.onClose(() => this.#lost());
  }

  /**
   * Greets the service; `token` is what pairing gave. Rejects with WHORL_E_PROTOCOL when the service speaks another
   * version, E_ACCESSDENIED when access is refused, WHORL_E_CONNECTION_LOST; each names its `stage`.
   */
  async greet(token?: string): Promise<void> {
    if (!this.#open) throw new BiometricError('WHORL_E_CONNECTION_LOST');
    this.#welcome = Promise.withResolvers<void>();
    this.#transport.hold(true);
    this.#transport.send({ type: 'hello', version: PROTOCOL_VERSION, ...(token !== undefined && { token }) });
    try {
      await this.#welcome.promise;
    } finally {
      this.#welcome = undefined;
      this.#hold();
    }
  }

  /** False once the connection has ended. */
  get open(): boolean {
    return this.#open;
  }

  /** Calls a listener when the connection ends; disposal takes it away. */
  onClose(listener: () => void): Disposable {
    this.#closeListeners.add(listener);
    return { [Symbol.dispose]: () => this.#closeListeners.delete(listener) };
  }

  /** Opens a session or a framework connection. */
  openHandle(request: OpenSessionRequest | OpenFrameworkRequest, done: DoneListener): void {
    this.#send((id) => ({ type: 'open', id, request }), { done });
  }

  /** Sends an operation; returns the id for {@link withdraw}. A monitor reports events until its last. */
  submit(handle: number, request: OperationRequest, done: DoneListener, event?: EventListener): number {
    return this.#send((id) => ({ type: 'submit', id, handle, request }), { done }, event);
  }

  /** Sends a request that takes no handle. */
  call(request: ServiceCall, done: DoneListener): void {
    this.#send((id) => ({ type: 'call', id, request }), { done });
  }

  /** Asks an extension of the service, such as a virtual reader. Rejects with its error, or WHORL_E_CONNECTION_LOST. */
  ask(name: string, body: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const done: DoneListener = ({ hresult, message }) => reject(new BiometricError(hresult, message));
      this.#send((id) => ({ type: 'extension', id, name, body }), { done, answer: resolve, fault: reject });
    });
  }

  /** Cancels one operation; its completion still comes. */
  withdraw(id: number): void {
    if (this.#open) this.#transport.send({ type: 'withdraw', id });
  }

  /** Ends the connection; pending requests end with WHORL_E_CONNECTION_LOST. Idempotent. */
  close(): void {
    this.#transport.close();
    this.#lost();
  }

  #send(message: (id: number) => ClientMessage, pending: Pending, event?: EventListener): number {
    this.#lastId += 1;
    const id = this.#lastId;
    if (!this.#open) {
      queueMicrotask(() => pending.done(LOST, 0));
      return id;
    }
    this.#pending.set(id, pending);
    if (event !== undefined) this.#monitors.set(id, event);
    this.#hold();
    this.#transport.send(message(id));
    return id;
  }

  #receive(message: ServiceMessage): void {
    switch (message.type) {
      case 'welcome':
        if (message.version === PROTOCOL_VERSION) this.#welcome?.resolve();
        else this.#welcome?.reject(otherVersion(message.version));
        break;
      case 'refused':
        this.#welcome?.reject(deserializeError(message.error));
        break;
      case 'done':
        this.#take(message.id)?.done(message.completion, message.handle ?? 0);
        break;
      case 'answer':
        this.#take(message.id)?.answer?.(message.body);
        break;
      case 'fault':
        this.#take(message.id)?.fault?.(deserializeError(message.error));
        break;
      case 'event': {
        const listener = this.#monitors.get(message.id);
        if (message.event.kind === 'ended') this.#monitors.delete(message.id);
        this.#hold();
        listener?.(message.event, message.completion);
        break;
      }
      default:
        message satisfies never;
    }
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    this.#hold();
    return pending;
  }

  /** A pending request or a running monitor keeps the process alive; an idle connection does not. */
  #hold(): void {
    this.#transport.hold(this.#open && this.#pending.size + this.#monitors.size > 0);
  }

  #lost(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#welcome?.reject(new BiometricError('WHORL_E_CONNECTION_LOST', undefined, { stage: 'version' }));
    const pending = [...this.#pending.values()];
    const monitors = [...this.#monitors.values()];
    this.#pending.clear();
    this.#monitors.clear();
    for (const { done } of pending) done(LOST, 0);
    for (const event of monitors) event({ kind: 'ended', hresult: WHORL_E_CONNECTION_LOST }, LOST);
    for (const listener of [...this.#closeListeners]) listener();
  }
}

function otherVersion(version: number): BiometricError {
  const text = `the service speaks version ${version} of the protocol, this client ${PROTOCOL_VERSION}`;
  return new BiometricError('WHORL_E_PROTOCOL', text, { stage: 'version' });
}
