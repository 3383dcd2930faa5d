/** How many lines hours and days have, from counts that are kept up with each line. */

import type { JournalCount, JournalKind } from '../../../core/journal-line.ts';
import type { RecordsFile } from '../records-file.ts';
import { ALL_SPOTS, KINDS, QUARTER_MS } from './journal-format.ts';
import type { LineStream } from './line-order.ts';

/** What is counted. */
export interface CountSpan {
  readonly fromMs: number;
  /** Not in it. */
  readonly untilMs: number;
  readonly per: 'hour' | 'day';
}

/** Begin of the hour or day on the clock of this machine. */
export function spanBegin(atMs: number, per: 'hour' | 'day'): number {
  const at = new Date(atMs);
  if (per === 'day') return new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
  // Minutes are taken off instead of set: of two hours with one name the second stays the second.
  return atMs - (at.getMinutes() * 60 + at.getSeconds()) * 1000 - at.getMilliseconds();
}

/** Begin of the hour or day after this one. */
export function spanEnd(beginMs: number, per: 'hour' | 'day'): number {
  const at = new Date(beginMs);
  if (per === 'day') return new Date(at.getFullYear(), at.getMonth(), at.getDate() + 1).getTime();
  return spanBegin(beginMs + 60 * 60 * 1000, per);
}

/** Counts. Lines of one person are counted one by one, those of readers and of all from the quarters of an hour. */
export function countByTime(
  file: RecordsFile,
  streams: readonly LineStream[],
  { fromMs, untilMs, per }: CountSpan,
): readonly JournalCount[] {
  const spans = new Map<number, Map<JournalKind, number>>();
  const add = (begin: number, kind: number, lines: number) => {
    const counts = spans.get(begin) ?? new Map<JournalKind, number>();
    spans.set(begin, counts);
    const name = KINDS[kind] as JournalKind;
    counts.set(name, (counts.get(name) ?? 0) + lines);
  };
  const oneByOne = (stream: LineStream, from: number, until: number) => {
    const { index, where, values } = stream;
    const sql = `SELECT at_ms, kind FROM line INDEXED BY ${index} WHERE ${where} AND at_ms >= ? AND at_ms < ?`;
    for (const { at_ms, kind } of file.sql(sql).iterate(...values, from, until)) {
      add(spanBegin(Number(at_ms), per), Number(kind), 1);
    }
  };
  const range = file.sql('SELECT min(quarter) AS first, max(quarter) AS last FROM quarter WHERE spot = ? AND kind = ?');
  const sum = file.sql(
    'SELECT sum(lines) AS lines FROM quarter WHERE spot = ? AND kind = ? AND quarter >= ? AND quarter < ?',
  );
  for (const stream of streams) {
    const [first, last] = [Math.ceil(fromMs / QUARTER_MS), Math.floor(untilMs / QUARTER_MS)];
    if (stream.index === 'line_person' || first >= last) {
      oneByOne(stream, fromMs, untilMs);
      continue;
    }
    const [spot = 0, kind = 0] = stream.index === 'line_spot' ? stream.values : [ALL_SPOTS, ...stream.values];
    const there = range.get(Number(spot), Number(kind));
    if (there === undefined || there.first === null) continue;
    const [from, until] = [Math.max(first, Number(there.first)), Math.min(last, Number(there.last) + 1)];
    if (first > Number(there.first)) oneByOne(stream, fromMs, first * QUARTER_MS);
    for (let begin = spanBegin(from * QUARTER_MS, per); begin < until * QUARTER_MS; begin = spanEnd(begin, per)) {
      const end = spanEnd(begin, per);
      const [low, high] = [Math.max(from, begin / QUARTER_MS), Math.min(until, end / QUARTER_MS)];
      const lines = Number(sum.get(Number(spot), Number(kind), low, high)?.lines ?? 0);
      if (lines > 0) add(begin, Number(kind), lines);
    }
    if (last <= Number(there.last)) oneByOne(stream, last * QUARTER_MS, untilMs);
  }
  return [...spans]
    .sort(([a], [b]) => a - b)
    .map(([begin, counts]) => ({ fromMs: begin, counts: Object.fromEntries(counts) }));
}
