/** Databases of a scripted world. */

import type { StorageAdapter } from '../../adapters/storage-adapter.ts';
import { WINBIO_TYPE_FACIAL_FEATURES, WINBIO_TYPE_FINGERPRINT } from '../../core/constants.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import type { DatabaseRegistration } from '../../service/templates/store-registry.ts';
import type { HostOptions } from './host-options.ts';
import type { Surroundings } from './surroundings.ts';

/** The system pool's fingerprints. */
export const SYSTEM_DATABASE: DatabaseId = 'C4E87A90-5B13-4D2F-8E66-39A0F7C1D52B';
/** Private pools may use it. */
export const PRIVATE_DATABASE: DatabaseId = '0D6B7E11-94C2-4E0A-AB5C-62F1D8E3A904';
/** Installed, but no unit has a configuration for it. */
export const FOREIGN_DATABASE: DatabaseId = '77A1C3E5-08D2-4A6B-9F30-B1E4C7D2A586';
/** The system pool's faces. */
export const FACE_DATABASE: DatabaseId = 'E18B4C70-2D95-4F6A-83C1-5A7094BEDF26';

/** All of them; that of faces only where there is a camera. */
export function hostDatabases(
  { recordLimit, autoCreate = true }: HostOptions,
  { engine, camera, faceEngine }: Surroundings,
  storage: StorageAdapter,
): readonly DatabaseRegistration[] {
  const fingerprints = [SYSTEM_DATABASE, PRIVATE_DATABASE, FOREIGN_DATABASE].map((databaseId) => ({
    descriptor: {
      databaseId,
      factor: WINBIO_TYPE_FINGERPRINT,
      templateFormat: engine.info.templateFormat,
      ...(recordLimit !== undefined && { recordLimit }),
    },
    storage,
    autoCreate,
  }));
  if (camera === undefined) return fingerprints;
  const descriptor = {
    databaseId: FACE_DATABASE,
    factor: WINBIO_TYPE_FACIAL_FEATURES,
    templateFormat: faceEngine.info.templateFormat,
  };
  return [...fingerprints, { descriptor, storage, autoCreate: true }];
}
