/** Updates a template with what matched it, if the engine can; the answer does not depend on it. WBF: adapters 8.14. */

import { hresultOf } from '../../core/biometric-error.ts';
import { codeName } from '../../core/codes.ts';
import type { RecordId, SubFactor } from '../../core/identifiers.ts';
import type { OwnerIdentity } from '../../core/identity.ts';
import { ownerOf } from '../access/audit.ts';
import type { ServiceContext } from '../context.ts';
import type { Session } from '../sessions/session.ts';
import type { Unit } from '../units/unit.ts';
import { changing } from './change.ts';

/** The features that matched, and the record they matched. */
export interface Matched {
  readonly recordId: RecordId;
  readonly identity: OwnerIdentity;
  readonly subFactor: SubFactor;
  readonly features: Uint8Array;
}

/** Updates the template, and records the change in the audit log. Never rejects. */
export async function learn(
  context: ServiceContext,
  { process: client, pool }: Session,
  unit: Unit,
  { recordId, identity, subFactor, features }: Matched,
  signal: AbortSignal,
): Promise<void> {
  const { unitId } = unit;
  // A template of a private pool follows the finger only for the account that it belongs to.
  if (pool.isPrivate && (await unit.store?.belongsTo(identity, client.principal.sid)) !== true) return;
  try {
    const change = { action: 'update-template', unitId, ...ownerOf(identity), subFactor } as const;
    await unit.store?.learn(recordId, features, { signal }, (replace) =>
      changing(context, client.principal, change, replace),
    );
  } catch (thrown) {
    context.logger.warn('a template was not updated', { unitId, code: codeName(hresultOf(thrown)) });
  }
}
