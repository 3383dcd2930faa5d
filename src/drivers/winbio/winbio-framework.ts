/** The units that Windows has, and their coming and going. */

import * as c from '../../core/constants.ts';
import { LAYOUTS } from './layouts.ts';
import { Structure } from './structure.ts';
import { type HandleKind, WinBioHandle } from './winbio-handle.ts';
import type { Notification, WinBioLibrary } from './winbio-library.ts';

/** A unit of winbio.dll. */
export interface WinBioUnit {
  readonly unitId: number;
  /** `WINBIO_POOL_*`: which it is in now. */
  readonly pool: number;
  /** `WINBIO_FP_SENSOR_SUBTYPE_*`. */
  readonly subType: number;
  /** Mask of `WINBIO_CAPABILITY_*`. */
  readonly capabilities: number;
  /** Names the device across restarts. */
  readonly deviceInstanceId: string;
  readonly description: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly serialNumber: string;
  readonly firmwareVersion: { readonly major: number; readonly minor: number };
}

/** Hears of units. */
export interface UnitChanges {
  arrived(unitId: number): void;
  removed(unitId: number): void;
}

const FRAMEWORK: HandleKind = {
  open: c.WINBIO_OPERATION_OPEN_FRAMEWORK,
  close: c.WINBIO_OPERATION_CLOSE_FRAMEWORK,
  begin: ({ call }, { key, target: { method, window, message, callback } }) =>
    call.WinBioAsyncOpenFramework(method, window, message, callback, key, 1, null),
  end: ({ call }, handle) => call.WinBioCloseFramework(handle),
};

export class WinBioFramework {
  readonly #library: WinBioLibrary;
  readonly #handle: WinBioHandle;

  private constructor(library: WinBioLibrary, handle: WinBioHandle) {
    this.#library = library;
    this.#handle = handle;
  }

  /** Connects, and tells of every change from now on. Rejects with what winbio.dll refuses with. */
  static async open(
    library: WinBioLibrary,
    changes: UnitChanges,
    { notification = 'callback' }: { readonly notification?: Notification | undefined } = {},
  ): Promise<WinBioFramework> {
    const handle = await WinBioHandle.open(library, FRAMEWORK, {
      by: notification,
      monitored(operation, { structure }) {
        const unitId = structure.number('UnitId');
        if (operation === c.WINBIO_OPERATION_UNIT_ARRIVAL) changes.arrived(unitId);
        if (operation === c.WINBIO_OPERATION_UNIT_REMOVAL) changes.removed(unitId);
      },
    });
    try {
      await handle.request('monitor-framework-changes', (number) =>
        library.call.WinBioAsyncMonitorFrameworkChanges(number, c.WINBIO_FRAMEWORK_CHANGE_UNIT),
      );
      return new WinBioFramework(library, handle);
    } catch (thrown) {
      await handle.close();
      throw thrown;
    }
  }

  /** The fingerprint readers there are now. */
  async units(signal?: AbortSignal): Promise<readonly WinBioUnit[]> {
    const { value } = await this.#handle.call(
      {
        name: 'enum-biometric-units',
        operation: c.WINBIO_OPERATION_ENUM_BIOMETRIC_UNITS,
        start: (handle) => this.#library.call.WinBioAsyncEnumBiometricUnits(handle, c.WINBIO_TYPE_FINGERPRINT),
        read: ({ structure, bytesAt }) => {
          const count = structure.number('Parameters.EnumBiometricUnits.UnitCount');
          const { bytes: size } = LAYOUTS.WINBIO_UNIT_SCHEMA;
          const all = bytesAt(structure.wide('Parameters.EnumBiometricUnits.UnitSchemaArray'), count * size);
          return Array.from({ length: count }, (_, i) => unitFrom(all.subarray(i * size, (i + 1) * size)));
        },
      },
      signal,
    );
    return value;
  }

  /** Ends the connection; idempotent. Never rejects. */
  async close(): Promise<void> {
    await this.#handle.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function unitFrom(bytes: Uint8Array): WinBioUnit {
  const schema = new Structure('WINBIO_UNIT_SCHEMA', bytes);
  return Object.freeze({
    unitId: schema.number('UnitId'),
    pool: schema.number('PoolType'),
    subType: schema.number('SensorSubType'),
    capabilities: schema.number('Capabilities'),
    deviceInstanceId: schema.text('DeviceInstanceId'),
    description: schema.text('Description'),
    manufacturer: schema.text('Manufacturer'),
    model: schema.text('Model'),
    serialNumber: schema.text('SerialNumber'),
    firmwareVersion: Object.freeze({
      major: schema.number('FirmwareVersion.MajorVersion'),
      minor: schema.number('FirmwareVersion.MinorVersion'),
    }),
  });
}
