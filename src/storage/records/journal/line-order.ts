/**
 * Lines that fit a query in the order of time, from sorted streams of the indexes: one for each kind, of a person, of a
 * reader as it was named then, or of all. Whatever the filters, a page reads little more than its own lines.
 */

import type { RecordsFile } from '../records-file.ts';

/** Where a line stands. */
export interface LineKey {
  readonly atMs: number;
  readonly number: number;
}

/** Part of an index: a condition that leaves rows in the order of time. */
export interface LineStream {
  readonly index: 'line_kind' | 'line_spot' | 'line_person';
  readonly where: string;
  readonly values: readonly (number | string | Uint8Array)[];
}

/** A span of time and a direction. */
export interface LineSpan {
  readonly fromMs: number;
  /** Not in it. */
  readonly untilMs: number;
  readonly ascending: boolean;
  /** Line that those wanted come after. */
  readonly after?: LineKey | undefined;
}

const FEW_STREAMS = 64;
const BATCH = 64;

/** Keys of the lines of all streams, merged. */
export function* lineOrder(file: RecordsFile, streams: readonly LineStream[], span: LineSpan): Generator<LineKey> {
  // Of many streams most have nothing on the page: one line of each decides.
  const first = streams.length > FEW_STREAMS ? 1 : BATCH;
  const heads = streams.map((stream) => new Head(file, stream, span, first)).filter((head) => head.key !== undefined);
  const sooner = (a: LineKey, b: LineKey) => {
    const order = a.atMs - b.atMs || a.number - b.number;
    return span.ascending ? order < 0 : order > 0;
  };
  // Last in the array is next: few lines are taken of a page, and each moves one head.
  heads.sort((a, b) => (sooner(a.key as LineKey, b.key as LineKey) ? 1 : -1));
  for (let head = heads.pop(); head?.key !== undefined; head = heads.pop()) {
    yield head.key;
    head.advance();
    const { key } = head;
    if (key === undefined) continue;
    let [low, high] = [0, heads.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (sooner(key, heads[middle]?.key as LineKey)) low = middle + 1;
      else high = middle;
    }
    heads.splice(low, 0, head);
  }
}

/** How many lines the streams have in the span, at most so many. */
export function countLines(
  file: RecordsFile,
  streams: readonly LineStream[],
  { fromMs, untilMs }: Pick<LineSpan, 'fromMs' | 'untilMs'>,
  most: number,
): number {
  let count = 0;
  for (const { index, where, values } of streams) {
    if (count >= most) break;
    const part = `SELECT 1 FROM line INDEXED BY ${index} WHERE ${where} AND at_ms >= ? AND at_ms < ? LIMIT ?`;
    const row = file.sql(`SELECT count(*) AS n FROM (${part})`).get(...values, fromMs, untilMs, most - count);
    count += Number(row?.n);
  }
  return count;
}

/** The lines of a stream that were read ahead. */
class Head {
  readonly #file: RecordsFile;
  readonly #stream: LineStream;
  readonly #span: LineSpan;
  #batch: number;
  #keys: LineKey[] = [];
  #at = 0;
  #ended = false;

  constructor(file: RecordsFile, stream: LineStream, span: LineSpan, batch: number) {
    this.#file = file;
    this.#stream = stream;
    this.#span = span;
    this.#batch = batch;
    const { ascending, fromMs, untilMs, after } = span;
    this.#read(after ?? { atMs: ascending ? fromMs : untilMs, number: 0 });
  }

  get key(): LineKey | undefined {
    return this.#keys[this.#at];
  }

  advance(): void {
    const last = this.key;
    this.#at += 1;
    if (this.key === undefined && last !== undefined && !this.#ended) {
      this.#batch = BATCH;
      this.#read(last);
    }
  }

  #read(after: LineKey): void {
    const { index, where, values } = this.#stream;
    const { ascending, fromMs, untilMs } = this.#span;
    // The place of the last line takes the place of one bound, so that the index begins there.
    const sql = ascending
      ? `SELECT at_ms, number FROM line INDEXED BY ${index} WHERE ${where} AND (at_ms, number) > (?, ?) AND at_ms < ? ORDER BY at_ms, number LIMIT ?`
      : `SELECT at_ms, number FROM line INDEXED BY ${index} WHERE ${where} AND (at_ms, number) < (?, ?) AND at_ms >= ? ORDER BY at_ms DESC, number DESC LIMIT ?`;
    const bounds = [after.atMs, after.number, ascending ? untilMs : fromMs, this.#batch];
    const rows = this.#file.sql(sql).all(...values, ...bounds);
    this.#keys = rows.map(({ at_ms, number }) => ({ atMs: Number(at_ms), number: Number(number) }));
    this.#ended = rows.length < this.#batch;
    this.#at = 0;
  }
}
