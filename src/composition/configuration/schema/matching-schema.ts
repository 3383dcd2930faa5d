/** Checks how a gallery on many machines is searched. */

import { z } from 'zod';
import { isGuid } from '../../../core/guid.ts';
import { flag, whole } from './fields.ts';
import { NATS_NAME, NATS_SERVERS, NATS_TLS } from './nats-fields.ts';

const SHARE = 'give 0 to 1';
const PARTS = 'give a power of two, 1 to 4096';

export const MATCHING_SCHEMA = z
  .strictObject({
    servers: NATS_SERVERS.describe('NATS servers, tls://host:4222; one is enough to learn of the others.'),
    tls: NATS_TLS,
    name: NATS_NAME.optional().describe(
      'Names this node or service to the servers, as its certificate does. Default: the site.',
    ),
    database: z
      .string('give a GUID')
      .refine(isGuid, 'give a GUID')
      .optional()
      .describe('Database whose gallery the nodes hold. Default: that of the system pool.'),
    parts: z
      .int(PARTS)
      .min(1, PARTS)
      .max(4096, PARTS)
      .refine((count) => (count & (count - 1)) === 0, PARTS)
      .optional()
      .describe('Parts of the gallery, the same for all nodes and services for as long as it lives. Default: 64.'),
    replicas: whole(1, 8, 'Nodes that hold each part. Default: 2.'),
    mostParts: whole(1, 4096, 'Parts that the memory of this node has room for. Default: all.'),
    deadlineMs: whole(100, 600_000, 'How long a search may take, milliseconds. Default: 5000.'),
    hedge: z
      .strictObject({
        afterMs: whole(10, 60_000, 'After how long, milliseconds. Default: three times the usual duration.'),
        share: z
          .number(SHARE)
          .min(0, SHARE)
          .max(1, SHARE)
          .optional()
          .describe('Share of the requests that may be repeated. Default: 0.05.'),
      })
      .readonly()
      .optional()
      .describe('When a request that takes long is repeated at another node.'),
    partialMatch: flag
      .optional()
      .describe('Whether somebody is recognised while parts of the gallery do not answer. Default: true.'),
  })
  .readonly();
