/** A running subscription of a handle. Its events carry the number of the call that started it. */

import type { HRESULT } from '../../core/hresult.ts';
import type { MonitorEvent } from '../../core/operation-result.ts';
import type { OperationIdentity } from './operation.ts';

/** Kinds of monitors; a handle has at most one of each. */
export type MonitorKind = 'unclaimed' | 'presence' | 'samples' | 'framework-changes';

export class Monitor {
  readonly kind: MonitorKind;
  readonly identity: OperationIdentity;
  readonly #send: (monitor: Monitor, event: MonitorEvent) => void;
  readonly #stop: () => void;
  #running = true;

  constructor(
    kind: MonitorKind,
    identity: OperationIdentity,
    send: (monitor: Monitor, event: MonitorEvent) => void,
    stop: () => void,
  ) {
    this.kind = kind;
    this.identity = identity;
    this.#send = send;
    this.#stop = stop;
  }

  get running(): boolean {
    return this.#running;
  }

  /** Reports an event, unless the monitor has ended. */
  report(event: MonitorEvent): void {
    if (this.#running) this.#send(this, event);
  }

  /** Ends the monitor with one last event (D-03); idempotent. */
  end(hresult: HRESULT): void {
    if (!this.#running) return;
    this.#stop();
    this.#send(this, { kind: 'ended', hresult });
    this.#running = false;
  }
}
