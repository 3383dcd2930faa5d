/** `@whorl/fingerprint/adapters`: the contracts of sensors, engines, storages and matching devices, for authors of adapters. */

export * from '../../adapters/adapter-module.ts';
export type * from '../../adapters/control.ts';
export type * from '../../adapters/engine-adapter.ts';
export { checkSample, EngineAdapterBase } from '../../adapters/engine-adapter-base.ts';
export { asDeviceSource, FixedDevices } from '../../adapters/fixed-devices.ts';
export { FixedSensors } from '../../adapters/fixed-sensors.ts';
export { HASH_ALGORITHMS, hashTemplate } from '../../adapters/hash-template.ts';
export { sharesBucket } from '../../adapters/index-vector.ts';
export * from '../../adapters/matching-device.ts';
export { MatchingDeviceBase, type MatchingDeviceBaseOptions } from '../../adapters/matching-device-base.ts';
export type * from '../../adapters/remote-search.ts';
export type * from '../../adapters/sensor-adapter.ts';
export { SensorAdapterBase, throwIfAborted } from '../../adapters/sensor-adapter-base.ts';
export type * from '../../adapters/shared-history.ts';
export type * from '../../adapters/shared-log.ts';
export type * from '../../adapters/storage-adapter.ts';
export { StorageAdapterBase } from '../../adapters/storage-adapter-base.ts';
export { type SubjectSelector, TemplateDatabaseBase } from '../../adapters/template-database-base.ts';
export { BiometricError, isBiometricError } from '../../core/biometric-error.ts';
export * from '../../core/constants.ts';
export type { GreyImage } from '../../core/grey-image.ts';
export type * from '../../core/identifiers.ts';
export type { Identity, OwnerIdentity } from '../../core/identity.ts';
