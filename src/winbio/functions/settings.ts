/** Focus, settings and enrolled factors. WBF: operations 8 and 11. */

import type { HRESULT } from '../../core/hresult.ts';
import { E_POINTER } from '../../core/result-constants.ts';
import type { SettingName } from '../../core/service-call.ts';
import { callService } from '../call-service.ts';
import type { WINBIO_IDENTITY } from '../identity.ts';
import { fill, isHolder, type OutParameter } from '../out.ts';
import type { WinBioProcess } from '../winbio-process.ts';
import { identityArgument } from './identity-argument.ts';

/** Functions about the machine. */
export function settingFunctions(process: WinBioProcess) {
  const setting = (name: SettingName) => (Value: OutParameter<boolean>, Source: OutParameter<number>) => {
    if (!isHolder(Value) || !isHolder(Source)) return Promise.resolve(E_POINTER);
    return callService(process, { kind: 'get-setting', setting: name }, ({ setting: found }) => {
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
     *
     * @example
     * ```ts
     * if ((await WinBioAcquireFocus()) === S_OK) await WinBioReleaseFocus();
     * ```
     */
    WinBioAcquireFocus: (): Promise<HRESULT> => callService(process, { kind: 'acquire-focus' }),

    /**
     * Releases the focus; the last release frees it. WBF: operations 8.
     *
     * Handles: none.
     *
     * Ends with S_OK, E_ACCESSDENIED unless the process runs as Local System, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioReleaseFocus` function.
     *
     * @example
     * ```ts
     * await WinBioReleaseFocus();
     * ```
     */
    WinBioReleaseFocus: (): Promise<HRESULT> => callService(process, { kind: 'release-focus' }),

    /**
     * Reads whether the framework is enabled; works while it is not. WBF: operations 11.
     *
     * Handles: none.
     *
     * Refused with E_POINTER.
     *
     * Ends with S_OK, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioGetEnabledSetting` function.
     *
     * @param Value - Receives the setting.
     * @param Source - Receives where it comes from: `WINBIO_SETTING_SOURCE_*`.
     *
     * @example
     * ```ts
     * const [enabled, source] = [out(false), out(0)];
     * await WinBioGetEnabledSetting(enabled, source);
     * ```
     */
    WinBioGetEnabledSetting: setting('enabled'),

    /**
     * Reads whether a finger may log on to accounts. WBF: operations 11.
     *
     * Handles: none.
     *
     * Refused with E_POINTER.
     *
     * Ends with S_OK, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioGetLogonSetting` function.
     *
     * @param Value - Receives the setting.
     * @param Source - Receives where it comes from: `WINBIO_SETTING_SOURCE_*`.
     *
     * @example
     * ```ts
     * const [logon, source] = [out(false), out(0)];
     * await WinBioGetLogonSetting(logon, source);
     * ```
     */
    WinBioGetLogonSetting: setting('logon'),

    /**
     * Reads whether a finger may log on to domain accounts. WBF: operations 11.
     *
     * Handles: none.
     *
     * Refused with E_POINTER.
     *
     * Ends with S_OK, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioGetDomainLogonSetting` function.
     *
     * @param Value - Receives the setting.
     * @param Source - Receives where it comes from: `WINBIO_SETTING_SOURCE_*`.
     *
     * @example
     * ```ts
     * const [logon, source] = [out(false), out(0)];
     * await WinBioGetDomainLogonSetting(logon, source);
     * ```
     */
    WinBioGetDomainLogonSetting: setting('domainLogon'),

    /**
     * Reads the factors an account has templates of in the system pool; with the wildcard, those of all accounts.
     * WBF: operations 11.
     *
     * Handles: none.
     *
     * Refused with E_POINTER, E_INVALIDARG.
     *
     * Ends with S_OK, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioGetEnrolledFactors` function.
     *
     * @param AccountOwner - SID of the account, or the wildcard.
     * @param EnrolledFactors - Receives a mask of `WINBIO_TYPE_*`; 0 for none.
     *
     * @example
     * ```ts
     * const account = toWinbioIdentity({ type: 'sid', sid: 'S-1-22-1-1000' });
     * const factors = out(0);
     * const hr = await WinBioGetEnrolledFactors(account, factors);
     * ```
     */
    async WinBioGetEnrolledFactors(
      AccountOwner: WINBIO_IDENTITY | null | undefined,
      EnrolledFactors: OutParameter<number>,
    ): Promise<HRESULT> {
      if (AccountOwner === null || AccountOwner === undefined || !isHolder(EnrolledFactors)) return E_POINTER;
      const request = { kind: 'get-enrolled-factors', owner: identityArgument(AccountOwner) } as const;
      return await callService(process, request, ({ factors = 0 }) => fill(EnrolledFactors, factors));
    },
  };
}
