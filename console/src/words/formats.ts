/** Numbers, dates and lists as the spoken language writes them. */

import { spoken } from './catalogue.ts';

/** The spoken language as the user writes it: with the region that the browser names, such as `en-GB`. */
function locale(): string {
  const language = spoken();
  return navigator.languages.find((tag) => tag === language || tag.startsWith(`${language}-`)) ?? language;
}

const made = new Map<string, unknown>();

/** Making a format takes a hundred times as long as using it. */
function format<T>(make: (language: string) => T, name: string): T {
  const key = `${locale()} ${name}`;
  if (!made.has(key)) made.set(key, make(locale()));
  return made.get(key) as T;
}

function date(atMs: number, options: Intl.DateTimeFormatOptions): string {
  return format((language) => new Intl.DateTimeFormat(language, options), JSON.stringify(options)).format(atMs);
}

function number(value: number, options: Intl.NumberFormatOptions): string {
  return format((language) => new Intl.NumberFormat(language, options), JSON.stringify(options)).format(value);
}

const CLOCK = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** "1,234.5" */
export const numberText = (value: number, digits = 1): string => number(value, { maximumFractionDigits: digits });
/** "5.00" */
export const fixedText = (value: number, digits: number): string =>
  number(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
/** "68 %", of a share from 0 to 1 */
export const shareText = (share: number): string => number(share, { style: 'percent' });
/** "09:14" */
export const timeText = (atMs: number): string => date(atMs, CLOCK);
/** "09:14:03" */
export const secondsText = (atMs: number): string => date(atMs, { ...CLOCK, second: '2-digit' });
/** "27 Nov 2026" */
export const dateText = (atMs: number): string => date(atMs, { day: 'numeric', month: 'short', year: 'numeric' });
/** "Friday, 27 November" */
export const dayText = (atMs: number): string => date(atMs, { weekday: 'long', day: 'numeric', month: 'long' });
/** "November 2026" */
export const monthText = (atMs: number): string => date(atMs, { month: 'long', year: 'numeric' });
/** "Fri 27" */
export const weekdayDateText = (atMs: number): string => date(atMs, { weekday: 'short', day: 'numeric' });
/** "27 Nov 2026, 09:14" */
export const dateTimeText = (atMs: number): string =>
  date(atMs, { day: 'numeric', month: 'short', year: 'numeric', ...CLOCK });
/** "Friday, 27 November, 09:14" */
export const longText = (atMs: number): string =>
  date(atMs, { weekday: 'long', day: 'numeric', month: 'long', ...CLOCK });
/** "Mon"; 1 is Monday, as in ISO 8601 */
export const weekdayText = (day: number): string => date(Date.UTC(2024, 0, day), { weekday: 'short', timeZone: 'UTC' });

/** "Ada, Grace and Joan" */
export function listText(items: readonly string[]): string {
  return format((language) => new Intl.ListFormat(language, { type: 'conjunction' }), 'list').format(items);
}

/** "12 s", "5 min", "2 hr": the largest unit that fits. */
export function spanText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const unit = (value: number, name: string) => number(value, { style: 'unit', unit: name, unitDisplay: 'short' });
  if (seconds < 60) return unit(seconds, 'second');
  if (seconds < 3600) return unit(Math.round(seconds / 60), 'minute');
  if (seconds < 86_400) return unit(Math.round(seconds / 3600), 'hour');
  return unit(Math.round(seconds / 86_400), 'day');
}

/** "8:05", hours and minutes of work. */
export function hoursText(minutes: number): string {
  const whole = Math.round(minutes);
  return `${numberText(Math.floor(whole / 60))}:${number(whole % 60, { minimumIntegerDigits: 2 })}`;
}

/** "107.2 MB" */
export function bytesText(bytes: number): string {
  const [value, unit] =
    bytes >= 1e9 ? [bytes / 1e9, 'gigabyte'] : bytes >= 1e6 ? [bytes / 1e6, 'megabyte'] : [bytes / 1e3, 'kilobyte'];
  return number(Number(value), { style: 'unit', unit: String(unit), maximumFractionDigits: 1 });
}

/** Today: the time; before: the day, with its year if it is not this one. */
export function momentText(atMs: number, nowMs = Date.now()): string {
  const [at, now] = [new Date(atMs), new Date(nowMs)];
  if (at.toDateString() === now.toDateString()) return timeText(atMs);
  const isThisYear = at.getFullYear() === now.getFullYear();
  return date(atMs, { day: 'numeric', month: 'short', ...(isThisYear ? CLOCK : { year: 'numeric' }) });
}

/** "2026-11-27" in local time, as date fields hold it. */
export function dayKey(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The first moment of a day key, local time; undefined for anything else. */
export function dayStart(key: string): number | undefined {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(key) ?? [];
  if (year === undefined) return undefined;
  return new Date(Number(year), Number(month) - 1, Number(day)).getTime();
}
