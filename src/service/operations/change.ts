/** A change that a client asked for: counted, and accounted for before it is made. */

import { accountFor } from '../access/account-for.ts';
import type { AuditRecord, ChangeKind } from '../access/audit.ts';
import type { Principal } from '../access/principal.ts';
import type { ServiceContext } from '../context.ts';

/** What is changed; the account is that of the caller. */
export interface Change extends Omit<AuditRecord, 'action' | 'sid' | 'hresult'> {
  readonly action: ChangeKind;
}

/** Makes it. Rejects as {@link accountFor} does, and with E_OUTOFMEMORY when the account has made too many. */
export async function changing<T>(
  { audit, changeBudget, logger }: ServiceContext,
  principal: Principal,
  { action, ...change }: Change,
  make: () => Promise<T> | T,
): Promise<T> {
  changeBudget?.spend(principal);
  const record = { action, sid: principal.sid, hresult: 0, ...change };
  const written: typeof audit = async (each) =>
    audit(each).catch((thrown: unknown) => {
      logger.error('the audit log cannot be written', { action });
      throw thrown;
    });
  return await accountFor(written, record, make);
}
