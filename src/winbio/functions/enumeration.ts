/** Enumerations with and without a framework handle. WBF: framework 3 and 4. */

import { checkFactorMask } from '../../core/argument-rules.ts';
import { FAILED, type HRESULT } from '../../core/hresult.ts';
import type { RequestOf } from '../../core/operation-request.ts';
import type { OperationValues } from '../../core/operation-result.ts';
import { E_POINTER } from '../../core/result-constants.ts';
import { operate } from '../operate.ts';
import { fill, isHolder, type OutParameter } from '../out.ts';
import {
  bspSchema,
  storageSchema,
  unitSchema,
  type WINBIO_BSP_SCHEMA,
  type WINBIO_STORAGE_SCHEMA,
  type WINBIO_UNIT_SCHEMA,
} from '../structures.ts';
import type { WinBioProcess } from '../winbio-process.ts';

type Enumeration = 'enum-biometric-units' | 'enum-databases' | 'enum-service-providers';

/** Functions that list what there is. */
export function enumerationFunctions(process: WinBioProcess) {
  /** Pointers first, then the mask (D-15); the array is null and the count 0 unless something was found. */
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
    /** All attached units of the factors; the client frees the array. */
    WinBioEnumBiometricUnits(
      Factor: number,
      UnitSchemaArray: OutParameter<WINBIO_UNIT_SCHEMA[] | null>,
      UnitCount: OutParameter<number>,
    ): Promise<HRESULT> {
      const items = ({ units = [] }: OperationValues) => units.map(unitSchema);
      return enumerate('enum-biometric-units', Factor, UnitSchemaArray, UnitCount, items);
    },

    /** All registered databases of the factors; the client frees the array. */
    WinBioEnumDatabases(
      Factor: number,
      StorageSchemaArray: OutParameter<WINBIO_STORAGE_SCHEMA[] | null>,
      StorageCount: OutParameter<number>,
    ): Promise<HRESULT> {
      const items = ({ databases = [] }: OperationValues) => databases.map(storageSchema);
      return enumerate('enum-databases', Factor, StorageSchemaArray, StorageCount, items);
    },

    /** All service providers of the factors; the client frees the array. */
    WinBioEnumServiceProviders(
      Factor: number,
      BspSchemaArray: OutParameter<WINBIO_BSP_SCHEMA[] | null>,
      BspCount: OutParameter<number>,
    ): Promise<HRESULT> {
      const items = ({ providers = [] }: OperationValues) => providers.map(bspSchema);
      return enumerate('enum-service-providers', Factor, BspSchemaArray, BspCount, items);
    },

    /** One ENUM_BIOMETRIC_UNITS notice follows. */
    WinBioAsyncEnumBiometricUnits(FrameworkHandle: number, Factor: number): Promise<HRESULT> {
      return operate(process, FrameworkHandle, { request: { kind: 'enum-biometric-units', factor: Factor } });
    },

    /** One ENUM_DATABASES notice follows. */
    WinBioAsyncEnumDatabases(FrameworkHandle: number, Factor: number): Promise<HRESULT> {
      return operate(process, FrameworkHandle, { request: { kind: 'enum-databases', factor: Factor } });
    },

    /** One ENUM_SERVICE_PROVIDERS notice follows. */
    WinBioAsyncEnumServiceProviders(FrameworkHandle: number, Factor: number): Promise<HRESULT> {
      return operate(process, FrameworkHandle, { request: { kind: 'enum-service-providers', factor: Factor } });
    },
  };
}
