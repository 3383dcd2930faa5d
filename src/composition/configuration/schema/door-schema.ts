/** Checks the doors and the webhooks of a configuration. */

import { z } from 'zod';
import { JOURNAL_KINDS } from '../../../core/journal-line.ts';
import type { DoorConfiguration, WebhookConfiguration } from '../service-configuration.ts';
import { flag, list } from './fields.ts';

const NAME = 'give 1 to 64 characters';
const name = z.string(NAME).min(1, NAME).max(64, NAME);
const TIME = 'give a time such as 08:00';
const from = z.string(TIME).regex(/^([01]\d|2[0-3]):[0-5]\d$/, TIME);
const until = z.string(TIME).regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, TIME);
const DAYS = 'give days from 1 (Monday) to 7 (Sunday)';
const URL_REMEDY = 'give an address such as https://example.org/hook';
const url = z
  .string(URL_REMEDY)
  .max(2048, URL_REMEDY)
  .refine((text) => URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol), URL_REMEDY);

/** Hours of a week. */
export const WEEKLY_HOURS_SCHEMA = z
  .strictObject({
    days: z.array(z.int(DAYS).min(1, DAYS).max(7, DAYS)).min(1, DAYS).max(7, DAYS).describe('1 Monday to 7 Sunday.'),
    from: from.describe('First minute.'),
    until: until.describe('First minute after; not after `from`: on the next day.'),
  })
  .readonly();

const action = z
  .discriminatedUnion(
    'kind',
    [
      z.strictObject({ kind: z.literal('webhook'), url }).describe('Asks another system over HTTP, signed.'),
      z
        .strictObject({ kind: z.literal('command'), command: list('give a program and its arguments') })
        .describe('Runs a program; the message is its standard input.'),
      z
        .strictObject({ kind: z.literal('module'), module: z.string('give a package or a path').min(1).max(4096) })
        .describe('Calls the default export of a module, on a thread of its own.'),
    ],
    "give { kind: 'webhook', url }, { kind: 'command', command } or { kind: 'module', module }",
  )
  .readonly();

/** A door. */
export const DOOR_SCHEMA: z.ZodType<DoorConfiguration> = z
  .strictObject({
    name: name.describe('One door has it.'),
    reader: name.describe('Its reader, by name.'),
    groups: list('give names of groups').optional().describe('Whose members it opens for. Default: everybody.'),
    hours: z
      .array(WEEKLY_HOURS_SCHEMA)
      .max(50, 'give at most 50')
      .readonly()
      .optional()
      .describe('When it opens. Default: always.'),
    actions: z.array(action).max(10, 'give at most 10').readonly().describe('What it does.'),
    enabled: flag.optional().describe('Default: true.'),
  })
  .readonly();

/** Doors; each has a name of its own. */
export const DOORS_SCHEMA = z
  .array(DOOR_SCHEMA)
  .max(1000, 'give at most 1000')
  .refine((doors) => new Set(doors.map((door) => door.name)).size === doors.length, 'give each door a name of its own')
  .readonly();

/** Where the journal is sent as it is written. */
export const WEBHOOKS_SCHEMA: z.ZodType<readonly WebhookConfiguration[]> = z
  .array(
    z
      .strictObject({
        name: name.describe('Names it, so that it goes on where it was.'),
        url,
        kinds: z
          .array(z.enum(JOURNAL_KINDS, `give some of ${JOURNAL_KINDS.join(', ')}`))
          .readonly()
          .optional()
          .describe('Lines of these kinds. Default: all.'),
        places: list('give names of places').optional().describe('Lines of these places. Default: all.'),
      })
      .readonly(),
  )
  .max(20, 'give at most 20')
  .refine((hooks) => new Set(hooks.map((hook) => hook.name)).size === hooks.length, 'give each a name of its own')
  .readonly();
