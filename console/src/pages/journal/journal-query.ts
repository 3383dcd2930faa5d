/** The filters of the journal, as they stand in the address. */

import type { JournalKind, JournalQuery } from '../../../../src/exports/whorl/client/browser.ts';
import { TOUCH_KINDS } from '../../journal/line-words.ts';
import { identityOf } from '../../people/identity-key.ts';
import { dayStart } from '../../words/formats.ts';

const DAY_MS = 86_400_000;

/** Results that people ask for, and the kinds of lines that they are. */
export const RESULTS = {
  touches: TOUCH_KINDS,
  yes: ['recognised', 'verified'],
  no: ['unknown', 'not-verified'],
  refused: ['not-valid', 'locked'],
  poor: ['rejected'],
  doors: ['acted', 'failed'],
  changes: ['enrolled', 'deleted', 'created', 'changed', 'removed', 'corrected'],
} as const satisfies Record<string, readonly JournalKind[]>;

export type ResultName = keyof typeof RESULTS;

export function journalQuery(query: Readonly<Record<string, string>>): JournalQuery {
  const { person, place, reader, result, day, until = day } = query;
  const fromMs = day === undefined ? undefined : dayStart(day);
  const lastMs = until === undefined ? undefined : dayStart(until);
  const kinds = result !== undefined && result in RESULTS ? RESULTS[result as ResultName] : undefined;
  return {
    ...(person !== undefined && { identity: identityOf(person) }),
    ...(place !== undefined && { place }),
    ...(reader !== undefined && { reader }),
    ...(kinds !== undefined && { kinds }),
    ...(fromMs !== undefined && { fromMs }),
    // A day may have 23 or 25 hours: its end is the begin of the next one.
    ...(lastMs !== undefined && { untilMs: new Date(lastMs + 1.5 * DAY_MS).setHours(0, 0, 0, 0) }),
  };
}
