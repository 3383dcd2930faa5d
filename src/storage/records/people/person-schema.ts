/** What the details of a person may be; each fault says what may be instead. */

import { z } from 'zod';
import { BiometricError } from '../../../core/biometric-error.ts';
import type { PersonDetails, PersonValidity } from '../../../core/person.ts';
import { isDay } from '../../../core/person-validity.ts';

/** Characters that a line of text does not hold: controls, and those that turn the direction of what follows. */
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/u;
const NOTE_CONTROLS = /(?![\t\n\r])[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;

/** A line of text with at least one visible character. */
export function lineOf(most: number) {
  const remedy = `give 1 to ${most} characters on one line`;
  return z
    .string(remedy)
    .max(most, remedy)
    .transform((text) => text.trim().normalize('NFC'))
    .refine((text) => text !== '' && !CONTROLS.test(text), remedy);
}

const DAY = 'give a day as YYYY-MM-DD';
const day = z.string(DAY).refine(isDay, DAY);
const BEGIN = 'give a time from 00:00 to 23:59';
const END = 'give a time from 00:00 to 24:00';
const WEEKDAYS = 'give days from 1 (Monday) to 7 (Sunday)';

const hours = z
  .strictObject({
    days: z.array(z.int(WEEKDAYS).min(1, WEEKDAYS).max(7, WEEKDAYS), WEEKDAYS).min(1, WEEKDAYS).max(7, WEEKDAYS),
    from: z.string(BEGIN).regex(/^([01]\d|2[0-3]):[0-5]\d$/, BEGIN),
    until: z.string(END).regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, END),
  })
  .readonly();

const PLACES = 'give at most 64 names of places';
export const WEEKLY_HOURS_SCHEMA = z
  .array(hours, 'give a list')
  .min(1, 'give at least one span')
  .max(32, 'give at most 32');

export const VALIDITY_SCHEMA: z.ZodType<PersonValidity> = z
  .strictObject({
    from: day.optional(),
    until: day.optional(),
    hours: WEEKLY_HOURS_SCHEMA.optional(),
    places: z.array(lineOf(64), PLACES).min(1, PLACES).max(64, PLACES).optional(),
  })
  .refine(({ from, until }) => from === undefined || until === undefined || from <= until, {
    path: ['until'],
    message: 'give a day that is not before the first one',
  }) as z.ZodType<PersonValidity>;

const GROUPS = 'give at most 32 names of groups';
const NOTE = 'give at most 4000 characters';

/** The fields of {@link PersonDetails}. */
export const PERSON_FIELDS = {
  name: lineOf(200),
  number: lineOf(64).optional(),
  groups: z
    .array(
      lineOf(64).refine((name) => !name.includes(';'), 'give names without ;'),
      GROUPS,
    )
    .max(32, GROUPS)
    .optional(),
  note: z
    .string(NOTE)
    .max(4000, NOTE)
    .refine((text) => !NOTE_CONTROLS.test(text), 'give text without control characters')
    .optional(),
  validity: VALIDITY_SCHEMA.optional(),
  suspended: z.boolean('give true or false').optional(),
};

export const PERSON_SCHEMA = z.strictObject(PERSON_FIELDS) as unknown as z.ZodType<PersonDetails>;

/** The first thing that is wrong: which field, and what may be. */
export function firstFault(error: z.ZodError): { readonly field: string; readonly remedy: string } {
  let [issue] = error.issues;
  let path = issue?.path ?? [];
  while (issue?.code === 'invalid_union' && issue.errors[0]?.[0] !== undefined) {
    [issue] = [issue.errors[0][0]];
    path = [...path, ...issue.path];
  }
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const field = [...path, ...keys].map(String).join('.');
  return { field, remedy: keys.length > 0 ? 'there is no such field; leave it out' : (issue?.message ?? 'is wrong') };
}

/** The value, as the schema says. Throws E_INVALIDARG, which names the field and the remedy. */
export function checkedBy<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const { field, remedy } = firstFault(checked.error);
  throw new BiometricError('E_INVALIDARG', `${what}: ${field === '' ? '' : `${field}: `}${remedy}`);
}
