/** Credentials kept for logon, and logon. WBF: operations 9 and 10. */

import type { HRESULT } from '../../core/hresult.ts';
import { E_INVALIDARG, E_POINTER } from '../../core/result-constants.ts';
import { callService } from '../call-service.ts';
import type { WINBIO_IDENTITY } from '../identity.ts';
import { operate } from '../operate.ts';
import { fill, isHolder, type OutParameter } from '../out.ts';
import type { WinBioProcess } from '../winbio-process.ts';
import { identityArgument } from './identity-argument.ts';

/** Functions about accounts. */
export function credentialFunctions(process: WinBioProcess) {
  return {
    /**
     * Reads whether an account has a credential record; another account needs an administrator. WBF: operations 10.
     *
     * Handles: none.
     *
     * Refused with E_POINTER, E_INVALIDARG.
     *
     * Ends with S_OK, E_ACCESSDENIED, WINBIO_E_UNKNOWN_ID, WINBIO_E_CRED_PROV_DISABLED, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioGetCredentialState` function.
     *
     * @param Identity - SID of the account.
     * @param Type - `WINBIO_CREDENTIAL_PASSWORD`.
     * @param CredentialState - Receives `WINBIO_CREDENTIAL_SET` or `WINBIO_CREDENTIAL_NOT_SET`.
     *
     * @example
     * ```ts
     * const account = toWinbioIdentity({ type: 'sid', sid: 'S-1-22-1-1000' });
     * const state = out(0);
     * const hr = await WinBioGetCredentialState(account, WINBIO_CREDENTIAL_PASSWORD, state);
     * ```
     */
    async WinBioGetCredentialState(
      Identity: WINBIO_IDENTITY | null | undefined,
      Type: number,
      CredentialState: OutParameter<number>,
    ): Promise<HRESULT> {
      if (Identity === null || Identity === undefined || !isHolder(CredentialState)) return E_POINTER;
      const request = { kind: 'get-credential-state', identity: identityArgument(Identity), type: Type } as const;
      return await callService(process, request, ({ credentialState = 0 }) => fill(CredentialState, credentialState));
    },

    /**
     * Stores the password of the calling account, once a logon has proved it; replaces an earlier one.
     * WBF: operations 10.
     *
     * Handles: none.
     *
     * Refused with E_POINTER, E_INVALIDARG.
     *
     * Ends with S_OK, E_ACCESSDENIED, E_NOTIMPL for formats but `WINBIO_PASSWORD_GENERIC`, WINBIO_E_UNKNOWN_ID without
     * an enrollment, SEC_E_LOGON_DENIED, WINBIO_E_CRED_PROV_DISABLED, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioSetCredential` function.
     *
     * @param Type - `WINBIO_CREDENTIAL_PASSWORD`.
     * @param Credential - UTF-16 text with its NUL.
     * @param CredentialSize - Bytes of the text, the NUL included.
     * @param Format - `WINBIO_PASSWORD_GENERIC`.
     *
     * @example
     * ```ts
     * const password = new Uint8Array(Buffer.from('secret\0', 'utf16le'));
     * const hr = await WinBioSetCredential(WINBIO_CREDENTIAL_PASSWORD, password, password.length, WINBIO_PASSWORD_GENERIC);
     * ```
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
      return await callService(process, {
        kind: 'set-credential',
        type: Type,
        credential: Credential.slice(0, CredentialSize),
        format: Format,
      });
    },

    /**
     * Removes the credential record of an account; its templates stay. Another account needs an administrator.
     * WBF: operations 10.
     *
     * Handles: none.
     *
     * Refused with E_POINTER, E_INVALIDARG.
     *
     * Ends with S_OK, E_ACCESSDENIED, WINBIO_E_CRED_PROV_NO_CREDENTIAL, WINBIO_E_CRED_PROV_DISABLED,
     * WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioRemoveCredential` function.
     *
     * @param Identity - SID of the account.
     * @param Type - `WINBIO_CREDENTIAL_PASSWORD` or `WINBIO_CREDENTIAL_ALL`.
     *
     * @example
     * ```ts
     * const account = toWinbioIdentity({ type: 'sid', sid: 'S-1-22-1-1000' });
     * const hr = await WinBioRemoveCredential(account, WINBIO_CREDENTIAL_PASSWORD);
     * ```
     */
    async WinBioRemoveCredential(Identity: WINBIO_IDENTITY | null | undefined, Type: number): Promise<HRESULT> {
      if (Identity === null || Identity === undefined) return E_POINTER;
      return await callService(process, {
        kind: 'remove-credential',
        identity: identityArgument(Identity),
        type: Type,
      });
    },

    /**
     * Removes every credential record; administrators only. WBF: operations 10.
     *
     * Handles: none.
     *
     * Ends with S_OK, E_ACCESSDENIED, WINBIO_E_CRED_PROV_DISABLED, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioRemoveAllCredentials` function.
     *
     * @example
     * ```ts
     * const hr = await WinBioRemoveAllCredentials();
     * ```
     */
    WinBioRemoveAllCredentials: (): Promise<HRESULT> =>
      callService(process, { kind: 'remove-all-credentials', domainOnly: false }),

    /**
     * Removes the credential records of domain accounts; administrators only. WBF: operations 10.
     *
     * Handles: none.
     *
     * Ends with S_OK, E_ACCESSDENIED, WINBIO_E_CRED_PROV_DISABLED, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioRemoveAllDomainCredentials` function.
     *
     * @example
     * ```ts
     * const hr = await WinBioRemoveAllDomainCredentials();
     * ```
     */
    WinBioRemoveAllDomainCredentials: (): Promise<HRESULT> =>
      callService(process, { kind: 'remove-all-credentials', domainOnly: true }),

    /**
     * Switches the console to the account of the last successful identification of the session, 5 s after it at most by
     * default. WBF: operations 9.
     *
     * Handles: synchronous and asynchronous sessions. Notice: NONE.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED.
     *
     * Ends with S_OK, S_FALSE when it is the current account, E_ACCESSDENIED, SEC_E_LOGON_DENIED,
     * WINBIO_E_CRED_PROV_DISABLED, WINBIO_E_FAST_USER_SWITCH_DISABLED, WINBIO_E_SAS_ENABLED, WINBIO_E_CANCELED,
     * WINBIO_E_DISABLED, WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioLogonIdentifiedUser` function.
     *
     * @param SessionHandle - Handle of an open session.
     *
     * @example
     * ```ts
     * await WinBioIdentify(session.value, unit, identity, subFactor, rejectDetail);
     * const hr = await WinBioLogonIdentifiedUser(session.value); // within the logon window
     * ```
     */
    WinBioLogonIdentifiedUser(SessionHandle: number): Promise<HRESULT> {
      return operate(process, SessionHandle, { request: { kind: 'logon-identified-user' } });
    },
  };
}
