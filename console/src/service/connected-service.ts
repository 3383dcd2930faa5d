/** The connected service, and what every page knows of it, kept up to date. */

import { type ReadonlySignal, signal } from '@preact/signals';
import type {
  ClientAccount,
  ReaderPlace,
  ServiceHealth,
  UnitActivity,
  WhorlService,
} from '../../../src/exports/whorl/client/browser.ts';
import { Heartbeat } from './heartbeat.ts';

/** How often is read what no event tells. */
const PLACES_MS = 5000;
const HEALTH_MS = 1000;

export class ConnectedService {
  readonly client: WhorlService;
  readonly account: ClientAccount;
  readonly heartbeat: Heartbeat;
  readonly #places = signal<readonly ReaderPlace[]>([]);
  readonly #health = signal<ServiceHealth | undefined>(undefined);
  readonly #lost: AbortSignal;
  #lastAnswered = 0;

  private constructor(client: WhorlService, account: ClientAccount, lost: AbortSignal) {
    this.client = client;
    this.account = account;
    this.#lost = lost;
    this.heartbeat = new Heartbeat(() => client.administration.whoAmI());
    lost.addEventListener('abort', () => this.heartbeat.stop(), { once: true });
  }

  /** Reads what every page needs, and follows it until the connection is lost. */
  static async open(client: WhorlService, lost: AbortSignal): Promise<ConnectedService> {
    const connected = new ConnectedService(client, await client.administration.whoAmI(), lost);
    // A screen sees its door, and nothing else.
    if (connected.account.screen !== undefined) return connected;
    await connected.refresh();
    void connected.#followUnits();
    connected.#repeat(PLACES_MS, () => connected.#readPlaces());
    if (connected.account.administrator) connected.#repeat(HEALTH_MS, () => connected.#readHealth());
    return connected;
  }

  /** Aborted when the connection is lost. */
  get lost(): AbortSignal {
    return this.#lost;
  }

  /** May look after people, journal and enrollments. */
  get isOperator(): boolean {
    return this.account.administrator || this.account.operator;
  }

  /** All readers as people know them, those that are unplugged included. */
  get places(): ReadonlySignal<readonly ReaderPlace[]> {
    return this.#places;
  }

  /** Undefined unless the account is an administrator. */
  get health(): ReadonlySignal<ServiceHealth | undefined> {
    return this.#health;
  }

  /** What a reader is doing; undefined for one that is unplugged, or where the account may not know. */
  activityOf({ unitId }: ReaderPlace): UnitActivity | undefined {
    return unitId === undefined ? undefined : this.#health.value?.units.find((each) => each.unitId === unitId);
  }

  /** Name under which a reader can be touched from the page; undefined for a real one, or one that is unplugged. */
  virtualNameOf(place: ReaderPlace): string | undefined {
    return this.activityOf(place)?.virtualReader;
  }

  /** The name of a reader to show. */
  titleOf(reader: string): string {
    return this.#places.value.find((each) => each.reader === reader)?.title ?? reader;
  }

  /** Reads at once what is otherwise read now and then, or at a change. */
  async refresh(): Promise<void> {
    await Promise.all([this.#readPlaces(), ...(this.account.administrator ? [this.#readHealth()] : [])]);
  }

  async #followUnits(): Promise<void> {
    try {
      for await (const _ of this.client.unitChanges({ signal: this.#lost })) {
        // What cannot be read now is read at the next change.
        await this.refresh().catch(() => undefined);
      }
    } catch {
      // The connection was lost, which the frame of the page shows.
    }
  }

  #repeat(everyMs: number, read: () => Promise<void>): void {
    let reading = false;
    const timer = setInterval(() => {
      if (document.hidden || reading) return;
      reading = true;
      void read()
        // Tried again next time; a lost connection ends the timer.
        .catch(() => undefined)
        .finally(() => (reading = false));
    }, everyMs);
    this.#lost.addEventListener('abort', () => clearInterval(timer), { once: true });
  }

  async #readPlaces(): Promise<void> {
    const read = await this.client.places.list();
    // Pages are drawn anew at a change, not at each reading.
    if (JSON.stringify(read) !== JSON.stringify(this.#places.value)) this.#places.value = read;
  }

  async #readHealth(): Promise<void> {
    const health = await this.client.administration.health({ after: this.#lastAnswered });
    this.#lastAnswered = health.answered.at(-1)?.number ?? this.#lastAnswered;
    this.#health.value = health;
  }
}
