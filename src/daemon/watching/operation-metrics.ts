/** Metrics of a running service: names and counts, no biometric data. */

import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ConnectionObserver } from '../../composition/connection/serve-connection.ts';
import type { EngineLoad } from '../../composition/threads/engine-load.ts';
import type { RequestLog } from '../../composition/watching/request-log.ts';
import { codeName } from '../../core/codes.ts';

const SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5, 30, 120];

/** What is measured. */
interface Watched {
  readonly log: RequestLog;
  readonly engineThreads: EngineLoad;
  readonly service: { readonly sensorStates: readonly string[] };
}

export class OperationMetrics implements ConnectionObserver {
  readonly registry = new Registry();
  readonly #faults = new Counter({
    name: 'whorl_connection_faults_total',
    help: 'Connections that were given up because the client broke the protocol or did not read, by code.',
    labelNames: ['code'],
    registers: [this.registry],
  });

  constructor({ log, engineThreads: engine, service }: Watched) {
    const requests = new Counter({
      name: 'whorl_requests_total',
      help: 'Requests that were answered, by kind and code.',
      labelNames: ['kind', 'code'],
      registers: [this.registry],
    });
    const seconds = new Histogram({
      name: 'whorl_request_seconds',
      help: 'From the arrival of a request to its answer, waiting for a finger included.',
      labelNames: ['kind'],
      buckets: SECONDS,
      registers: [this.registry],
    });
    log.onAnswered(({ kind, hresult, durationMs }) => {
      requests.inc({ kind, code: codeName(hresult) });
      seconds.observe({ kind }, durationMs / 1000);
    });
    const gauge = (name: string, help: string, read: () => number) =>
      new Gauge({
        name,
        help,
        registers: [this.registry],
        collect() {
          this.set(read());
        },
      });
    gauge('whorl_connections', 'Clients that are connected.', () => log.connections);
    gauge('whorl_handles', 'Open sessions and framework connections.', () => log.handles);
    gauge('whorl_requests_waiting', 'Requests that are not answered yet.', () => log.waiting);
    gauge('whorl_engine_tasks_waiting', 'Tasks that wait for a thread of the engine.', () => engine.waiting);
    gauge(
      'whorl_engine_utilization',
      'Share of the time of the threads that was spent on tasks.',
      () => engine.utilization,
    );
    new Gauge({
      name: 'whorl_units',
      help: 'Biometric units, by the state of their sensor.',
      labelNames: ['state'],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const state of service.sensorStates) this.inc({ state });
      },
    });
    gauge('whorl_resident_bytes', 'Resident memory of the process.', () => process.memoryUsage.rss());
  }

  closed: NonNullable<ConnectionObserver['closed']> = (_connection, fault) => {
    if (fault !== undefined) this.#faults.inc({ code: fault.code });
  };
}
