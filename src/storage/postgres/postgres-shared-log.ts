/** A log in PostgreSQL that several services write and follow. */

import type { Position } from '../../adapters/shared-history.ts';
import type { LogEntry, NewLogEntry, PushOptions, SharedLog } from '../../adapters/shared-log.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { checkOptions, type OptionRule, record } from '../../core/option-rules.ts';
import type { PostgresConnection } from './postgres-connection.ts';
import { isSamePosition, POSITION_COLUMNS, positionOf, rowsAfter } from './postgres-history.ts';
import type { PostgresWork, Row } from './postgres-session.ts';

/** What a {@link PostgresSharedLog} is made with. */
export interface PostgresLogOptions {
  /** Connections to the server; whoever made them closes them. */
  readonly connection: PostgresConnection;
  /** Names the log: 1 to 32 small letters. */
  readonly stream: string;
}

const BATCH_ENTRIES = 500;
/** Entries of one statement. */
const STATEMENT_ENTRIES = 1000;
const TRIMMED_AT_ONCE = 5000;
const LONGEST_KEY = 200;
const LONGEST_SUBJECT = 64;
/** An entry as it is kept. */
type KeptEntry = NewLogEntry & Pick<LogEntry, 'isGone'>;

const NEW_TOKEN = 'uuid_send(gen_random_uuid())';

const streamName: OptionRule = (value) =>
  typeof value === 'string' && /^[a-z]{1,32}$/.test(value) ? undefined : '1 to 32 small letters';

/**
 * A log on the connections of a service. Beside the codes of every log, calls reject with WHORL_E_CONFIGURATION, and with
 * WINBIO_E_INVALID_DEVICE_STATE once it is disposed of.
 *
 * @example
 * await using log = new PostgresSharedLog({ connection, stream: 'people' });
 */
export class PostgresSharedLog implements SharedLog {
  readonly #connection: PostgresConnection;
  readonly #stream: string;
  readonly #watching = new Set<Disposable>();
  #isClosed = false;

  constructor(options: PostgresLogOptions) {
    checkOptions<PostgresLogOptions>('new PostgresSharedLog', options, { connection: record, stream: streamName });
    const { connection, stream } = options;
    if (connection === undefined || stream === undefined) {
      throw new BiometricError('E_INVALIDARG', 'new PostgresSharedLog: give connection and stream');
    }
    this.#connection = connection;
    this.#stream = stream;
  }

  /**
   * The last entry. Rejects with WHORL_E_OFFLINE.
   *
   * @example
   * const before = await log.position();
   */
  async position(): Promise<Position> {
    this.#requireOpen();
    return positionOf(await this.#head());
  }

  /**
   * Entries after a position, in order, in batches. Rejects with WHORL_E_RESYNC, WHORL_E_OFFLINE.
   *
   * @example
   * for await (const entries of log.since(before)) console.log(entries.length);
   */
  async *since(after: Position): AsyncGenerator<readonly LogEntry[]> {
    const { schema } = this.#connection;
    for (let last = after; ; ) {
      this.#requireOpen();
      const [start, isFirst] = await this.#startAfter(last);
      const rows = await this.#connection.run('read', {
        name: 'whorl log since',
        text: `select h.incarnation, l.change, encode(l.token, 'hex') as token, l.key, l.body, l.is_gone, l.subject, l.forgets,
            l.site, floor(extract(epoch from l.at) * 1000)::bigint as at_ms
          from ${schema}.whorl_log l cross join ${schema}.whorl_installation h
          where l.stream = $1 and l.change >= $2 order by l.change limit $3`,
        values: [this.#stream, isFirst ? start.change + 1 : start.change, BATCH_ENTRIES + 1],
      });
      const entries = rowsAfter(rows, start, isFirst).map(entryOf);
      if (entries.length > 0) yield entries;
      if (rows.length <= BATCH_ENTRIES) return;
      last = (entries.at(-1) as LogEntry).position;
    }
  }

