/** Whether a person counts at a moment and a place: rules in the order in which the first that fails is told. */

import type { InvalidReason, PersonDetails, WeeklyHours } from './person.ts';

/** A moment on the calendar and the clock of the machine. */
export interface LocalMoment {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
  /** Minutes of the clock on the wall, 0 to 1439: on a day that is an hour longer some come twice. */
  readonly minute: number;
}

/** What decides whether a person counts. */
export interface Validated {
  /** Default: always and everywhere. */
  readonly validity?: PersonDetails['validity'] | undefined;
  /** Default: false. */
  readonly suspended?: boolean | undefined;
}

interface Asked extends LocalMoment {
  /** Absent: at any place. */
  readonly place: string | undefined;
}

const RULES: readonly (readonly [InvalidReason, (person: Validated, asked: Asked) => boolean])[] = [
  ['suspended', ({ suspended }) => suspended === true],
  ['not-yet', ({ validity }, { day }) => validity?.from !== undefined && day < validity.from],
  ['expired', ({ validity }, { day }) => validity?.until !== undefined && day > validity.until],
  ['other-place', ({ validity }, { place }) => isElsewhere(validity?.places, place)],
  ['out-of-hours', ({ validity }, asked) => validity?.hours !== undefined && !isWithin(validity.hours, asked)],
];

/** Why the person does not count; undefined when the person does. Without a place, whether it does anywhere. */
export function invalidReason(person: Validated, moment: LocalMoment, place?: string): InvalidReason | undefined {
  return RULES.find(([, applies]) => applies(person, { ...moment, place }))?.[0];
}

/** True within any of the hours; those that end before they begin end on the next day. */
export function isWithin(hours: readonly WeeklyHours[], { weekday, minute }: Omit<LocalMoment, 'day'>): boolean {
  const before = weekday === 1 ? 7 : weekday - 1;
  return hours.some(({ days, from, until }) => {
    const [begin, end] = [minutesOf(from), minutesOf(until)];
    if (begin < end) return days.includes(weekday) && minute >= begin && minute < end;
    return (days.includes(weekday) && minute >= begin) || (days.includes(before) && minute < end);
  });
}

/** The moment on the clock of this machine. */
export function localMoment(atMs: number): LocalMoment {
  const at = new Date(atMs);
  return { day: localDay(atMs), weekday: at.getDay() || 7, minute: 60 * at.getHours() + at.getMinutes() };
}

/** The day, `YYYY-MM-DD`, on the calendar of this machine. */
export function localDay(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(at.getFullYear()).padStart(4, '0')}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** `HH:MM:SS` on the clock of this machine. */
export function localTime(atMs: number): string {
  const at = new Date(atMs);
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Begin of a day on the calendar of this machine, milliseconds since 1970; `later` days after it. */
export function dayBeginMs(day: string, later = 0): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).getTime();
}

/** True for a day that the calendar has, as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && localDay(dayBeginMs(text)) === text;
}

function isElsewhere(places: readonly string[] | undefined, place: string | undefined): boolean {
  return places !== undefined && place !== undefined && !places.includes(place);
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return 60 * hours + minutes;
}
