/** Argument rules of the calls that take no handle; the client checks them, and the service checks them again. */

import { checkFactorMask } from './argument-rules.ts';
import {
  WINBIO_CREDENTIAL_ALL,
  WINBIO_CREDENTIAL_PASSWORD,
  WINBIO_PASSWORD_GENERIC,
  WINBIO_PASSWORD_PACKED,
  WINBIO_PASSWORD_PROTECTED,
} from './constants.ts';
import type { HRESULT } from './hresult.ts';
import { isIdentity } from './identity.ts';
import { E_INVALIDARG, S_OK } from './result-constants.ts';
import type { ServiceCall } from './service-call.ts';

const SETTINGS: readonly unknown[] = ['enabled', 'logon', 'domainLogon'];
const FORMATS: readonly unknown[] = [WINBIO_PASSWORD_GENERIC, WINBIO_PASSWORD_PACKED, WINBIO_PASSWORD_PROTECTED];
const TYPES: readonly unknown[] = [WINBIO_CREDENTIAL_PASSWORD, WINBIO_CREDENTIAL_ALL];

/** HRESULT of the first rule a call breaks; S_OK when it breaks none. WBF: operations 10 and 11, D-40. */
export function checkCall(call: ServiceCall): HRESULT {
  switch (call.kind) {
    case 'enum-biometric-units':
    case 'enum-databases':
    case 'enum-service-providers':
      return checkFactorMask(call.factor);
    case 'get-setting':
      return legal(SETTINGS.includes(call.setting));
    case 'get-enrolled-factors':
      return legal(isIdentity(call.owner) && (call.owner.type === 'sid' || call.owner.type === 'wildcard'));
    case 'get-credential-state':
      return legal(isAccount(call.identity) && call.type === WINBIO_CREDENTIAL_PASSWORD);
    case 'set-credential':
      return legal(
        call.type === WINBIO_CREDENTIAL_PASSWORD && FORMATS.includes(call.format) && isText(call.credential),
      );
    case 'remove-credential':
      return legal(isAccount(call.identity) && TYPES.includes(call.type));
    case 'remove-all-credentials':
      return legal(typeof call.domainOnly === 'boolean');
    case 'acquire-focus':
    case 'release-focus':
      return S_OK;
    default:
      return call satisfies never;
  }
}

function legal(holds: boolean): HRESULT {
  return holds ? S_OK : E_INVALIDARG;
}

function isAccount(identity: unknown): boolean {
  return isIdentity(identity) && identity.type === 'sid';
}

/** NUL-terminated UTF-16, a multiple of two bytes. WBF: structures 9. */
function isText(credential: unknown): boolean {
  if (!(credential instanceof Uint8Array) || credential.length < 2 || credential.length % 2 !== 0) return false;
  return credential.at(-1) === 0 && credential.at(-2) === 0;
}