  /**
   * Writes entries, all or none. Rejects with E_INVALIDARG, WHORL_E_STALE, WHORL_E_READ_ONLY, WHORL_E_OFFLINE.
   *
   * @example
   * const after = await log.push([{ key: 'person 1', body }]);
   */
  async push(entries: readonly NewLogEntry[], { checked, once = false }: PushOptions = {}): Promise<Position> {
    this.#requireOpen();
    for (const entry of entries) checkEntry(entry);
    return await this.#connection.transaction('write', async (session) => {
      const head = positionOf(await this.#lock(session));
      if (checked !== undefined && !isSamePosition(head, checked)) {
        throw new BiometricError('WHORL_E_STALE', `change ${head.change} was made since change ${checked.change}`);
      }
      const wanted = once ? await this.#notThere(session, entries) : entries;
      if (wanted.length === 0) return head;
      await this.#takeBodies(session, wanted);
      const kept = bodiesThatStay(wanted);
      for (let start = 0; start < kept.length; start += STATEMENT_ENTRIES) {
        await this.#insert(session, kept.slice(start, start + STATEMENT_ENTRIES));
      }
      return positionOf(await this.#lock(session));
    });
  }

  /**
   * Takes away the oldest entries. Rejects with WHORL_E_READ_ONLY, WHORL_E_OFFLINE.
   *
   * @example
   * const gone = await log.trim(Date.now() - 365 * 86_400_000);
   */
  async trim(beforeMs: number): Promise<number> {
    this.#requireOpen();
    const { schema } = this.#connection;
    return await this.#connection.transaction('write', async (session) => {
      const head = await this.#lock(session);
      // Without a gap in what stays, whatever the clock of the server did.
      const [last] = await session.query({
        text: `select change, token from (
            select change, token, at, bool_and(at < to_timestamp($3::float8 / 1000)) over (order by change) as is_old
            from (select change, token, at from ${schema}.whorl_log where stream = $1 and change > $2
              order by change limit $4) oldest
          ) l where is_old order by change desc limit 1`,
        values: [this.#stream, Number(head.trimmed), beforeMs, TRIMMED_AT_ONCE],
      });
      if (last === undefined) return 0;
      await session.query({
        text: `delete from ${schema}.whorl_log where stream = $1 and change <= $2`,
        values: [this.#stream, last.change],
      });
      await session.query({
        text: `update ${schema}.whorl_log_head set trimmed = $2, trimmed_token = $3 where stream = $1`,
        values: [this.#stream, last.change, last.token],
      });
      return Number(last.change) - Number(head.trimmed);
    });
  }

  /**
   * Calls when there may be something new, at least each poll.
   *
   * @example
   * using watching = log.watch(() => console.log('something may be new'));
   */
  watch(onHint: () => void): Disposable {
    this.#requireOpen();
    const watching = this.#connection.watch(this.#topic, onHint);
    this.#watching.add(watching);
    return {
      [Symbol.dispose]: () => {
        this.#watching.delete(watching);
        watching[Symbol.dispose]();
      },
    };
  }

  /**
   * Ends watching; the connections stay as they are.
   *
   * @example
   * await using log = new PostgresSharedLog({ connection, stream: 'people' });
   */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    for (const watching of this.#watching) watching[Symbol.dispose]();
  }

  get #topic(): string {
    return `log ${this.#stream}`;
  }

  /** The row of the log; made when it is asked for first. */
  async #head(): Promise<Row> {
    const { schema } = this.#connection;
    const statement = {
      text: `select ${POSITION_COLUMNS}, d.trimmed, encode(d.trimmed_token, 'hex') as trimmed_token
        from ${schema}.whorl_installation h left join ${schema}.whorl_log_head d on d.stream = $1`,
      values: [this.#stream],
    };
    const [row] = await this.#connection.run('read', statement);
    // Nothing was ever written.
    if (row?.change === null) return { ...row, change: 0, token: '', trimmed: 0, trimmed_token: '' };
    return row as Row;
  }

