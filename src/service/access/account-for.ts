/** Changes that are accounted for: the line of the audit log comes first, and without it nothing changes. */

import { BiometricError, hresultOf } from '../../core/biometric-error.ts';
import type { Audit, AuditRecord } from './audit.ts';

/** Codes of a disk without room. */
const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT']);

/**
 * Makes a change once its line is durable. A change that then fails has a second line, with its code; where that one
 * cannot be written the log says more than happened, never less. Rejects as the change does, and without it with
 * WINBIO_E_DATABASE_FULL where the disk is full, E_ACCESSDENIED where the line cannot be written for another reason.
 */
export async function accountFor<T>(audit: Audit, record: AuditRecord, change: () => Promise<T> | T): Promise<T> {
  await audit(record).catch((cause: unknown) => {
    throw unaccounted(cause);
  });
  try {
    return await change();
  } catch (thrown) {
    await audit({ ...record, hresult: hresultOf(thrown) }).catch(() => undefined);
    throw thrown;
  }
}

function unaccounted(cause: unknown): BiometricError {
  if (FULL.has((cause as { readonly code?: unknown } | undefined)?.code)) {
    return new BiometricError('WINBIO_E_DATABASE_FULL', 'there is no room for the audit log', { cause });
  }
  return new BiometricError('E_ACCESSDENIED', 'nothing was changed: the audit log cannot be written', { cause });
}
