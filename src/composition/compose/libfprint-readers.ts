/** Readers of libfprint as units: pictures for Whorl's engine, and readers that match inside. */

import type { SensorObserver, SensorSource } from '../../adapters/sensor-adapter.ts';
import type { BiometricError } from '../../core/biometric-error.ts';
import { LibfprintDevices } from '../../devices/libfprint/libfprint-devices.ts';
import type { OnBoardUnit, OnBoardUnitOptions } from '../../devices/on-board/on-board-unit.ts';
import { OnBoardUnits } from '../../devices/on-board/on-board-units.ts';
import { LibfprintReaders, type ReaderChoice } from '../../drivers/libfprint/libfprint-readers.ts';
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
