/** The metrics of a service under their names, as the library that writes them wants them. */

import { Counter, Gauge, type Metric, Registry } from 'prom-client';
import type { EngineLoad } from '../../composition/threads/engine-load.ts';
import type { RequestLog } from '../../composition/watching/request-log.ts';
import { codeName } from '../../core/codes.ts';
import type { SharedStatus } from '../../core/service-report.ts';
import type { RequestTally } from './request-tally.ts';

/** What a composed service tells of itself. */
export interface Watched {
  readonly log: RequestLog;
  readonly engineThreads: EngineLoad;
  readonly service: {
    readonly sensorStates: readonly string[];
    readonly loading: readonly { readonly loaded: number; readonly total: number }[];
  };
  /** What is shared with other services. Default: nothing. */
  readonly shared?: (() => SharedStatus | undefined) | undefined;
}

/** What is counted. */
export interface Counted {
  readonly requests: RequestTally;
  /** Connections that were given up, by the code of the fault. */
  readonly faults: ReadonlyMap<string, number>;
}

/** A registry whose metrics are read when they are asked for. */
export function metricsRegistry(watched: Watched, { requests, faults }: Counted): Registry {
  const { log, engineThreads: engine, service, shared = () => undefined } = watched;
  const registry = new Registry();
  const registers = [registry];
  new Counter({
    name: 'whorl_connection_faults_total',
    help: 'Connections that were given up because the client broke the protocol or did not read, by code.',
    labelNames: ['code'],
    registers,
    collect() {
      this.reset();
      for (const [code, count] of faults) this.inc({ code }, count);
    },
  });
  new Counter({
    name: 'whorl_requests_total',
    help: 'Requests that were answered, by kind and code.',
    labelNames: ['kind', 'code'],
    registers,
    collect() {
      this.reset();
      for (const [kind, { codes }] of requests.kinds) {
        for (const [hresult, count] of codes) this.inc({ kind, code: codeName(hresult) }, count);
      }
    },
  });
  const seconds = {
    name: 'whorl_request_seconds',
    help: 'From the arrival of a request to its answer, waiting for a finger included.',
    type: 'histogram',
    get: async () => ({ ...seconds, values: requests.histogram(seconds.name) }),
  };
  // The registry asks no more of a metric than these members; its typings list the classes of its own.
  registry.registerMetric(seconds as unknown as Metric);
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
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
    registers,
    collect() {
      this.reset();
      for (const state of service.sensorStates) this.inc({ state });
    },
  });
  gauge('whorl_templates_to_load', 'Templates that cannot be found yet: their database is still being read.', () =>
    service.loading.reduce((sum, { loaded, total }) => sum + total - loaded, 0),
  );
  if (shared() !== undefined) {
    const value = (of: (status: SharedStatus) => number) => () => {
      const status = shared();
      return status === undefined ? 0 : of(status);
    };
    gauge(
      'whorl_shared_live',
      '1 while the shared database is reached, 0 while it is not.',
      value(({ live }) => (live ? 1 : 0)),
    );
    gauge(
      'whorl_shared_journal_waiting',
      'Lines of the journal that other services were not told of yet.',
      value(({ journalWaiting }) => journalWaiting),
    );
    gauge(
      'whorl_shared_too_old',
      'Copies of shared databases that are too old for anybody to be recognised.',
      value(({ databases = [] }) => databases.filter(({ tooOld }) => tooOld).length),
    );
  }
  gauge('whorl_resident_bytes', 'Resident memory of the process.', () => process.memoryUsage.rss());
  return registry;
}
