/** Readers of libfprint as units: pictures for Whorl's engine, and readers that match inside. */

import type { SensorAdapter, SensorObserver, SensorSource } from '../../adapters/sensor-adapter.ts';
import type { BiometricError } from '../../core/biometric-error.ts';
import { LibfprintDevices } from '../../devices/libfprint/libfprint-devices.ts';
import type { OnBoardUnit, OnBoardUnitOptions } from '../../devices/on-board/on-board-unit.ts';
import { OnBoardUnits } from '../../devices/on-board/on-board-units.ts';
import { LibfprintReaders, type ReaderChoice } from '../../drivers/libfprint/libfprint-readers.ts';
import { freeName } from '../../drivers/libfprint/reader-names.ts';
import { knownIds } from '../../drivers/libfprint/supported-ids.ts';
import { LibfprintSensors } from '../../sensors/libfprint/libfprint-sensors.ts';
import type { LoadingParts } from '../configuration/load-adapter.ts';

/** Which readers, and what is known of them. */
export interface LibfprintSelection extends ReaderChoice {
  /** Pixels per inch of those that hand out pictures. */
  readonly ppi?: number | undefined;
}

/** What libfprint drives, as one place where sensors come and go. */
export interface LibfprintPlace {
  readonly source: SensorSource;
  /** Those that match inside and are present. */
  readonly devices: () => readonly OnBoardUnit[];
  /** Readers that are plugged in and cannot be used. */
  readonly faults: () => readonly BiometricError[];
  /** Drivers of the readers that are present, by their device path. */
  readonly drivers: () => ReadonlyMap<string, string>;
}

/** True where libfprint is installed. */
export async function hasLibfprint(): Promise<boolean> {
  return (await knownIds()) !== undefined;
}

/** Finds the readers; `loading` says who hears of their faults. */
export async function libfprintPlace(
  { ppi, ...choice }: LibfprintSelection,
  { logger, keyVariable }: LoadingParts,
  onBoard: OnBoardUnitOptions,
): Promise<LibfprintPlace> {
  const readers = await LibfprintReaders.start(choice, { logger, keyVariable });
  const sensors = new LibfprintSensors(readers, { ppi });
  const units = await OnBoardUnits.start(new LibfprintDevices(readers), onBoard);
  return {
    source: new JoinedSources([sensors, units], () => readers.close()),
    devices: () => units.units,
    faults: () => readers.faults,
    drivers: () => new Map(readers.links.map(({ found }) => [found.deviceInstanceId, found.driver])),
  };
}

/** Several places as one. */
class JoinedSources implements SensorSource {
  readonly #parts: readonly SensorSource[];
  readonly #after: () => Promise<void>;
  #closing: Promise<void> | undefined;

  constructor(parts: readonly SensorSource[], after: () => Promise<void>) {
    this.#parts = parts;
    this.#after = after;
  }

  watch(observer: SensorObserver): Disposable {
    const watching = this.#parts.map((part) => part.watch(observer));
    return {
      [Symbol.dispose]() {
        for (const each of watching) each[Symbol.dispose]();
      },
    };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    const closed = await Promise.allSettled(this.#parts.map((part) => part.close()));
    await this.#after();
    const errors = closed.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    if (errors.length > 0) throw new AggregateError(errors, 'some readers could not be closed');
  }
}

/** Names of readers that were found: that of their driver, with a number when there are several. They keep it. */
export class FoundNames {
  readonly nameless: readonly string[];
  readonly #place: LibfprintPlace;
  readonly #names = new Map<string, string>();

  /** `source`: name of the place among the readers of the service. */
  constructor(place: LibfprintPlace, source: string) {
    this.#place = place;
    this.nameless = [source];
  }

  get names(): readonly string[] {
    return [...this.#names.values()];
  }

  nameOf({ info }: SensorAdapter): string | undefined {
    const driver = this.#place.drivers().get(info.deviceInstanceId);
    if (driver === undefined) return this.#names.get(info.deviceInstanceId);
    const known = this.#names.get(info.deviceInstanceId);
    if (known !== undefined) return known;
    const name = freeName(driver, new Set(this.#names.values()));
    this.#names.set(info.deviceInstanceId, name);
    return name;
  }
}
