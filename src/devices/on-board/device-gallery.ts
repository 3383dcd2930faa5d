/** The records that a device is asked about: prints by record, and records by print. */

import type { Gallery } from '../../adapters/engine-adapter.ts';
import type { DevicePrint } from '../../adapters/matching-device.ts';
import type { RecordId } from '../../core/identifiers.ts';
import { decodeDeviceTemplate } from './device-template.ts';

export class DeviceGallery implements Gallery {
  readonly #prints = new Map<RecordId, DevicePrint>();
  readonly #records = new Map<string, RecordId>();
  readonly #changed: () => void;

  /** `changed` is called when it holds other prints. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get size(): number {
    return this.#prints.size;
  }

  /** All prints, or those of some records. */
  prints(among?: readonly RecordId[]): readonly DevicePrint[] {
    if (among === undefined) return [...this.#prints.values()];
    return among.flatMap((recordId) => this.#prints.get(recordId) ?? []);
  }

  /** The record of a print. */
  recordOf(id: string): RecordId | undefined {
    return this.#records.get(id);
  }

  add(recordId: RecordId, template: Uint8Array): void {
    const { print } = decodeDeviceTemplate(template);
    this.#forget(recordId);
    this.#prints.set(recordId, print);
    this.#records.set(print.id, recordId);
    this.#changed();
  }

  remove(recordId: RecordId): void {
    if (this.#forget(recordId)) this.#changed();
  }

  [Symbol.dispose](): void {
    this.#prints.clear();
    this.#records.clear();
  }

  #forget(recordId: RecordId): boolean {
    const print = this.#prints.get(recordId);
    if (print === undefined) return false;
    this.#prints.delete(recordId);
    if (this.#records.get(print.id) === recordId) this.#records.delete(print.id);
    return true;
  }
}
