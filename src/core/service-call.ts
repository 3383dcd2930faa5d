/** The requests that take no handle. */

import type { Identity } from './identity.ts';
import type { RequestOf } from './operation-request.ts';

/** The three settings that a function of their own reads. WBF: operations 11. */
export type SettingName = 'enabled' | 'logon' | 'domainLogon';

/** A request that takes no handle, by `kind`. WBF: operations 8, 10, 11; framework 4. */
export type ServiceCall =
  | RequestOf<'enum-biometric-units' | 'enum-databases' | 'enum-service-providers'>
  | { readonly kind: 'acquire-focus' | 'release-focus' }
  | { readonly kind: 'get-setting'; readonly setting: SettingName }
  | { readonly kind: 'get-enrolled-factors'; readonly owner: Identity }
  | { readonly kind: 'get-credential-state'; readonly identity: Identity; readonly type: number }
  | {
      readonly kind: 'set-credential';
      readonly type: number;
      readonly credential: Uint8Array;
      readonly format: number;
    }
  | { readonly kind: 'remove-credential'; readonly identity: Identity; readonly type: number }
  | { readonly kind: 'remove-all-credentials'; readonly domainOnly: boolean };
