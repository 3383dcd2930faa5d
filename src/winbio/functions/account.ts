/** Functions without a session: focus, settings, enrolled factors, credentials; and logon. WBF: operations 8 to 11. */

import { checkCall } from '../../core/call-rules.ts';
import { FAILED, type HRESULT } from '../../core/hresult.ts';
import type { OperationValues } from '../../core/operation-result.ts';
import { E_INVALIDARG, E_POINTER } from '../../core/result-constants.ts';
import type { ServiceCall, SettingName } from '../../core/service-call.ts';
import type { WINBIO_IDENTITY } from '../identity.ts';
import { operate } from '../operate.ts';
import { fill, isHolder, type OutParameter } from '../out.ts';
import type { WinBioProcess } from '../winbio-process.ts';
import { identityArgument } from './matching.ts';

/** Functions about accounts and the machine. */
export function accountFunctions(process: WinBioProcess) {
  const call = (request: ServiceCall, write: (values: OperationValues) => void = () => {}): Promise<HRESULT> =>
    new Promise((resolve) => {
      const refused = checkCall(request);
      if (FAILED(refused)) return resolve(refused);
      process.channel.call(request, ({ hresult, values }) => {
        write(values);
        resolve(hresult);
      });
    });
  const setting = (name: SettingName) => (Value: OutParameter<boolean>, Source: OutParameter<number>) => {
    if (!isHolder(Value) || !isHolder(Source)) return Promise.resolve(E_POINTER);
    return call({ kind: 'get-setting', setting: name }, ({ setting: found }) => {
      fill(Value, found?.value ?? false);
      fill(Source, found?.source ?? 0);
    });
  };
  return {
    /** Takes the focus for a service without a window; acquires count. WBF: operations 8. */
    WinBioAcquireFocus: (): Promise<HRESULT> => call({ kind: 'acquire-focus' }),

    /** Gives it back. WBF: operations 8. */
    WinBioReleaseFocus: (): Promise<HRESULT> => call({ kind: 'release-focus' }),

    /** Is the framework enabled, and who says so. WBF: operations 11. */
    WinBioGetEnabledSetting: setting('enabled'),

    /** May people log on with a finger. */
    WinBioGetLogonSetting: setting('logon'),

    /** May they log on to domain accounts with one. */
    WinBioGetDomainLogonSetting: setting('domainLogon'),

    /** Factors an account, or with a wildcard anybody, has templates of in the system pool. WBF: operations 11. */
    async WinBioGetEnrolledFactors(
      AccountOwner: WINBIO_IDENTITY | null | undefined,
      EnrolledFactors: OutParameter<number>,
    ): Promise<HRESULT> {
      if (AccountOwner === null || AccountOwner === undefined || !isHolder(EnrolledFactors)) return E_POINTER;
      const request = { kind: 'get-enrolled-factors', owner: identityArgument(AccountOwner) } as const;
      return await call(request, ({ factors = 0 }) => fill(EnrolledFactors, factors));
    },

    /** Has the account a credential record. WBF: operations 10. */
    async WinBioGetCredentialState(
      Identity: WINBIO_IDENTITY | null | undefined,
      Type: number,
      CredentialState: OutParameter<number>,
    ): Promise<HRESULT> {
      if (Identity === null || Identity === undefined || !isHolder(CredentialState)) return E_POINTER;
      const request = { kind: 'get-credential-state', identity: identityArgument(Identity), type: Type } as const;
      return await call(request, ({ credentialState = 0 }) => fill(CredentialState, credentialState));
    },

    /** Stores the caller's own password after a logon proved it. WBF: operations 10. */
    async WinBioSetCredential(
      Type: number,
      Credential: Uint8Array | null | undefined,
      CredentialSize: number,
      Format: number,
    ): Promise<HRESULT> {
      if (!(Credential instanceof Uint8Array)) return E_POINTER;
      const fits = Number.isInteger(CredentialSize) && CredentialSize > 0 && CredentialSize <= Credential.length;
      if (!fits) return E_INVALIDARG;
      return await call({
        kind: 'set-credential',
        type: Type,
        credential: Credential.slice(0, CredentialSize),
        format: Format,
      });
    },

    /** Removes an account's credential record; templates stay. WBF: operations 10. */
    async WinBioRemoveCredential(Identity: WINBIO_IDENTITY | null | undefined, Type: number): Promise<HRESULT> {
      if (Identity === null || Identity === undefined) return E_POINTER;
      return await call({ kind: 'remove-credential', identity: identityArgument(Identity), type: Type });
    },

    /** Removes every credential record. WBF: operations 10. */
    WinBioRemoveAllCredentials: (): Promise<HRESULT> => call({ kind: 'remove-all-credentials', domainOnly: false }),

    /** Removes those of domain accounts. WBF: operations 10. */
    WinBioRemoveAllDomainCredentials: (): Promise<HRESULT> =>
      call({ kind: 'remove-all-credentials', domainOnly: true }),

    /** Switches to the account that was identified last on this session. WBF: operations 9. */
    WinBioLogonIdentifiedUser(SessionHandle: number): Promise<HRESULT> {
      return operate(process, SessionHandle, { request: { kind: 'logon-identified-user' } });
    },
  };
}
