/** One database of a device: what is deleted here is taken off the device first. */

import type { RecordName, StoredRecord, TemplateDatabase } from '../../adapters/storage-adapter.ts';
import { type SubjectSelector, TemplateDatabaseBase } from '../../adapters/template-database-base.ts';
import type { RecordId } from '../../core/identifiers.ts';
import { type DeviceTemplate, decodeDeviceTemplate } from './device-template.ts';
import type { OnBoardDevice } from './on-board-device.ts';

export class DeviceTemplateDatabase extends TemplateDatabaseBase {
  readonly #device: OnBoardDevice;
  readonly #records: TemplateDatabase;

  constructor(device: OnBoardDevice, records: TemplateDatabase) {
    super(records.descriptor);
    this.#device = device;
    this.#records = records;
  }

  protected override async _add(record: Omit<StoredRecord, 'recordId'>): Promise<RecordId> {
    const recordId = await this.#records.add(record);
    const template = readable(record.template);
    if (template?.device === this.#device.name) this.#device.keep(template.print.id);
    return recordId;
  }

  protected override _replace(record: RecordName, template: Uint8Array): Promise<void> {
    return this.#records.replace(record, template);
  }

  /** One record after the other: a fault leaves no record without its print, and prints without a record at most one. */
  protected override async _delete(selector: SubjectSelector): Promise<readonly RecordId[]> {
    const deleted: RecordId[] = [];
    for await (const batch of this.#records.query(selector)) {
      for (const { identity, subFactor, template } of batch) {
        const held = readable(template);
        if (held?.device === this.#device.name) await this.#device.remove(held.print);
        deleted.push(...(await this.#records.delete({ identity, subFactor })));
      }
    }
    return deleted;
  }

  protected override _query(selector: SubjectSelector): AsyncIterable<readonly StoredRecord[]> {
    return this.#records.query(selector);
  }

  protected override _count(): Promise<number> {
    return this.#records.count();
  }

  protected override _close(): Promise<void> {
    return this.#records.close();
  }
}

/** Bytes that are no template name no print: such a record is deleted all the same. */
function readable(template: Uint8Array): DeviceTemplate | undefined {
  try {
    return decodeDeviceTemplate(template);
  } catch {
    return undefined;
  }
}
