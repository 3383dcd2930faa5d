/** One matching device as the three adapters of a unit. */

import type { MatchingDevice } from '../../adapters/matching-device.ts';
import type { OnBoard, SensorAdapter } from '../../adapters/sensor-adapter.ts';
import type { DatabaseDescriptor, StorageAdapter } from '../../adapters/storage-adapter.ts';
import { WINBIO_TYPE_FINGERPRINT } from '../../core/constants.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import { namedGuid } from '../../core/named-guid.ts';
import { DeviceEngine } from './device-engine.ts';
import { DeviceSensor } from './device-sensor.ts';
import { DeviceStorage } from './device-storage.ts';
import { DEVICE_TEMPLATE_FORMAT } from './device-template.ts';
import { OnBoardDevice } from './on-board-device.ts';

/** What a device is joined with. */
export interface OnBoardUnitOptions {
  /** Keeps the records: whose each print is. Not closed with the unit. */
  readonly records: StorageAdapter;
  /** Ids of the configured databases; the device gets one of its own in place of each. */
  readonly databaseIds: readonly DatabaseId[];
  /** What the records need to be opened, by the id of the device's database: a path. Default: nothing. */
  readonly place?: (databaseId: DatabaseId) => Pick<DatabaseDescriptor, 'path' | 'connectionString'>;
}

/** A device, and the sensor that brings its engine and storage. */
export interface OnBoardUnit {
  /** The device: one call at a time, and what is known to be on it. */
  readonly device: OnBoardDevice;
  /** The sensor; its `onBoard` has the engine and the storage. */
  readonly sensor: SensorAdapter;
}

/**
 * Joins a device; it is opened by the unit, and closed with the sensor. Rejects with E_INVALIDARG for an id that is no GUID.
 *
 * @example
 * ```ts
 * const { sensor } = await onBoardUnit(device, { records: storage, databaseIds: [databaseId] });
 * await sensor.onBoard?.prepare();
 * ```
 */
export async function onBoardUnit(
  device: MatchingDevice,
  { records, databaseIds, place = () => ({}) }: OnBoardUnitOptions,
): Promise<OnBoardUnit> {
  const shared = new OnBoardDevice(device);
  const databases = new Map<DatabaseId, DatabaseDescriptor>();
  for (const id of databaseIds) {
    const databaseId = await deviceDatabaseId(id, device.info.deviceInstanceId);
    const common = { databaseId, factor: WINBIO_TYPE_FINGERPRINT, templateFormat: DEVICE_TEMPLATE_FORMAT };
    databases.set(id, { ...common, ...place(databaseId) });
  }
  const onBoard: OnBoard = {
    engine: new DeviceEngine(shared),
    storage: new DeviceStorage(shared, records),
    databases,
    prepare: () => shared.prepare(),
  };
  return { device: shared, sensor: new DeviceSensor(shared, onBoard) };
}

/**
 * Id of the database that a device has in place of a configured one: always the same for the same device. Rejects with
 * E_INVALIDARG for an id that is no GUID.
 *
 * @example
 * ```ts
 * const own = await deviceDatabaseId(databaseId, device.info.deviceInstanceId);
 * ```
 */
export function deviceDatabaseId(databaseId: DatabaseId, deviceInstanceId: string): Promise<DatabaseId> {
  return namedGuid(databaseId, `device/${deviceInstanceId}`);
}
