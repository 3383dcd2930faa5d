/** Numbers of a running service, for those who watch it; names and counts, nothing of anybody. */

import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { codeName } from '../../core/codes.ts';
import type { Completion } from '../../core/operation-result.ts';
import type { Connection } from '../../service/connection.ts';
import type { ConnectionObserver } from '../clients/serve-connection.ts';

const SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2, 5, 30, 120];

/** What the threads of the engine have to do. */
export interface EngineLoad {
  readonly waiting: number;
  readonly utilization: number;
}

interface Asked {
  readonly kind: string;
  readonly atMs: number;
}

export class OperationMetrics implements ConnectionObserver {
  readonly registry = new Registry();
  readonly #asked = new Map<Connection, Map<number, Asked>>();
  readonly #sessions = new Map<Connection, Set<number>>();
  readonly #requests = new Counter({
    name: 'whorl_requests_total',
    help: 'Requests that were answered, by kind and code.',
    labelNames: ['kind', 'code'],
    registers: [this.registry],
  });
  readonly #seconds = new Histogram({
    name: 'whorl_request_seconds',
    help: 'From the arrival of a request to its answer, waiting for a finger included.',
    labelNames: ['kind'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  readonly #faults = new Counter({
    name: 'whorl_connection_faults_total',
    help: 'Connections that were given up because the client broke the protocol or did not read, by code.',
    labelNames: ['code'],
    registers: [this.registry],
  });

  constructor(engine: EngineLoad, units: () => readonly string[]) {
    const gauge = (name: string, help: string, read: () => number) =>
      new Gauge({
        name,
        help,
        registers: [this.registry],
        collect() {
          this.set(read());
        },
      });
    gauge('whorl_connections', 'Clients that are connected.', () => this.#asked.size);
    gauge('whorl_handles', 'Open sessions and framework connections.', () => total(this.#sessions));
    gauge('whorl_requests_waiting', 'Requests that are not answered yet.', () => total(this.#asked));
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
        for (const state of units()) this.inc({ state });
      },
    });
    gauge('whorl_resident_bytes', 'Resident memory of the process.', () => process.memoryUsage.rss());
  }

  opened(connection: Connection): void {
    this.#asked.set(connection, new Map());
    this.#sessions.set(connection, new Set());
  }

  asked: NonNullable<ConnectionObserver['asked']> = (connection, message) => {
    this.#asked.get(connection)?.set(message.id, { kind: message.request.kind, atMs: performance.now() });
    if (message.type === 'submit' && message.request.kind === 'close') {
      this.#sessions.get(connection)?.delete(message.handle);
    }
  };

  answered(connection: Connection, requestId: number, completion: Completion, handle?: number): void {
    const requests = this.#asked.get(connection);
    const asked = requests?.get(requestId);
    if (asked === undefined) return;
    requests?.delete(requestId);
    if (handle !== undefined) this.#sessions.get(connection)?.add(handle);
    this.#requests.inc({ kind: asked.kind, code: codeName(completion.hresult) });
    this.#seconds.observe({ kind: asked.kind }, (performance.now() - asked.atMs) / 1000);
  }

  closed: NonNullable<ConnectionObserver['closed']> = (connection, fault) => {
    this.#asked.delete(connection);
    this.#sessions.delete(connection);
    if (fault !== undefined) this.#faults.inc({ code: fault.code });
  };
}

function total(sizes: ReadonlyMap<unknown, { readonly size: number }>): number {
  let sum = 0;
  for (const { size } of sizes.values()) sum += size;
  return sum;
}
