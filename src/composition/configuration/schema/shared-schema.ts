/** Checks what several services share. */

import { z } from 'zod';
import { list, TLS, whole } from './fields.ts';

const SITE = 'give 1 to 32 letters, digits, dots, dashes or underlines';
const SCHEMA = 'give 1 to 48 small letters, digits or underlines, a letter first';

const postgres = z
  .strictObject({
    url: z
      .string('give a URL')
      .regex(/^postgres(?:ql)?:\/\//, 'give postgres://user@host/database')
      .describe('postgres://user@host,host/database?sslmode=verify-full; of several hosts the one that takes writes.'),
    schema: z
      .string(SCHEMA)
      .regex(/^[a-z][a-z0-9_]{0,47}$/, SCHEMA)
      .optional()
      .describe('Schema of the tables. Default: whorl.'),
    passwordCommand: list('give a program and its arguments')
      .optional()
      .describe('A program, with its arguments, that prints the password. Default: that of the URL, or none.'),
    tls: TLS.optional().describe('Certificates, beside what sslmode of the URL says.'),
    pollMs: whole(100, 60_000, 'How often is asked for what is new, beside being told, milliseconds. Default: 1000.'),
    timeoutMs: whole(100, 60_000, 'How long an answer may take, milliseconds. Default: 3000.'),
  })
  .readonly();

export const SHARED_SCHEMA = z
  .strictObject({
    site: z
      .string(SITE)
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/, SITE)
      .describe('Names this service to the others; each has a name of its own.'),
    postgres: postgres.describe('The server that keeps databases, people and the journal.'),
    offline: z
      .strictObject({
        identifyForHours: whole(
          1,
          8760,
          'How long people are recognised after the server was reached last, hours. Default: 72.',
        ),
      })
      .readonly()
      .optional()
      .describe('What happens while the server cannot be reached.'),
  })
  .readonly();