  async #lock(session: PostgresWork): Promise<Row> {
    const { schema } = this.#connection;
    const select = {
      text: `select ${POSITION_COLUMNS}, d.trimmed from ${schema}.whorl_log_head d
        cross join ${schema}.whorl_installation h where d.stream = $1 for no key update of d`,
      values: [this.#stream],
    };
    const [row] = await session.query(select);
    if (row !== undefined) return row;
    const text = `insert into ${schema}.whorl_log_head (stream) values ($1) on conflict do nothing`;
    await session.query({ text, values: [this.#stream] });
    return (await session.query(select))[0] as Row;
  }

  /** Where reading begins: the position, or the first entry that is kept, and whether no row stands for it. */
  async #startAfter(after: Position): Promise<readonly [Position, boolean]> {
    const head = await this.#head();
    const trimmed = { ...positionOf(head), change: Number(head.trimmed), token: String(head.trimmed_token) };
    if (after.change === 0) return [trimmed, true];
    if (after.change > trimmed.change) return [after, false];
    if (isSamePosition(after, trimmed)) return [trimmed, true];
    throw new BiometricError('WHORL_E_RESYNC', `what came after change ${after.change} is kept no more`);
  }

  async #notThere(session: PostgresWork, entries: readonly NewLogEntry[]): Promise<readonly NewLogEntry[]> {
    const rows = await session.query({
      text: `select distinct key from ${this.#connection.schema}.whorl_log where stream = $1 and key = any($2::text[])`,
      values: [this.#stream, entries.map(({ key }) => key)],
    });
    const known = new Set(rows.map(({ key }) => String(key)));
    return entries.filter(({ key }) => !known.has(key) && known.add(key));
  }

  /** What the entries take the place of, and what they forget. */
  async #takeBodies(session: PostgresWork, entries: readonly NewLogEntry[]): Promise<void> {
    const forgotten = entries.flatMap(({ forgets }) => (forgets === undefined ? [] : [forgets]));
    const table = `${this.#connection.schema}.whorl_log`;
    const text = (column: string) =>
      `update ${table} set body = null, is_gone = true
      where stream = $1 and ${column} = any($2::text[]) and not is_gone`;
    await session.query({ text: text('key'), values: [this.#stream, entries.map(({ key }) => key)] });
    if (forgotten.length > 0) await session.query({ text: text('subject'), values: [this.#stream, forgotten] });
  }

  async #insert(session: PostgresWork, entries: readonly KeptEntry[]): Promise<void> {
    const { schema, site, channel } = this.#connection;
    await session.query({
      text: `
        with given as (
          select g.*, ${NEW_TOKEN} as token from unnest($2::text[], $3::bytea[], $4::bool[], $5::text[], $6::text[])
            with ordinality as g(key, body, is_gone, subject, forgets, i)
        ), head as (
          update ${schema}.whorl_log_head d set change_seq = d.change_seq + n.n, token = n.token
          from (select count(*) as n, (array_agg(token order by i desc))[1] as token from given) n
          where d.stream = $1 returning d.change_seq - n.n as last_change
        ), noted as (
          insert into ${schema}.whorl_log (stream, change, token, key, body, is_gone, subject, forgets, site, at)
          select $1, head.last_change + g.i, g.token, g.key, g.body, g.is_gone, g.subject, g.forgets, $7,
            clock_timestamp()
          from given g, head
        )
        select pg_notify($8, $9)::text from head`,
      values: [
        this.#stream,
        entries.map(({ key }) => key),
        entries.map(({ body }) => (body === undefined ? null : Buffer.from(body))),
        entries.map(({ isGone }) => isGone),
        entries.map(({ subject }) => subject ?? null),
        entries.map(({ forgets }) => forgets ?? null),
        site,
        channel,
        this.#topic,
      ],
    });
  }

  #requireOpen(): void {
    if (this.#isClosed) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'the log is closed');
  }
}

/** Entries of one call also take the place of each other. */
function bodiesThatStay(entries: readonly NewLogEntry[]): readonly KeptEntry[] {
  const keys = new Set<string>();
  const forgotten = new Set<string>();
  return entries
    .toReversed()
    .map((entry) => {
      const { key, subject, forgets } = entry;
      const isGone = keys.has(key) || (subject !== undefined && forgotten.has(subject));
      keys.add(key);
      if (forgets !== undefined) forgotten.add(forgets);
      return { ...entry, isGone, ...(isGone && { body: undefined }) };
    })
    .reverse();
}

function checkEntry({ key, body, subject, forgets }: NewLogEntry): void {
  requireShort('key', key, LONGEST_KEY);
  if (subject !== undefined) requireShort('subject', subject, LONGEST_SUBJECT);
  if (forgets !== undefined) requireShort('forgets', forgets, LONGEST_SUBJECT);
  if (body === undefined || body instanceof Uint8Array) return;
  throw new BiometricError('E_INVALIDARG', 'body: give bytes, or nothing');
}

function requireShort(name: string, value: unknown, longest: number): void {
  if (typeof value === 'string' && value !== '' && value.length <= longest && !value.includes('\0')) return;
  throw new BiometricError('E_INVALIDARG', `${name}: give 1 to ${longest} characters`);
}

function entryOf(row: Row): LogEntry {
  return {
    position: positionOf(row),
    key: String(row.key),
    body: row.body === null ? undefined : new Uint8Array(row.body as Buffer),
    ...(row.subject !== null && { subject: String(row.subject) }),
    ...(row.forgets !== null && { forgets: String(row.forgets) }),
    site: String(row.site),
    isGone: row.is_gone === true,
    atMs: Number(row.at_ms),
  };
}
