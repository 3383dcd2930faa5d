/** Checks how a registry reaches the service as an ABIS. */

import { z } from 'zod';
import { isGuid } from '../../../core/guid.ts';
import type { AbisConfiguration } from '../abis-configuration.ts';
import { list } from './fields.ts';
import { NATS_NAME, NATS_SERVERS, NATS_TLS } from './nats-fields.ts';

const SOURCE = 'give beginnings of addresses such as https://host/share/, with / at the end';
const TOKEN = 'give 16 to 4096 characters';

const source = z
  .string(SOURCE)
  .max(2048, SOURCE)
  .refine((text) => /^https?:\/\/[^?#@]+\/$/.test(text) && URL.canParse(text), SOURCE);

const http = z
  .strictObject({
    token: z
      .string(TOKEN)
      .regex(/^[\x21-\x7e]{16,4096}$/, TOKEN)
      .optional()
      .describe('The token.'),
    tokenCommand: list('give a program and its arguments')
      .optional()
      .describe('A program, with its arguments, that prints the token when the service starts.'),
  })
  .refine(
    ({ token, tokenCommand }) => (token === undefined) !== (tokenCommand === undefined),
    'give token or tokenCommand',
  )
  .readonly();

const queue = z
  .strictObject({
    servers: NATS_SERVERS.describe('NATS servers, tls://host:4222.'),
    tls: NATS_TLS,
    name: NATS_NAME.describe('Requests are those of the subject abis.NAME.requests.'),
  })
  .readonly();

export const ABIS_SCHEMA: z.ZodType<AbisConfiguration> = z
  .strictObject({
    database: z
      .string('give a GUID')
      .refine(isGuid, 'give a GUID')
      .describe('Database of the references: one of a private pool that nothing else uses.'),
    sources: z
      .array(source, SOURCE)
      .min(1, SOURCE)
      .max(100, SOURCE)
      .readonly()
      .describe('Beginnings of the addresses that biometrics are fetched from, such as https://host/share/.'),
    http: http
      .optional()
      .describe('Requests to POST /abis of the HTTP listener. Needs `http`. Default: none are taken.'),
    queue: queue.optional().describe('Requests over NATS. Default: none are taken.'),
  })
  .readonly();
