/** When and where a person counts, in words. */

import type { Person, PersonValidity, WeeklyHours } from '../../../src/exports/whorl/client/browser.ts';
import type { Mood } from '../parts/chip.tsx';
import { t } from '../words/catalogue.ts';
import { dateText, dayKey, dayStart, listText, weekdayText } from '../words/formats.ts';

const SOON_MS = 7 * 86_400_000;

/** "1 Mar 2026 to 31 Dec 2026", "no end". */
export function validText({ from, until }: PersonValidity = {}): string {
  const day = (key: string) => dateText(dayStart(key) ?? 0);
  if (from !== undefined && until !== undefined) return t('valid.between', { from: day(from), until: day(until) });
  if (from !== undefined) return t('valid.from', { from: day(from) });
  return until === undefined ? t('valid.always') : t('valid.until', { until: day(until) });
}

/** "Mon to Fri, 06:00–20:00" */
export function hoursText(hours: readonly WeeklyHours[] | undefined): string {
  if (hours === undefined || hours.length === 0) return t('valid.allHours');
  return hours.map(({ days, from, until }) => `${daysText(days)}, ${from}–${until}`).join('; ');
}

function daysText(days: readonly number[]): string {
  const sorted = [...days].sort((a, b) => a - b);
  const [first = 1] = sorted;
  const last = sorted.at(-1) ?? first;
  const isRun = sorted.length > 2 && last - first === sorted.length - 1;
  if (isRun) return t('valid.days', { from: weekdayText(first), until: weekdayText(last) });
  return listText(sorted.map(weekdayText));
}

export function placesText(places: readonly string[] | undefined): string {
  return places === undefined || places.length === 0 ? t('valid.everywhere') : listText(places);
}

/** The end of a validity as a word of state: ended, suspended, soon; undefined where there is nothing to note. */
export function validMark({
  validity = {},
  suspended,
}: Person): { readonly mood: Mood; readonly text: string } | undefined {
  const today = dayKey(Date.now());
  if (suspended === true) return { mood: 'bad', text: t('reason.suspended') };
  if (validity.until !== undefined && validity.until < today) {
    return { mood: 'bad', text: t('valid.ended', { day: dateText(dayStart(validity.until) ?? 0) }) };
  }
  if (validity.from !== undefined && validity.from > today) {
    return { mood: 'warn', text: t('valid.from', { from: dateText(dayStart(validity.from) ?? 0) }) };
  }
  if (validity.until !== undefined && (dayStart(validity.until) ?? 0) - Date.now() < SOON_MS) {
    return { mood: 'warn', text: t('valid.until', { until: dateText(dayStart(validity.until) ?? 0) }) };
  }
  return undefined;
}
