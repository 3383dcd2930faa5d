/** The storage of a device: our records in a database of the service, and their prints on the device, changed together. */

import type {
  DatabaseDescriptor,
  StorageAdapter,
  StorageInfo,
  TemplateDatabase,
} from '../../adapters/storage-adapter.ts';
import { StorageAdapterBase } from '../../adapters/storage-adapter-base.ts';
import type { TemplateDatabaseBase } from '../../adapters/template-database-base.ts';
import { WINBIO_DATABASE_TYPE_ONCHIP } from '../../core/constants.ts';
import { DeviceTemplateDatabase } from './device-template-database.ts';
import type { OnBoardDevice } from './on-board-device.ts';

/** Keeps the records of one device in another storage, which stays its owner's to close. */
export class DeviceStorage extends StorageAdapterBase {
  readonly info: StorageInfo;
  readonly #device: OnBoardDevice;
  readonly #records: StorageAdapter;

  constructor(device: OnBoardDevice, records: StorageAdapter) {
    super();
    this.#device = device;
    this.#records = records;
    this.info = { attributes: WINBIO_DATABASE_TYPE_ONCHIP, durable: records.info.durable };
  }

  protected override async _open(
    descriptor: DatabaseDescriptor,
    options: { readonly create: boolean },
  ): Promise<TemplateDatabaseBase> {
    const records: TemplateDatabase = await this.#records.open(descriptor, options);
    return new DeviceTemplateDatabase(this.#device, records);
  }

  /** Erases the records; the prints stay on the device until they are taken off. */
  protected override _erase(descriptor: DatabaseDescriptor): Promise<void> {
    return this.#records.erase(descriptor);
  }
}
