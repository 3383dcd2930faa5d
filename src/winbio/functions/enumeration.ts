/** Enumerations with and without a framework handle. WBF: framework 3 and 4. */

import { checkFactorMask } from '../../core/argument-rules.ts';
import { FAILED, type HRESULT } from '../../core/hresult.ts';
import type { RequestOf } from '../../core/operation-request.ts';
import type { OperationValues } from '../../core/operation-result.ts';
import { E_POINTER } from '../../core/result-constants.ts';
import { operate } from '../operate.ts';
import { fill, isHolder, type OutParameter } from '../out.ts';
import type { WINBIO_BSP_SCHEMA, WINBIO_STORAGE_SCHEMA, WINBIO_UNIT_SCHEMA } from '../structures.ts';
import { bspSchema, storageSchema, unitSchema } from '../to-structures.ts';
import type { WinBioProcess } from '../winbio-process.ts';

type Enumeration = 'enum-biometric-units' | 'enum-databases' | 'enum-service-providers';

/** Functions that list what there is. */
export function enumerationFunctions(process: WinBioProcess) {
  /** Checks pointers, then the mask (D-15). The array is null and the count 0 unless something is found. */
  const enumerate = <T>(
    kind: Enumeration,
    Factor: number,
    array: OutParameter<T[] | null>,
    count: OutParameter<number>,
    items: (values: OperationValues) => T[],
  ): Promise<HRESULT> => {
    fill(array, null);
    fill(count, 0);
    if (!isHolder(array) || !isHolder(count)) return Promise.resolve(E_POINTER);
    const refused = checkFactorMask(Factor);
    if (FAILED(refused)) return Promise.resolve(refused);
    return new Promise((resolve) => {
      process.channel.call({ kind, factor: Factor } as RequestOf<Enumeration>, ({ hresult, values }) => {
        const found = items(values);
        if (found.length > 0) fill(array, process.blocks.issue(found));
        fill(count, found.length);
        resolve(hresult);
      });
    });
  };
  return {
    /**
     * Lists the attached units of the factors, whatever pool they are in; the program frees the array.
     * WBF: framework 4.
     *
     * Handles: none.
     *
     * Refused with E_POINTER, E_INVALIDARG.
     *
     * Ends with S_OK, WINBIO_E_DISABLED, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioEnumBiometricUnits` function.
     *
     * @param Factor - Mask of `WINBIO_TYPE_*`.
     * @param UnitSchemaArray - Receives the units; null when there are none.
     * @param UnitCount - Receives their number.
     *
     * @example
     * ```ts
     * const [units, count] = [out<WINBIO_UNIT_SCHEMA[] | null>(null), out(0)];
     * if ((await WinBioEnumBiometricUnits(WINBIO_TYPE_FINGERPRINT, units, count)) === S_OK) WinBioFree(units.value);
     * ```
     */
    WinBioEnumBiometricUnits(
      Factor: number,
      UnitSchemaArray: OutParameter<WINBIO_UNIT_SCHEMA[] | null>,
      UnitCount: OutParameter<number>,
    ): Promise<HRESULT> {
      const items = ({ units = [] }: OperationValues) => units.map(unitSchema);
      return enumerate('enum-biometric-units', Factor, UnitSchemaArray, UnitCount, items);
    },

    /**
     * Lists the installed databases of the factors; the program frees the array. WBF: framework 4.
     *
     * Handles: none.
     *
     * Refused with E_POINTER, E_INVALIDARG.
     *
     * Ends with S_OK, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioEnumDatabases` function.
     *
     * @param Factor - Mask of `WINBIO_TYPE_*`.
     * @param StorageSchemaArray - Receives the databases; null when there are none.
     * @param StorageCount - Receives their number.
     *
     * @example
     * ```ts
     * const [databases, count] = [out<WINBIO_STORAGE_SCHEMA[] | null>(null), out(0)];
     * if ((await WinBioEnumDatabases(WINBIO_TYPE_FINGERPRINT, databases, count)) === S_OK) WinBioFree(databases.value);
     * ```
     */
    WinBioEnumDatabases(
      Factor: number,
      StorageSchemaArray: OutParameter<WINBIO_STORAGE_SCHEMA[] | null>,
      StorageCount: OutParameter<number>,
    ): Promise<HRESULT> {
      const items = ({ databases = [] }: OperationValues) => databases.map(storageSchema);
      return enumerate('enum-databases', Factor, StorageSchemaArray, StorageCount, items);
    },

    /**
     * Lists the service providers of the factors; the program frees the array. WBF: framework 4.
     *
     * Handles: none.
     *
     * Refused with E_POINTER, E_INVALIDARG.
     *
     * Ends with S_OK, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioEnumServiceProviders` function.
     *
     * @param Factor - Mask of `WINBIO_TYPE_*`.
     * @param BspSchemaArray - Receives the providers; null when there are none.
     * @param BspCount - Receives their number.
     *
     * @example
     * ```ts
     * const [providers, count] = [out<WINBIO_BSP_SCHEMA[] | null>(null), out(0)];
     * if ((await WinBioEnumServiceProviders(WINBIO_TYPE_FINGERPRINT, providers, count)) === S_OK) WinBioFree(providers.value);
     * ```
     */
    WinBioEnumServiceProviders(
      Factor: number,
      BspSchemaArray: OutParameter<WINBIO_BSP_SCHEMA[] | null>,
      BspCount: OutParameter<number>,
    ): Promise<HRESULT> {
      const items = ({ providers = [] }: OperationValues) => providers.map(bspSchema);
      return enumerate('enum-service-providers', Factor, BspSchemaArray, BspCount, items);
    },

    /**
     * Lists the attached units of the factors in a notice. WBF: framework 3.
     *
     * Handles: framework connections. Notice: ENUM_BIOMETRIC_UNITS.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_INVALIDARG.
     *
     * Ends with S_OK, WINBIO_E_CANCELED, WINBIO_E_DISABLED, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioAsyncEnumBiometricUnits` function.
     *
     * @param FrameworkHandle - Handle of an open framework connection.
     * @param Factor - Mask of `WINBIO_TYPE_*`.
     *
     * @example
     * ```ts
     * const hr = await WinBioAsyncEnumBiometricUnits(framework.value, WINBIO_TYPE_FINGERPRINT); // the list comes as a notice
     * ```
     */
    WinBioAsyncEnumBiometricUnits(FrameworkHandle: number, Factor: number): Promise<HRESULT> {
      return operate(process, FrameworkHandle, { request: { kind: 'enum-biometric-units', factor: Factor } });
    },

    /**
     * Lists the installed databases of the factors in a notice. WBF: framework 3.
     *
     * Handles: framework connections. Notice: ENUM_DATABASES.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_INVALIDARG.
     *
     * Ends with S_OK, WINBIO_E_CANCELED, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioAsyncEnumDatabases` function.
     *
     * @param FrameworkHandle - Handle of an open framework connection.
     * @param Factor - Mask of `WINBIO_TYPE_*`.
     *
     * @example
     * ```ts
     * const hr = await WinBioAsyncEnumDatabases(framework.value, WINBIO_TYPE_FINGERPRINT); // the list comes as a notice
     * ```
     */
    WinBioAsyncEnumDatabases(FrameworkHandle: number, Factor: number): Promise<HRESULT> {
      return operate(process, FrameworkHandle, { request: { kind: 'enum-databases', factor: Factor } });
    },

    /**
     * Lists the service providers of the factors in a notice. WBF: framework 3.
     *
     * Handles: framework connections. Notice: ENUM_SERVICE_PROVIDERS.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_INVALIDARG.
     *
     * Ends with S_OK, WINBIO_E_CANCELED, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioAsyncEnumServiceProviders` function.
     *
     * @param FrameworkHandle - Handle of an open framework connection.
     * @param Factor - Mask of `WINBIO_TYPE_*`.
     *
     * @example
     * ```ts
     * const hr = await WinBioAsyncEnumServiceProviders(framework.value, WINBIO_TYPE_FINGERPRINT); // the list comes as a notice
     * ```
     */
    WinBioAsyncEnumServiceProviders(FrameworkHandle: number, Factor: number): Promise<HRESULT> {
      return operate(process, FrameworkHandle, { request: { kind: 'enum-service-providers', factor: Factor } });
    },
  };
}
