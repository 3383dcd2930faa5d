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
    /**
     * Takes the focus for a service without a window. Acquires count: each needs a release. WBF: operations 8.
     *
     * Handles: none.
     *
     * Ends with S_OK, E_ACCESSDENIED unless the process runs as Local System, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioAcquireFocus` function.
     */
    WinBioAcquireFocus: (): Promise<HRESULT> => call({ kind: 'acquire-focus' }),

    /**
     * Releases the focus; the last release frees it. WBF: operations 8.
     *
     * Handles: none.
     *
     * Ends with S_OK, E_ACCESSDENIED unless the process runs as Local System, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioReleaseFocus` function.
     */
    WinBioReleaseFocus: (): Promise<HRESULT> => call({ kind: 'release-focus' }),

    /**
     * Reads whether the framework is enabled; works while it is not. WBF: operations 11.
     *
     * Handles: none.
     *
     * Refused with E_POINTER.
     * Ends with S_OK, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioGetEnabledSetting` function.
     *
     * @param Value - Receives the setting.
     * @param Source - Receives where it comes from: `WINBIO_SETTING_SOURCE_*`.
     */
    WinBioGetEnabledSetting: setting('enabled'),

    /**
     * Reads whether a finger may log on to accounts. WBF: operations 11.
     *
     * Handles: none.
     *
     * Refused with E_POINTER.
     * Ends with S_OK, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioGetLogonSetting` function.
     *
     * @param Value - Receives the setting.
     * @param Source - Receives where it comes from: `WINBIO_SETTING_SOURCE_*`.
     */
    WinBioGetLogonSetting: setting('logon'),

    /**
     * Reads whether a finger may log on to domain accounts. WBF: operations 11.
     *
     * Handles: none.
     *
     * Refused with E_POINTER.
     * Ends with S_OK, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioGetDomainLogonSetting` function.
     *
     * @param Value - Receives the setting.
     * @param Source - Receives where it comes from: `WINBIO_SETTING_SOURCE_*`.
     */
    WinBioGetDomainLogonSetting: setting('domainLogon'),

    /**
     * Reads the factors an account has templates of in the system pool; with the wildcard, those of all accounts. WBF:
     * operations 11.
     *
     * Handles: none.
     *
     * Refused with E_POINTER, E_INVALIDARG.
     * Ends with S_OK, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioGetEnrolledFactors` function.
     *
     * @param AccountOwner - SID of the account, or the wildcard.
     * @param EnrolledFactors - Receives a mask of `WINBIO_TYPE_*`; 0 for none.
     */
    async WinBioGetEnrolledFactors(
      AccountOwner: WINBIO_IDENTITY | null | undefined,
      EnrolledFactors: OutParameter<number>,
    ): Promise<HRESULT> {
      if (AccountOwner === null || AccountOwner === undefined || !isHolder(EnrolledFactors)) return E_POINTER;
      const request = { kind: 'get-enrolled-factors', owner: identityArgument(AccountOwner) } as const;
      return await call(request, ({ factors = 0 }) => fill(EnrolledFactors, factors));
    },

    /**
     * Reads whether an account has a credential record; another account needs an administrator. WBF: operations 10.
     *
     * Handles: none.
     *
     * Refused with E_POINTER, E_INVALIDARG.
     * Ends with S_OK, E_ACCESSDENIED, WINBIO_E_UNKNOWN_ID, WINBIO_E_CRED_PROV_DISABLED, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioGetCredentialState` function.
     *
     * @param Identity - SID of the account.
     * @param Type - `WINBIO_CREDENTIAL_PASSWORD`.
     * @param CredentialState - Receives `WINBIO_CREDENTIAL_SET` or `WINBIO_CREDENTIAL_NOT_SET`.
     */
    async WinBioGetCredentialState(
      Identity: WINBIO_IDENTITY | null | undefined,
      Type: number,
      CredentialState: OutParameter<number>,
    ): Promise<HRESULT> {
      if (Identity === null || Identity === undefined || !isHolder(CredentialState)) return E_POINTER;
      const request = { kind: 'get-credential-state', identity: identityArgument(Identity), type: Type } as const;
      return await call(request, ({ credentialState = 0 }) => fill(CredentialState, credentialState));
    },

    /**
     * Stores the password of the calling account, once a logon has proved it; replaces an earlier one. WBF: operations
     * 10.
     *
     * Handles: none.
     *
     * Refused with E_POINTER, E_INVALIDARG.
     * Ends with S_OK, E_ACCESSDENIED, E_NOTIMPL for formats but `WINBIO_PASSWORD_GENERIC`, WINBIO_E_UNKNOWN_ID without
     * an enrollment, SEC_E_LOGON_DENIED, WINBIO_E_CRED_PROV_DISABLED, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioSetCredential` function.
     *
     * @param Type - `WINBIO_CREDENTIAL_PASSWORD`.
     * @param Credential - UTF-16 text with its NUL.
     * @param CredentialSize - Bytes of the text, the NUL included.
     * @param Format - `WINBIO_PASSWORD_GENERIC`.
     */
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

    /**
     * Removes the credential record of an account; its templates stay. Another account needs an administrator. WBF:
     * operations 10.
     *
     * Handles: none.
     *
     * Refused with E_POINTER, E_INVALIDARG.
     * Ends with S_OK, E_ACCESSDENIED, WINBIO_E_CRED_PROV_NO_CREDENTIAL, WINBIO_E_CRED_PROV_DISABLED,
     * WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioRemoveCredential` function.
     *
     * @param Identity - SID of the account.
     * @param Type - `WINBIO_CREDENTIAL_PASSWORD` or `WINBIO_CREDENTIAL_ALL`.
     */
    async WinBioRemoveCredential(Identity: WINBIO_IDENTITY | null | undefined, Type: number): Promise<HRESULT> {
      if (Identity === null || Identity === undefined) return E_POINTER;
      return await call({ kind: 'remove-credential', identity: identityArgument(Identity), type: Type });
    },

    /**
     * Removes every credential record; administrators only. WBF: operations 10.
     *
     * Handles: none.
     *
     * Ends with S_OK, E_ACCESSDENIED, WINBIO_E_CRED_PROV_DISABLED, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioRemoveAllCredentials` function.
     */
    WinBioRemoveAllCredentials: (): Promise<HRESULT> => call({ kind: 'remove-all-credentials', domainOnly: false }),

    /**
     * Removes the credential records of domain accounts; administrators only. WBF: operations 10.
     *
     * Handles: none.
     *
     * Ends with S_OK, E_ACCESSDENIED, WINBIO_E_CRED_PROV_DISABLED, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioRemoveAllDomainCredentials` function.
     */
    WinBioRemoveAllDomainCredentials: (): Promise<HRESULT> =>
      call({ kind: 'remove-all-credentials', domainOnly: true }),

    /**
     * Switches the console to the account of the last successful identification of the session, 5 s after it at most by
     * default. WBF: operations 9.
     *
     * Handles: synchronous and asynchronous sessions. Notice: NONE.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED.
     * Ends with S_OK, S_FALSE when it is the current account, E_ACCESSDENIED, SEC_E_LOGON_DENIED,
     * WINBIO_E_CRED_PROV_DISABLED, WINBIO_E_FAST_USER_SWITCH_DISABLED, WINBIO_E_SAS_ENABLED, WINBIO_E_CANCELED,
     * WINBIO_E_DISABLED, WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioLogonIdentifiedUser` function.
     *
     * @param SessionHandle - Handle of an open session.
     */
    WinBioLogonIdentifiedUser(SessionHandle: number): Promise<HRESULT> {
      return operate(process, SessionHandle, { request: { kind: 'logon-identified-user' } });
    },
  };
}
