/** Readers as the configuration lists them. */

import type { MatchingDeviceSource } from '../../adapters/matching-device.ts';
import type { SensorSource } from '../../adapters/sensor-adapter.ts';
import type { BiometricError } from '../../core/biometric-error.ts';
import type { OnBoardUnit, OnBoardUnitOptions } from '../../devices/on-board/on-board-unit.ts';
import type { OnBoardUnits } from '../../devices/on-board/on-board-units.ts';
import { VirtualReader } from '../../sensors/virtual/virtual-reader.ts';
import { type LoadingParts, loadReader } from '../configuration/load-adapter.ts';
import { readerNames } from '../configuration/reader-names.ts';
import type { ReaderConfiguration } from '../configuration/service-configuration.ts';

export interface Readers {
  /** All of them, by name. */
  readonly sources: ReadonlyMap<string, SensorSource>;
  /** Those that can be driven. */
  readonly virtualReaders: ReadonlyMap<string, VirtualReader>;
  /** Those that match inside and are present. */
  readonly devices: () => readonly OnBoardUnit[];
  /** Why readers are not there that the configuration names. */
  readonly faults: () => readonly BiometricError[];
}

/**
 * Makes them; `stack` owns what was made, also when a later one fails. `loading` says where modules are, `onBoard` what
 * readers that match inside are joined with.
 */
export async function composeReaders(
  readers: readonly ReaderConfiguration[],
  loading: LoadingParts,
  onBoard: OnBoardUnitOptions,
  stack: AsyncDisposableStack,
): Promise<Readers> {
  const virtualReaders = new Map<string, VirtualReader>();
  const sources = new Map<string, SensorSource>();
  const deviceUnits: OnBoardUnits[] = [];
  const mayBeMissing: { readonly fault: BiometricError | undefined }[] = [];
  const addDevices = async (name: string, devices: MatchingDeviceSource) => {
    const { OnBoardUnits } = await import('../../devices/on-board/on-board-units.ts');
    const units = stack.use(await OnBoardUnits.start(devices, onBoard));
    deviceUnits.push(units);
    sources.set(name, units);
  };
  const names = readerNames(readers);
  for (const [i, reader] of readers.entries()) {
    const name = names[i] ?? '';
    const serialNumber = String(i + 1);
    switch (reader.kind) {
      case 'virtual': {
        const virtual = stack.use(new VirtualReader({ serialNumber, earlyTouch: reader.earlyTouch ?? 'lost' }));
        virtualReaders.set(name, virtual);
        sources.set(name, virtual);
        break;
      }
      case 'replay': {
        const { resolutionPpi, files } = reader;
        const options = {
          serialNumber,
          ...(resolutionPpi !== undefined && { resolutionPpi }),
          ...(files && { files }),
        };
        const { ReplayReader } = await import('../../sensors/replay/replay-reader.ts');
        sources.set(name, stack.use(await ReplayReader.open(reader.folder, options)));
        break;
      }
      case 'serial': {
        const { kind: _, name: __, mode, ...found } = reader;
        const onFault = ({ code, message }: BiometricError) => {
          loading.logger.warn(`the reader ${name} is not there: ${message}`, { code });
        };
        if (mode === 'image') {
          const { SerialSensors } = await import('../../sensors/serial/serial-sensors.ts');
          const sensors = stack.use(await SerialSensors.start({ ...found, onFault }));
          mayBeMissing.push(sensors);
          sources.set(name, sensors);
        } else {
          const { SerialDevices } = await import('../../devices/serial/serial-devices.ts');
          const devices = await SerialDevices.start({ ...found, onFault });
          mayBeMissing.push(devices);
          await addDevices(name, devices);
        }
        break;
      }
      case 'module': {
        const loaded = await loadReader(reader, loading);
        stack.defer(() => loaded.source.close());
        if (loaded.kind === 'sensor') sources.set(name, loaded.source);
        else await addDevices(name, loaded.source);
        break;
      }
      default:
        reader satisfies never;
    }
  }
  return {
    sources,
    virtualReaders,
    devices: () => deviceUnits.flatMap(({ units }) => units),
    faults: () => mayBeMissing.flatMap(({ fault }) => fault ?? []),
  };
}
