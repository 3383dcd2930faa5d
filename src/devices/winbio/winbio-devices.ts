/** The fingerprint readers of Windows, as they come and go. */

import type { MatchingDeviceSource } from '../../adapters/matching-device.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { Clock } from '../../core/clock.ts';
import {
  callback,
  checkOptions,
  databaseGuid,
  flag,
  type OptionTable,
  oneOf,
  record,
  text,
} from '../../core/option-rules.ts';
import { PlacedSource } from '../../drivers/waiting/placed-source.ts';
import { loadWinBio } from '../../drivers/winbio/winbio-library.ts';
import type { WinBioDevice, WinBioDeviceOptions } from './winbio-device.ts';
import { WinBioUnits } from './winbio-units.ts';

/** Options of {@link WinBioDevices}. */
export interface WinBioDevicesOptions extends WinBioDeviceOptions {
  /** Device instance id or description of the reader. Default: every fingerprint reader of Windows. */
  readonly unit?: string | undefined;
  /** Path of the library. Default: the system's winbio.dll. */
  readonly library?: string | undefined;
  /** Measures pauses. Default: the clock of the system. */
  readonly clock?: Clock | undefined;
  /** Told why no reader is there; once while the reason stays the same. Default: nobody is. */
  readonly onFault?: ((error: BiometricError) => void) | undefined;
}

const RULES: OptionTable<WinBioDevicesOptions> = {
  unit: text,
  pool: oneOf('system', 'private'),
  databaseId: databaseGuid,
  account: text,
  picture: flag,
  notification: oneOf('callback', 'message'),
  library: text,
  clock: record,
  onFault: callback,
  onRefused: callback,
};

/** A source with a device for each reader that was asked for, while Windows has it. */
export class WinBioDevices extends PlacedSource<WinBioDevice, WinBioUnits> implements MatchingDeviceSource {
  readonly #options: WinBioDevicesOptions;

  /**
   * Looks for readers, and resolves when it has looked once: those that come later are reported then. While the Windows
   * Biometric Service does not run, it is asked every five seconds. Rejects with E_INVALIDARG for options that are none,
   * WHORL_E_CONFIGURATION where there is no winbio.dll or no koffi.
   *
   * @example
   * ```ts
   * await using source = await WinBioDevices.start({ databaseId: '6F3A1C52-8B0D-4E7F-9A61-2C4D5E6F7081' });
   * ```
   */
  static async start(options: WinBioDevicesOptions = {}): Promise<WinBioDevices> {
    checkOptions('WinBioDevices.start', options, RULES);
    if (options.pool !== 'system' && options.databaseId === undefined) {
      throw new BiometricError(
        'E_INVALIDARG',
        'WinBioDevices.start: a private pool needs the databaseId of its prints',
      );
    }
    const library = await loadWinBio(options.library);
    const devices = new WinBioDevices(options, (observer) => WinBioUnits.watch(library, options, observer));
    await devices.place.looked();
    devices.#tellMissing();
    return devices;
  }

  private constructor(
    options: WinBioDevicesOptions,
    attach: (observer: {
      arrived(device: WinBioDevice): void;
      removed(device: WinBioDevice): void;
    }) => Promise<WinBioUnits>,
  ) {
    super(options, (attached) => ({
      attach: () => attach({ arrived: (device) => attached.add(device), removed: (device) => attached.remove(device) }),
      // Its units come and go with it, each by itself.
      arrived: () => {},
      removed: () => {},
    }));
    this.#options = options;
  }

  /** The devices there are now. */
  get devices(): readonly WinBioDevice[] {
    return this.attached.present;
  }

  /** Why there is no device; undefined while there is one. */
  override get fault(): BiometricError | undefined {
    if (this.attached.present.length > 0) return undefined;
    return this.place.fault ?? this.place.unit?.missing();
  }

  #tellMissing(): void {
    const missing = this.place.unit === undefined ? undefined : this.fault;
    if (missing !== undefined) this.#options.onFault?.(missing);
  }
}
