/** What a client can ask without a handle. Runs anywhere. */

import type { Identity } from './identity.ts';
import type { RequestOf } from './operation-request.ts';

/** The three settings with a function of their own. WBF: operations 11. */
export type SettingName = 'enabled' | 'logon' | 'domainLogon';

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
