/**
 * Names of readers that were found: that of their driver, with a number when there are several. They keep it: one that has
 * a serial number at every port, others at their port, and all of them when the service starts again.
 */

import type { SensorInfo } from '../../adapters/sensor-adapter.ts';
import { freeName } from '../../drivers/libfprint/reader-names.ts';

/** What was named before outlives the service. */
export interface NameBook {
  /** Names by what the readers are known by. */
  read(): ReadonlyMap<string, string>;
  write(names: ReadonlyMap<string, string>): void;
}

/** What a reader is known by. */
type NamedSensor = { readonly info: Pick<SensorInfo, 'deviceInstanceId' | 'serialNumber'> };

/** Serial numbers of readers whose makers gave all of them the same. */
const NO_SERIAL = /^[0\s-]*$/;

export class FoundNames {
  readonly nameless: readonly string[];
  readonly #drivers: () => ReadonlyMap<string, string>;
  readonly #book: NameBook | undefined;
  readonly #names: Map<string, string>;
  /** Devices that were named since the service began. */
  readonly #devices = new Map<string, string>();

  /** `source`: name of the place among the readers of the service; `drivers` of those that are present, by their device path. */
  constructor(drivers: () => ReadonlyMap<string, string>, source: string, book?: NameBook) {
    this.#drivers = drivers;
    this.nameless = [source];
    this.#book = book;
    this.#names = new Map(book?.read());
  }

  get names(): readonly string[] {
    return [...new Set(this.#devices.values())];
  }

  nameOf({ info }: NamedSensor): string | undefined {
    const { deviceInstanceId } = info;
    const driver = this.#drivers().get(deviceInstanceId);
    const known = this.#devices.get(deviceInstanceId);
    if (driver === undefined) return known;
    const name = this.#nameOf(driver, info);
    this.#devices.set(deviceInstanceId, name);
    return name;
  }

  #nameOf(driver: string, { deviceInstanceId, serialNumber }: NamedSensor['info']): string {
    const bySerial = NO_SERIAL.test(serialNumber) ? undefined : `${driver} serial ${serialNumber}`;
    // Two at the same time with one serial number are told apart by their ports.
    const present = this.#drivers();
    const taken = new Set(
      [...this.#devices].flatMap(([id, name]) => (id !== deviceInstanceId && present.has(id) ? [name] : [])),
    );
    for (const key of [...(bySerial === undefined ? [] : [bySerial]), `${driver} at ${deviceInstanceId}`]) {
      const name = this.#names.get(key);
      if (name !== undefined) {
        if (!taken.has(name)) return name;
        continue;
      }
      const made = freeName(driver, new Set(this.#names.values()));
      this.#names.set(key, made);
      this.#book?.write(this.#names);
      return made;
    }
    // The port has had another reader of the same serial number.
    const made = freeName(driver, new Set(this.#names.values()));
    this.#names.set(`${driver} at ${deviceInstanceId}`, made);
    this.#book?.write(this.#names);
    return made;
  }
}
