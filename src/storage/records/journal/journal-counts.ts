/** How many lines hours and days have, from counts that are kept up with each line. */

import type { JournalCount, JournalKind } from '../../../core/journal-line.ts';
import type { RecordsFile } from '../records-file.ts';
import { KINDS, QUARTER_MS } from './journal-format.ts';
import type { LineStream } from './line-order.ts';

/** What is counted. */
export interface CountSpan {
  readonly fromMs: number;
  /** Not in it. */
  readonly untilMs: number;
  readonly kinds: readonly number[];
  /** Readers as they were named; undefined for all. */
  readonly spots: ReadonlySet<number> | undefined;
  readonly per: 'hour' | 'day';
}

/** Begin of the hour or day on the clock of this machine. */
export function spanBegin(atMs: number, per: 'hour' | 'day'): number {
  const at = new Date(atMs);
  if (per === 'day') return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
  // Minutes are taken off instead of set: of two hours with one name the second stays the second.
  return atMs - (at.getMinutes() * 60 + at.getSeconds()) * 1000 - at.getMilliseconds();
}

/** Counts. Lines of one person are counted one by one, those of all from the quarters of an hour. */
export function countByTime(
  file: RecordsFile,
  streams: readonly LineStream[],
  { fromMs, untilMs, kinds, spots, per }: CountSpan,
): readonly JournalCount[] {
  const spans = new Map<number, Map<JournalKind, number>>();
  const add = (atMs: number, kind: number, lines: number) => {
    const begin = spanBegin(atMs, per);
    const counts = spans.get(begin) ?? new Map<JournalKind, number>();
    spans.set(begin, counts);
    const name = KINDS[kind] as JournalKind;
    counts.set(name, (counts.get(name) ?? 0) + lines);
  };
  const oneByOne = (from: number, until: number) => {
    for (const { index, where, values } of streams) {
      const sql = `SELECT at_ms, kind FROM line INDEXED BY ${index} WHERE ${where} AND at_ms >= ? AND at_ms < ?`;
      for (const { at_ms, kind } of file.sql(sql).iterate(...values, from, until)) add(Number(at_ms), Number(kind), 1);
    }
  };
  if (streams[0]?.index === 'line_person') oneByOne(fromMs, untilMs);
  else if (streams.length > 0) {
    const [first, last] = [Math.ceil(fromMs / QUARTER_MS), Math.floor(untilMs / QUARTER_MS)];
    if (first >= last) oneByOne(fromMs, untilMs);
    else {
      oneByOne(fromMs, first * QUARTER_MS);
      const wanted = new Set(kinds);
      const sql = 'SELECT * FROM quarter WHERE quarter >= ? AND quarter < ?';
      for (const { quarter, spot, kind, lines } of file.sql(sql).iterate(first, last)) {
        const fits = wanted.has(Number(kind)) && (spots === undefined || spots.has(Number(spot)));
        if (fits) add(Number(quarter) * QUARTER_MS, Number(kind), Number(lines));
      }
      oneByOne(last * QUARTER_MS, untilMs);
    }
  }
  return [...spans]
    .sort(([a], [b]) => a - b)
    .map(([begin, counts]) => ({ fromMs: begin, counts: Object.fromEntries(counts) }));
}
