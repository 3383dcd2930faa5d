/** One connection to a server, as long as somebody has it. */

/** A row, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** A statement and its values. */
export interface Statement {
  readonly text: string;
  readonly values?: readonly unknown[];
  /** Set for statements that come often: the server keeps them prepared under it. */
  readonly name?: string;
}

/** What a transaction is done with. */
export interface PostgresWork {
  query(statement: Statement): Promise<readonly Row[]>;
}

/** A connection of one's own. */
export interface PostgresSession extends PostgresWork {
  /** True after a fault that was no answer of the server. */
  readonly isBroken: boolean;
  /** All or nothing. `begin` says how it is begun. */
  transaction<T>(work: (session: PostgresWork) => Promise<T>, begin?: string): Promise<T>;
  /** What `copy (...) to stdout` gives, piece by piece. */
  copy(text: string): AsyncGenerator<Uint8Array, undefined>;
  /** Calls with what each notification says. The connection then keeps no process alive. */
  onNotice(onNotice: (text: string) => void): void;
  /** Ends the connection at once, whatever runs on it. */
  destroy(): void;
}
