/** The secret that signs webhooks: made with its first use, and the same for all receivers. */

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { requirePrivate } from '../state/require-private.ts';
import { makeStateFolder } from '../state/state-directory.ts';
import { writeDurably } from '../state/write-durably.ts';
import { webhookSecret } from './webhook.ts';

const SECRET_BYTES = 32;

/** The secret of a file, which only its owner may read; without a file, a new one for as long as the process lives. */
export function webhookKey(path: string | undefined): string {
  if (path !== undefined && existsSync(path)) {
    requirePrivate(path);
    return readFileSync(path, 'utf8').trim();
  }
  const secret = webhookSecret(randomBytes(SECRET_BYTES));
  if (path === undefined) return secret;
  makeStateFolder(dirname(path));
  writeDurably(path, `${secret}\n`);
  return secret;
}
