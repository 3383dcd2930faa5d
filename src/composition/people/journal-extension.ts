/** What clients ask about the journal: operators read and correct, administrators forget and check. */

import { z } from 'zod';
import { identityKey } from '../../core/identity.ts';
import { isDay } from '../../core/person-validity.ts';
import { S_OK } from '../../core/result-constants.ts';
import { requireRight } from '../../service/access/access.ts';
import { accountFor } from '../../service/access/account-for.ts';
import type { Audit } from '../../service/access/audit.ts';
import { attendance, attendanceTable } from '../../service/attendance/attendance.ts';
import { correct } from '../../service/attendance/correct.ts';
import type { Service } from '../../service/service.ts';
import { KINDS as JOURNAL_KINDS } from '../../storage/records/journal/journal-format.ts';
import { checkedBy, lineOf } from '../../storage/records/people/person-schema.ts';
import type { Extension } from '../connection/extensions.ts';
import { nameText, OWNER_SCHEMA, PAGE_FIELDS } from './identity-schema.ts';
import type { Given } from './people-extension.ts';

const TIME = 'give milliseconds since 1970';
/** Latest time that a calendar has. */
const LAST_MS = 8.64e15;
const time = z.number(TIME).min(0, TIME).max(LAST_MS, TIME);
const NUMBER = 'give the number of a line';
const number = z.int(NUMBER).min(0, NUMBER);
const KINDS = `give some of ${JOURNAL_KINDS.join(', ')}`;

const FILTERS = {
  identity: OWNER_SCHEMA.optional(),
  place: nameText.optional(),
  reader: nameText.optional(),
  kinds: z.array(z.enum(JOURNAL_KINDS, KINDS), KINDS).min(1, KINDS).max(64, KINDS).optional(),
  fromMs: time.optional(),
  untilMs: time.optional(),
  ascending: z.boolean('give true or false').optional(),
};
const filters = z.strictObject(FILTERS);
const query = z.strictObject({ ...FILTERS, ...PAGE_FIELDS });

const DAY = 'give a day as YYYY-MM-DD';
const day = z.string(DAY).refine(isDay, DAY);
const SPAN = 'give a day that is not before the first one, at most 400 days later';
const days = z
  .strictObject({
    from: day,
    until: day,
    group: nameText.optional(),
    text: z.string('give a text').max(200, 'give at most 200 characters').optional(),
    uses: z.enum(['clock', 'all'], "give 'clock' or 'all'").optional(),
    ...PAGE_FIELDS,
  })
  .refine(({ from, until }) => from <= until && Date.parse(until) - Date.parse(from) <= 400 * 86_400_000, {
    path: ['until'],
    message: SPAN,
  });

const QUESTION = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('list'), query }),
  z.strictObject({ kind: z.literal('follow'), query: filters, after: number.optional() }),
  z.strictObject({
    kind: z.literal('counts'),
    query: filters,
    per: z.enum(['hour', 'day'], "give 'hour' or 'day'"),
  }),
  z.strictObject({ kind: z.literal('export'), query, format: z.enum(['csv', 'jsonl'], "give 'csv' or 'jsonl'") }),
  z.strictObject({ kind: z.literal('picture'), number }),
  z.strictObject({ kind: z.literal('forget'), identity: OWNER_SCHEMA }),
  z.strictObject({ kind: z.literal('verify'), from: number.optional() }),
  z.strictObject({ kind: z.literal('attendance'), query: days }),
  z.strictObject({ kind: z.literal('export-attendance'), query: days }),
  z.strictObject({
    kind: z.literal('correct'),
    correction: z.strictObject({
      identity: OWNER_SCHEMA,
      atMs: time,
      reason: lineOf(200),
      withdraws: number.optional(),
    }),
  }),
]);
type Question = z.infer<typeof QUESTION>;

/** Makes the extension. */
export function journalExtension(service: Service, audit: Audit): Extension {
  return async (body, principal) => {
    requireRight('people', principal);
    const question = checkedBy(QUESTION, body, 'journal') as Given<Question>;
    const { journal } = service;
    const { store } = journal;
    const done = { action: `journal-${question.kind}`, sid: principal.sid, hresult: S_OK };
    switch (question.kind) {
      case 'list':
        return journal.isThere ? await store.list(question.query) : { items: [], total: 0 };
      case 'follow':
        return await journal.follow(question.query, question.after);
      case 'counts':
        return journal.isThere ? await store.counts(question.query, question.per) : [];
      case 'export': {
        const { lines, ...part } = await store.exportPart(question.query, question.format);
        await audit({ ...done, count: lines });
        return part;
      }
      case 'picture': {
        const picture = journal.isThere ? await store.picture(question.number) : undefined;
        // A picture that cannot be accounted for is not shown.
        if (picture !== undefined) await audit({ ...done, line: question.number });
        return picture ?? null;
      }
      case 'forget': {
        requireRight('set-up', principal);
        const { identity } = question;
        return await accountFor(audit, { ...done, owner: identityKey(identity) }, () => journal.forget(identity));
      }
      case 'verify':
        requireRight('set-up', principal);
        return await store.verify(question.from ?? 1);
      case 'attendance':
        return await attendance(service, question.query);
      case 'export-attendance': {
        const { rows, ...part } = await attendanceTable(service, question.query);
        await audit({ ...done, count: rows });
        return part;
      }
      case 'correct':
        return await correct(service, audit, question.correction, principal.sid);
      default:
        return question satisfies never;
    }
  };
}
