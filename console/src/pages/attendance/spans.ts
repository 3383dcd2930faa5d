/** Spans of days that attendance is shown for. */

import { t } from '../../words/catalogue.ts';
import { dateText, dayKey, dayStart, dayText, monthText } from '../../words/formats.ts';

interface Span {
  /** First and last day of the span around a day. */
  readonly around: (day: Date) => readonly [first: Date, last: Date];
  readonly step: (day: Date, by: 1 | -1) => Date;
}

const shifted = (day: Date, by: number) => new Date(day.getFullYear(), day.getMonth(), day.getDate() + by);
/** Days since Monday (ISO 8601). */
const sinceMonday = (day: Date) => (day.getDay() + 6) % 7;

export const SPANS = {
  day: { around: (day) => [day, day], step: (day, by) => shifted(day, by) },
  week: {
    around: (day) => [shifted(day, -sinceMonday(day)), shifted(day, 6 - sinceMonday(day))],
    step: (day, by) => shifted(day, 7 * by),
  },
  month: {
    around: (day) => [
      new Date(day.getFullYear(), day.getMonth(), 1),
      new Date(day.getFullYear(), day.getMonth() + 1, 0),
    ],
    step: (day, by) => new Date(day.getFullYear(), day.getMonth() + by, 1),
  },
} as const satisfies Record<string, Span>;

export type SpanName = keyof typeof SPANS;

export function spanOf(span: SpanName, day: string): { readonly from: string; readonly until: string } {
  const [first, last] = SPANS[span].around(dateOf(day));
  return { from: dayKey(first.getTime()), until: dayKey(last.getTime()) };
}

export function stepped(span: SpanName, day: string, by: 1 | -1): string {
  return dayKey(SPANS[span].step(dateOf(day), by).getTime());
}

export function spanWords(span: SpanName, day: string): string {
  const [first, last] = SPANS[span].around(dateOf(day));
  if (span === 'day') return dayText(first.getTime());
  if (span === 'month') return monthText(first.getTime());
  return t('valid.between', { from: dateText(first.getTime()), until: dateText(last.getTime()) });
}

function dateOf(day: string): Date {
  return new Date(dayStart(day) ?? Date.now());
}
