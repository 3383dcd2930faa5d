/** Attendance: first in, last out and minutes by person and day, worked out of the journal. */

import type { PresentDay } from '../../adapters/journal-store.ts';
import type { AttendanceDay, AttendanceQuery } from '../../core/attendance.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { csvRow } from '../../core/csv-cells.ts';
import { identityKey } from '../../core/identity.ts';
import type { JournalKind } from '../../core/journal-line.ts';
import type { Page, PageRequest } from '../../core/page.ts';
import { dayBeginMs, localDay, localTime } from '../../core/person-validity.ts';
import type { Journal } from '../journal/journal.ts';
import type { People } from '../people/people.ts';
import type { Places } from '../places/places.ts';

/** What attendance is worked out of. */
export interface AttendanceParts {
  readonly people: People;
  readonly journal: Journal;
  readonly places: Places;
}

/** Lines that say that a person was there. */
const PRESENT: readonly JournalKind[] = ['recognised', 'verified'];
const DEFAULT_LIMIT = 50;
const MOST_COUNTED = 10_000;
const MINUTE_MS = 60_000;

const HEADER = csvRow([
  'day',
  'name',
  'identity',
  'first in',
  'last out',
  'minutes',
  'hours',
  'touches',
  'open',
  'corrections',
]);

/** Days of people, by day and first come first; `total` counts to 10,000 at most. */
export async function attendance(
  { people, journal, places }: AttendanceParts,
  query: AttendanceQuery & PageRequest,
): Promise<Page<AttendanceDay>> {
  const { from, until, limit = DEFAULT_LIMIT, cursor, group, text, uses } = query;
  if (!journal.isThere) return { items: [], total: 0 };
  const clocks = uses === 'all' ? [] : places.readersFor('clock');
  const readers = uses === 'clock' || clocks.length > 0 ? clocks : undefined;
  const identities =
    group === undefined && text === undefined
      ? undefined
      : await people.identities({ ...(group !== undefined && { group }), ...(text !== undefined && { text }) });
  const start = cursor === undefined ? { day: from, at: 0 } : readCursor(cursor, from, until);
  const page: { readonly day: string; readonly present: PresentDay }[] = [];
  let counted = 0;
  let next: string | undefined;
  for (let day = from; day <= until; day = localDay(dayBeginMs(day, 1))) {
    const first = day === start.day ? start.at : 0;
    const room = day < start.day || next !== undefined ? 0 : limit - page.length;
    const asked = { day, kinds: PRESENT, readers, identities, from: first, limit: room };
    const { present, total } = await journal.store.presentOn(asked);
    counted += total;
    page.push(...present.map((each) => ({ day, present: each })));
    if (day >= start.day && next === undefined && first + present.length < total) {
      next = writeCursor(day, first + present.length);
    }
    if (counted >= MOST_COUNTED && next !== undefined) break;
  }
  const names = await people.namesOf(page.map(({ present }) => present.identity));
  const items = page.map(({ day, present }) => dayOf(day, present, names.get(identityKey(present.identity))));
  return { items, total: Math.min(counted, MOST_COUNTED), ...(next !== undefined && { next }) };
}

/** Part of the same as a table (CSV), with the line of names first. */
export async function attendanceTable(parts: AttendanceParts, query: AttendanceQuery & PageRequest) {
  const { items, next } = await attendance(parts, { ...query, limit: query.limit ?? 1000 });
  const text = (query.cursor === undefined ? HEADER : '') + items.map(rowOf).join('');
  return { text, rows: items.length, ...(next !== undefined && { next }) };
}

function dayOf(day: string, present: PresentDay, nameNow: string | undefined): AttendanceDay {
  const { identity, name, firstMs, lastMs, touches, corrections } = present;
  const open = touches < 2;
  return {
    person: { identity, name: nameNow ?? name },
    day,
    firstInMs: firstMs,
    ...(!open && { lastOutMs: lastMs }),
    minutes: open ? 0 : Math.floor((lastMs - firstMs) / MINUTE_MS),
    touches,
    open,
    corrections,
  };
}

function rowOf({ day, person, firstInMs, lastOutMs, minutes, touches, open, corrections }: AttendanceDay): string {
  const hours = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  const out = lastOutMs === undefined ? '' : localTime(lastOutMs);
  const who = [day, person.name, identityKey(person.identity)];
  return csvRow([...who, localTime(firstInMs), out, minutes, hours, touches, open ? 'yes' : '', corrections.join(' ')]);
}

function writeCursor(day: string, at: number): string {
  return Buffer.from(JSON.stringify([day, at])).toString('base64url');
}

function readCursor(cursor: string, from: string, until: string): { readonly day: string; readonly at: number } {
  try {
    const [day, at] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (typeof day === 'string' && typeof at === 'number' && day >= from && day <= until) return { day, at };
  } catch {
    // Not one of ours.
  }
  throw new BiometricError('E_INVALIDARG', 'cursor: it belongs to another query; ask for the first page again');
}
