/** The people of a service alone become those that services share. */

import type { SharedLog } from '../../../adapters/shared-log.ts';
import { BiometricError } from '../../../core/biometric-error.ts';
import { entryOf, SECRET_KEY } from '../people/people-change.ts';
import type { PeopleCopy } from './shared-people.ts';

const ROWS_A_PUSH = 500;
const BEGINNING = { incarnation: '', change: 0, token: '' };

/**
 * Tells everything of a directory; may be interrupted and called again, and tells nothing twice. Returns how many rows there
 * are. Rejects with WHORL_E_CONFIGURATION when other people are shared already, and as logs do.
 */
export async function sharePeople(
  copy: PeopleCopy,
  log: SharedLog,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<number> {
  const rows = await copy.rows();
  if (rows.length === 0) return 0;
  const body = await copy.sharedSecret();
  const before = await secretOf(log);
  if (before === undefined) await log.push([{ key: SECRET_KEY, body }], { checked: await log.position() });
  else if (!(await copy.isSecret(before))) {
    const text =
      'shared: people are shared there already, and this service has others; export them, and import them there';
    throw new BiometricError('WHORL_E_CONFIGURATION', text);
  }
  for (let start = 0; start < rows.length; start += ROWS_A_PUSH) {
    await log.push(rows.slice(start, start + ROWS_A_PUSH).map(entryOf), { once: true });
    onProgress(Math.min(start + ROWS_A_PUSH, rows.length), rows.length);
  }
  return rows.length;
}

async function secretOf(log: SharedLog): Promise<Uint8Array | undefined> {
  for await (const batch of log.since(BEGINNING)) {
    const found = batch.find(({ key, body }) => key === SECRET_KEY && body !== undefined);
    if (found !== undefined) return found.body;
  }
  return undefined;
}
