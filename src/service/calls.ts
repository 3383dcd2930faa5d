/** What a client can ask without a handle: enumerations, focus, settings, enrolled factors, credentials. */

import { checkFactorMask } from '../core/argument-rules.ts';
import { BiometricError } from '../core/biometric-error.ts';
import {
  WINBIO_CREDENTIAL_ALL,
  WINBIO_CREDENTIAL_PASSWORD,
  WINBIO_PASSWORD_GENERIC,
  WINBIO_PASSWORD_PROTECTED,
} from '../core/constants.ts';
import { FAILED } from '../core/hresult.ts';
import { type Identity, isIdentity } from '../core/identity.ts';
import type { OperationValues } from '../core/operation-result.ts';
import type { ServiceCall } from '../core/service-call.ts';
import type { ServiceContext } from './context.ts';
import { enumerate } from './operations/enumerate.ts';
import type { ClientProcess } from './principal.ts';

/** Answers a call; throws what refuses it. */
export async function answerCall(
  context: ServiceContext,
  process: ClientProcess,
  call: ServiceCall,
): Promise<OperationValues> {
  const { principal } = process;
  const { credentials } = context;
  switch (call.kind) {
    case 'enum-biometric-units':
    case 'enum-databases':
    case 'enum-service-providers': {
      const checked = checkFactorMask(call.factor);
      if (FAILED(checked)) throw new BiometricError(checked);
      return enumerate(context, call.kind, call.factor);
    }
    case 'acquire-focus':
      context.focus.acquire(process);
      return {};
    case 'release-focus':
      context.focus.release(process);
      return {};
    case 'get-setting':
      return { setting: context.policy()[call.setting] };
    case 'get-enrolled-factors':
      return { factors: await context.stores.enrolledFactors(ownerOf(call.owner)) };
    case 'get-credential-state':
      requireType(call.type === WINBIO_CREDENTIAL_PASSWORD);
      return { credentialState: await credentials.state(principal, accountOf(call.identity)) };
    case 'set-credential':
      requireType(call.type === WINBIO_CREDENTIAL_PASSWORD);
      requireType(call.format >= WINBIO_PASSWORD_GENERIC && call.format <= WINBIO_PASSWORD_PROTECTED);
      await credentials.set(principal, call.credential, call.format);
      return {};
    case 'remove-credential':
      requireType(call.type === WINBIO_CREDENTIAL_PASSWORD || call.type === WINBIO_CREDENTIAL_ALL);
      await credentials.remove(principal, accountOf(call.identity));
      return {};
    case 'remove-all-credentials':
      await credentials.removeAll(principal, call.domainOnly);
      return {};
    default:
      return call satisfies never;
  }
}

function requireType(legal: boolean): void {
  if (!legal) throw new BiometricError('E_INVALIDARG', 'unknown credential type or format');
}

function accountOf(identity: Identity): string {
  if (isIdentity(identity) && identity.type === 'sid') return identity.sid;
  throw new BiometricError('E_INVALIDARG', 'an account is named by its SID');
}

/** An account, or undefined for all. */
function ownerOf(identity: Identity): Identity | undefined {
  if (isIdentity(identity) && identity.type === 'wildcard') return undefined;
  return { type: 'sid', sid: accountOf(identity) };
}
