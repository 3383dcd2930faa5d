/** A session over a client of `pg`. */

import type { Client, QueryConfig } from 'pg';
import { BiometricError } from '../../core/biometric-error.ts';
import type { PostgresDriver } from './postgres-driver.ts';
import { isAnswer, type PostgresAction, postgresError } from './postgres-errors.ts';
import type { PostgresSession, PostgresWork, Row, Statement } from './postgres-session.ts';

/** A connection in use. Every fault comes mapped; after one that the server did not answer it is of no use. */
export class ClientSession implements PostgresSession {
  readonly #client: Client;
  readonly #driver: PostgresDriver;
  readonly #action: PostgresAction;
  readonly #timeoutMs: number;
  #isBroken = false;

  /** `timeoutMs` is how long each answer may take. */
  constructor(client: Client, driver: PostgresDriver, action: PostgresAction, timeoutMs: number) {
    this.#client = client;
    this.#driver = driver;
    this.#action = action;
    this.#timeoutMs = timeoutMs;
  }

  /** True after a fault that was no answer of the server. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** Rejects with the mapped code. */
  async query({ text, values, name }: Statement): Promise<readonly Row[]> {
    try {
      // The types do not know that a query may have a time limit of its own.
      const limited: QueryConfig & { readonly query_timeout: number } = {
        text,
        query_timeout: this.#timeoutMs,
        ...(values !== undefined && { values: [...values] }),
        ...(name !== undefined && { name }),
      };
      return (await this.#client.query<Row & object>(limited)).rows;
    } catch (thrown) {
      this.#isBroken ||= !isAnswer(thrown);
      throw postgresError(thrown, this.#action);
    }
  }

  /** All or nothing. `begin` says how it is begun. */
  async transaction<T>(work: (session: PostgresWork) => Promise<T>, begin = 'begin'): Promise<T> {
    await this.query({ text: begin });
    let result: T;
    try {
      result = await work(this);
    } catch (thrown) {
      if (!this.#isBroken) await this.query({ text: 'rollback' }).catch(() => undefined);
      throw thrown;
    }
    await this.query({ text: 'commit' });
    return result;
  }

  /** What `copy (...) to stdout` gives, piece by piece; whoever leaves it in the middle has broken the connection. */
  async *copy(text: string): AsyncGenerator<Uint8Array, undefined> {
    this.#isBroken = true;
    try {
      const stream = this.#client.query(this.#driver.copyTo(text));
      const pieces = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
      for (;;) {
        const next = await this.#inTime(pieces.next());
        if (next.done === true) break;
        yield next.value;
      }
      this.#isBroken = false;
    } catch (thrown) {
      throw postgresError(thrown, this.#action);
    }
  }

  /** Calls with what each notification says. The connection then keeps no process alive. */
  onNotice(onNotice: (text: string) => void): void {
    this.#client.on('notification', ({ payload = '' }) => onNotice(payload));
    (this.#client as Client & { unref(): void }).unref();
  }

  /** Ends the connection at once, whatever runs on it. */
  destroy(): void {
    this.#isBroken = true;
    destroyClient(this.#client);
  }

  /** Limits of the server are off for what takes long: a server that stands still is noticed here. */
  async #inTime<T>(waiting: Promise<T>): Promise<T> {
    const { promise, reject } = Promise.withResolvers<never>();
    const ended = () => reject(new BiometricError('WHORL_E_OFFLINE', 'PostgreSQL: the connection ended'));
    const timer = setTimeout(() => {
      reject(new BiometricError('WHORL_E_OFFLINE', `PostgreSQL gave no answer in ${this.#timeoutMs} ms`));
    }, this.#timeoutMs);
    this.#client.once('end', ended);
    try {
      return await Promise.race([waiting, promise]);
    } finally {
      clearTimeout(timer);
      this.#client.removeListener('end', ended);
    }
  }
}

/** Ends the socket; `end` of a client waits for a server that may stand still. */
export function destroyClient(client: Client): void {
  const { connection } = client as unknown as { readonly connection: { readonly stream: { destroy(): void } } };
  connection.stream.destroy();
}
