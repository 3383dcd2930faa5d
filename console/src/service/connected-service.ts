/** The connected service and what the page knows of it, kept up to date. */

import { type ReadonlySignal, signal } from '@preact/signals';
import type {
  AnsweredRequest,
  ClientAccount,
  DatabaseDescription,
  DatabaseId,
  ServiceHealth,
  UnitDescription,
  UnitId,
  WhorlService,
} from '../../../src/exports/whorl/client/browser.ts';
import { BoundedLog } from './bounded-log.ts';
import { HealthHistory } from './health-history.ts';

const POLL_MS = 1000;
const EVENT_BOUND = 1000;

/** Something that happened in the service. */
export type ServiceEvent =
  | {
      readonly kind: 'unit';
      readonly atMs: number;
      readonly change: 'unit-arrival' | 'unit-removal';
      readonly unitId: UnitId;
    }
  | { readonly kind: 'request'; readonly atMs: number; readonly request: AnsweredRequest };

/** A virtual reader; it has no unit while it is unplugged. */
export interface VirtualReaderPlace {
  readonly name: string;
  readonly unitId: UnitId | undefined;
}

export class ConnectedService {
  readonly client: WhorlService;
  readonly account: ClientAccount;
  readonly databases: readonly DatabaseDescription[];
  readonly history = new HealthHistory();
  readonly #units = signal<readonly UnitDescription[]>([]);
  readonly #health = signal<ServiceHealth | undefined>(undefined);
  readonly #readers = signal<readonly VirtualReaderPlace[]>([]);
  readonly #events = signal<readonly ServiceEvent[]>([]);
  readonly #log = new BoundedLog<ServiceEvent>(EVENT_BOUND);
  readonly #lost: AbortSignal;
  #lastAnswered = 0;
  #reading: Promise<void> | undefined;

  private constructor(
    client: WhorlService,
    account: ClientAccount,
    databases: readonly DatabaseDescription[],
    lost: AbortSignal,
  ) {
    this.client = client;
    this.account = account;
    this.databases = databases;
    this.#lost = lost;
  }

  /** Reads what does not change, and follows what does until the connection is lost. */
  static async open(client: WhorlService, lost: AbortSignal): Promise<ConnectedService> {
    const [account, databases] = await Promise.all([client.administration.whoAmI(), client.databases()]);
    const connected = new ConnectedService(client, account, databases, lost);
    void connected.#followUnits();
    await connected.refresh();
    if (account.administrator) void connected.#followHealth();
    return connected;
  }

  /** Attached units, in the order of their numbers. */
  get units(): ReadonlySignal<readonly UnitDescription[]> {
    return this.#units;
  }

  /** Undefined unless the account is an administrator. */
  get health(): ReadonlySignal<ServiceHealth | undefined> {
    return this.#health;
  }

  get events(): ReadonlySignal<readonly ServiceEvent[]> {
    return this.#events;
  }

  /** Database of the system pool, which a service lists first. */
  get systemDatabase(): DatabaseId | undefined {
    return this.databases[0]?.databaseId;
  }

  /** Virtual readers seen so far, each with its current unit; empty unless the account is an administrator. */
  get readers(): ReadonlySignal<readonly VirtualReaderPlace[]> {
    return this.#readers;
  }

  clearEvents(): void {
    this.#log.clear();
    this.#events.value = [];
  }

  /** Reads at once what is otherwise read each second, or at a change. */
  async refresh(): Promise<void> {
    this.#units.value = [...(await this.client.units())].sort((a, b) => a.unitId - b.unitId);
    if (this.account.administrator) await this.#readHealth();
  }

  async #followUnits(): Promise<void> {
    try {
      for await (const { kind: change, unitId } of this.client.unitChanges({ signal: this.#lost })) {
        this.#note([{ kind: 'unit', atMs: Date.now(), change, unitId }]);
        // What cannot be read now is read at the next change.
        await this.refresh().catch(() => undefined);
      }
    } catch {
      // The connection was lost, which the frame of the page shows.
    }
  }

  async #followHealth(): Promise<void> {
    while (!this.#lost.aborted) {
      await pause(POLL_MS);
      if (document.hidden || this.#lost.aborted) continue;
      try {
        await this.#readHealth();
      } catch {
        // Tries again in a second; a lost connection ends the loop.
      }
    }
  }

  /** One reading at a time, so that no answered request is noted twice. */
  #readHealth(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    const health = await this.client.administration.health({ after: this.#lastAnswered });
    const { answered } = health;
    this.#lastAnswered = answered.at(-1)?.number ?? this.#lastAnswered;
    this.history.add(Date.now(), health);
    this.#note(answered.map((request) => ({ kind: 'request', atMs: request.atMs, request })));
    this.#health.value = health;
    const attached = health.units.flatMap(({ virtualReader: name, unitId }) =>
      name === undefined ? [] : [{ name, unitId }],
    );
    const gone = this.#readers.value
      .filter(({ name }) => !attached.some((each) => each.name === name))
      .map(({ name }) => ({ name, unitId: undefined }));
    this.#readers.value = [...attached, ...gone].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  #note(events: readonly ServiceEvent[]): void {
    if (events.length === 0) return;
    this.#log.add(events);
    this.#events.value = this.#log.entries;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
