/** Checks the configuration of a service; published as a JSON Schema, together with what a daemon adds. */

import { z } from 'zod';
import { isSid } from '../../../core/sid.ts';
import type { ServiceConfiguration } from '../service-configuration.ts';
import { DATABASES_SCHEMA } from './database-schema.ts';
import { DOORS_SCHEMA, WEBHOOKS_SCHEMA } from './door-schema.ts';
import { flag, list, MODULE_FIELDS, path } from './fields.ts';
import { MATCHING_SCHEMA } from './matching-schema.ts';
import { POLICY_SCHEMA } from './policy-schema.ts';
import { READERS_SCHEMA } from './reader-schema.ts';
import { SHARED_SCHEMA } from './shared-schema.ts';

const keys = z.union(
  [
    z
      .strictObject({
        environment: z
          .string('name a variable')
          .min(1, 'name a variable')
          .describe('Name of the variable that holds the key.'),
      })
      .readonly(),
    z
      .strictObject({
        command: list('give a program and its arguments').describe(
          'A program, with its arguments, that prints the key.',
        ),
      })
      .readonly(),
    z.literal('file'),
  ],
  "give 'file', { environment } or { command }",
);

const anchor = z
  .discriminatedUnion(
    'kind',
    [
      z
        .strictObject({ kind: z.literal('file'), path: path.describe('Where it lies, on another disk or share.') })
        .describe('A file that holds the last line.'),
      z
        .strictObject({
          kind: z.literal('command'),
          command: list('give a program and its arguments').describe(
            'The program, with its arguments; write or read is added to them. It reads the line, or prints the last one.',
          ),
        })
        .describe('A program that keeps the last line.'),
      z
        .strictObject({ kind: z.literal('syslog') })
        .describe('The log of the system; it cannot be read back, so that nothing is refused.'),
    ],
    "give { kind: 'file', path }, { kind: 'command', command } or { kind: 'syslog' }",
  )
  .readonly();

const THREADS = 'give 1 to 256';

/** The fields of every service, embedded or not. */
export const SERVICE_FIELDS = {
  state: z
    .union(
      [
        z.literal('memory'),
        z.strictObject({ directory: path.describe('It belongs to one service at a time.') }).readonly(),
      ],
      "give 'memory' or { directory }",
    )
    .optional()
    .describe('Folder of databases and keys, or "memory" for nothing that outlives the process.'),
  readers: READERS_SCHEMA.optional().describe('Default: one virtual reader.'),
  databases: DATABASES_SCHEMA.optional().describe('Default: one for the system pool, one for private pools.'),
  shared: SHARED_SCHEMA.optional().describe(
    'Databases, people and the journal are shared with other services. Default: this service has its own.',
  ),
  matching: MATCHING_SCHEMA.optional().describe(
    'The gallery of a shared database is held by matching nodes. Default: this service holds it itself.',
  ),
  policy: POLICY_SCHEMA.optional().describe('What an administrator decides; the rest keeps its default.'),
  keys: keys
    .optional()
    .describe('Where the key that seals templates comes from. Default: a file of the state directory.'),
  anchor: anchor
    .optional()
    .describe('A place outside the state directory that remembers how far its state was. Default: none.'),
  doors: DOORS_SCHEMA.optional().describe(
    'Doors that the service watches; others are set while it runs. Default: none.',
  ),
  webhooks: WEBHOOKS_SCHEMA.optional().describe('Where the journal is sent as it is written. Default: nowhere.'),
  engine: z
    .strictObject(MODULE_FIELDS)
    .readonly()
    .optional()
    .describe("Adapter module of another fingerprint engine; it reads only its own templates. Default: Whorl's."),
  updateTemplates: flag
    .optional()
    .describe("Whether Whorl's engine adds to a template what a good match shows for the first time. Default: false."),
  searchRotation: z
    .enum(['upright', 'any'], "give 'upright' or 'any'")
    .optional()
    .describe(
      "How far a finger in a search of Whorl's engine may be turned against its template: by at most 60 degrees, or by any angle, which makes it three times as long until somebody is unknown. Default: any.",
    ),
  engineThreads: z
    .int(THREADS)
    .min(1, THREADS)
    .max(256, THREADS)
    .optional()
    .describe('Threads that compute. Default: one for each processor, at most 4.'),
};

const application = z
  .strictObject({
    sid: z.string().refine(isSid, 'give a SID such as S-1-22-1-1000').optional().describe('Default: that of the user.'),
    administrator: flag.optional().describe('Default: true.'),
  })
  .readonly();

export const SERVICE_SCHEMA: z.ZodType<ServiceConfiguration> = z.strictObject({
  ...SERVICE_FIELDS,
  application: application
    .optional()
    .describe('The principal of an application that embeds the service. Default: its user, as administrator.'),
});
