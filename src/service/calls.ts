/** What a client can ask without a handle: enumerations, focus, settings, enrolled factors, credentials. */

import { BiometricError } from '../core/biometric-error.ts';
import { checkCall } from '../core/call-rules.ts';
import { FAILED } from '../core/hresult.ts';
import type { Identity } from '../core/identity.ts';
import type { OperationValues } from '../core/operation-result.ts';
import type { ServiceCall } from '../core/service-call.ts';
import { requireRight } from './access/access.ts';
import { ownerOf } from './access/audit.ts';
import type { ClientProcess } from './access/principal.ts';
import type { ServiceContext } from './context.ts';
import { changing } from './operations/change.ts';
import { enumerate } from './operations/enumerate.ts';

/** Answers a call; rejects with the reason of a refusal. */
export async function answerCall(
  context: ServiceContext,
  process: ClientProcess,
  call: ServiceCall,
): Promise<OperationValues> {
  const checked = checkCall(call);
  if (FAILED(checked)) throw new BiometricError(checked);
  const { principal } = process;
  requireRight('use', principal);
  const { credentials } = context;
  switch (call.kind) {
    case 'enum-biometric-units':
    case 'enum-databases':
    case 'enum-service-providers':
      return enumerate(context, principal, call);
    case 'acquire-focus':
      context.focus.acquire(process);
      return {};
    case 'release-focus':
      context.focus.release(process);
      return {};
    case 'get-setting':
      return { setting: context.policy()[call.setting] };
    case 'get-enrolled-factors':
      return { factors: await context.stores.enrolledFactors(call.owner.type === 'sid' ? call.owner : undefined) };
    case 'get-credential-state':
      return { credentialState: await credentials.state(principal, accountOf(call.identity)) };
    case 'set-credential':
      await credentials.set(principal, call.credential, call.format, (set) =>
        changing(context, principal, { action: call.kind }, set),
      );
      return {};
    case 'remove-credential':
      await credentials.remove(principal, accountOf(call.identity), (remove) =>
        changing(context, principal, { action: call.kind, ...ownerOf(call.identity) }, remove),
      );
      return {};
    case 'remove-all-credentials':
      await credentials.removeAll(principal, call.domainOnly, (remove) =>
        changing(context, principal, { action: call.kind }, remove),
      );
      return {};
    default:
      return call satisfies never;
  }
}

/** The argument rules admit accounts only. */
function accountOf(identity: Identity): string {
  if (identity.type === 'sid') return identity.sid;
  throw new BiometricError('E_INVALIDARG', 'an account is named by its SID');
}
