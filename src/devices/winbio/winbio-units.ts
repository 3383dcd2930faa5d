/** One connection to the framework of Windows, and a device for each of its units that was asked for. */

import { BiometricError } from '../../core/biometric-error.ts';
import { Turns } from '../../drivers/waiting/turns.ts';
import { WinBioFramework, type WinBioUnit } from '../../drivers/winbio/winbio-framework.ts';
import type { WinBioLibrary } from '../../drivers/winbio/winbio-library.ts';
import { WinBioSession } from '../../drivers/winbio/winbio-session.ts';
import { WinBioDevice, type WinBioDeviceOptions } from './winbio-device.ts';

/** What is asked for. */
export interface WinBioUnitsOptions extends WinBioDeviceOptions {
  /** Device instance id or description of the reader. Default: all of them. */
  readonly unit?: string | undefined;
}

/** Hears of devices. */
export interface WinBioUnitsObserver {
  arrived(device: WinBioDevice): void;
  removed(device: WinBioDevice): void;
}

/** What an enrollment takes at readers whose adapter does not say: about as many as Windows asks for itself. */
const USUAL_STAGES = 10;

export class WinBioUnits {
  readonly #library: WinBioLibrary;
  readonly #options: WinBioUnitsOptions;
  readonly #observer: WinBioUnitsObserver;
  readonly #devices = new Map<number, WinBioDevice>();
  readonly #turns = new Turns();
  readonly #gone = Promise.withResolvers<void>();
  #framework: WinBioFramework | undefined;
  #seen: readonly WinBioUnit[] = [];
  #closing: Promise<void> | undefined;

  /** Connects, and tells of the devices there are and of every change. Rejects with what winbio.dll refuses with. */
  static async watch(
    library: WinBioLibrary,
    options: WinBioUnitsOptions,
    observer: WinBioUnitsObserver,
  ): Promise<WinBioUnits> {
    const units = new WinBioUnits(library, options, observer);
    units.#framework = await WinBioFramework.open(
      library,
      {
        arrived: () => void units.#lookAgain(),
        removed: (unitId) => units.#leave(unitId),
      },
      { notification: options.notification },
    );
    try {
      await units.#turns.take(() => units.#look());
      return units;
    } catch (thrown) {
      await units.close();
      throw thrown;
    }
  }

  private constructor(library: WinBioLibrary, options: WinBioUnitsOptions, observer: WinBioUnitsObserver) {
    this.#library = library;
    this.#options = options;
    this.#observer = observer;
  }

  /** Resolves when the Windows Biometric Service does not answer any more, or the connection is closed. */
  get gone(): Promise<void> {
    return this.#gone.promise;
  }

  /** Why there is no device; undefined while there is one. */
  missing(): BiometricError | undefined {
    if (this.#devices.size > 0) return undefined;
    const { unit } = this.#options;
    const names = this.#seen.map(({ description, deviceInstanceId }) => `${description} at ${deviceInstanceId}`);
    const has = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`;
    const text = unit === undefined ? 'Windows has no fingerprint reader' : `Windows has no reader ${unit}: ${has}`;
    return new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', text);
  }

  /** Closes the devices and the connection; idempotent. Never rejects. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const devices = [...this.#devices.values()];
    this.#devices.clear();
    for (const device of devices) this.#observer.removed(device);
    await Promise.allSettled(devices.map((device) => device.close()));
    await this.#framework?.close();
    this.#gone.resolve();
  }

  async #lookAgain(): Promise<void> {
    // Without an answer there is no connection any more; another one is made, which looks itself.
    await this.#turns.take(() => this.#look()).catch(() => this.#end());
  }

  async #look(): Promise<void> {
    if (this.#closing !== undefined || this.#framework === undefined) return;
    this.#seen = await this.#framework.units();
    const { unit: wanted } = this.#options;
    for (const unit of this.#seen) {
      const { unitId, deviceInstanceId, description } = unit;
      if (wanted !== undefined && wanted !== deviceInstanceId && wanted !== description) continue;
      if (this.#devices.has(unitId)) continue;
      const enrollStages = await this.#stagesOf(unitId);
      if (this.#closing !== undefined) return;
      const parts = { library: this.#library, unit, enrollStages, serviceGone: () => this.#end() };
      const device = new WinBioDevice(parts, this.#options);
      this.#devices.set(unitId, device);
      this.#observer.arrived(device);
    }
  }

  /** The property is of a unit, but asked for in a session; the one of the system's pool disturbs nobody. */
  async #stagesOf(unitId: number): Promise<number> {
    const { notification } = this.#options;
    try {
      await using session = await WinBioSession.open(this.#library, { pool: { kind: 'system' }, notification });
      return (await session.sampleHint(unitId)) || USUAL_STAGES;
    } catch {
      // A session at a remote desktop gets none; opening the device says so, if it matters.
      return USUAL_STAGES;
    }
  }

  #leave(unitId: number): void {
    const device = this.#devices.get(unitId);
    if (device === undefined) return;
    this.#devices.delete(unitId);
    device.lost();
    this.#observer.removed(device);
    // What it held at Windows went with the unit; a failure to give it back has no one to hear of it.
    device.close().catch(() => {});
  }

  /** The service went: so did its devices. */
  #end(): void {
    for (const unitId of [...this.#devices.keys()]) this.#leave(unitId);
    void this.close();
  }
}
