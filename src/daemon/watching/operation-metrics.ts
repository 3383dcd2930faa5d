/** Metrics of a running service: names and counts, no biometric data. */

import type { ConnectionObserver } from '../../composition/connection/serve-connection.ts';
import type { Counted, Watched } from './metrics-registry.ts';
import { RequestTally } from './request-tally.ts';

export class OperationMetrics implements ConnectionObserver, Counted {
  readonly requests = new RequestTally();
  readonly faults = new Map<string, number>();
  readonly #watched: Watched;
  #registry: Promise<{ metrics(): Promise<string> }> | undefined;

  constructor(watched: Watched) {
    this.#watched = watched;
    watched.log.onAnswered(({ kind, hresult, durationMs }) => this.requests.count(kind, hresult, durationMs / 1000));
  }

  closed: NonNullable<ConnectionObserver['closed']> = (_connection, fault) => {
    if (fault !== undefined) this.faults.set(fault.code, (this.faults.get(fault.code) ?? 0) + 1);
  };

  /** The metrics in the text format of Prometheus. What writes it is loaded by the first reader. */
  async text(): Promise<string> {
    this.#registry ??= import('./metrics-registry.ts').then(({ metricsRegistry }) =>
      metricsRegistry(this.#watched, this),
    );
    return await (await this.#registry).metrics();
  }
}
