/** Fields of whatever speaks over NATS. */

import { z } from 'zod';
import { TLS } from './fields.ts';

const SERVER = 'give addresses such as tls://n1:4222';
const NAME = 'give 1 to 32 letters, digits, dashes or underlines';

/** Addresses of servers. */
export const NATS_SERVERS = z
  .array(z.string(SERVER).regex(/^(?:tls|nats):\/\/[^\s]+$/, SERVER), SERVER)
  .min(1, SERVER)
  .max(32, SERVER)
  .readonly();

/** Certificates of the connection. */
export const NATS_TLS = TLS.optional().describe(
  'Certificates of the connection. Default: as the servers ask, without one.',
);

/** A name that may be part of a subject. */
export const NATS_NAME = z.string(NAME).regex(/^[A-Za-z0-9_-]{1,32}$/, NAME);
