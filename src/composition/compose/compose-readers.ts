/** Readers as the configuration lists them. */

import type { MatchingDeviceSource } from '../../adapters/matching-device.ts';
import type { SensorSource } from '../../adapters/sensor-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { OnBoardUnit, OnBoardUnitOptions } from '../../devices/on-board/on-board-unit.ts';
import type { OnBoardUnits } from '../../devices/on-board/on-board-units.ts';
import { VirtualReader } from '../../sensors/virtual/virtual-reader.ts';
import type { OwnReaderNames } from '../../service/service-options.ts';
import { ownSid } from '../accounts/own-account.ts';
import { type LoadingParts, loadReader } from '../configuration/load-adapter.ts';
import { readerNames } from '../configuration/reader-names.ts';
import type { ReaderConfiguration, ReadersConfiguration } from '../configuration/service-configuration.ts';
import { FoundNames, type NameBook } from './found-names.ts';
import type { LibfprintPlace, LibfprintSelection } from './libfprint-readers.ts';

export interface Readers {
  /** All of them, by name. */
  readonly sources: ReadonlyMap<string, SensorSource>;
  /** Those that can be driven. */
  readonly virtualReaders: ReadonlyMap<string, VirtualReader>;
  /** Those that match inside and are present. */
  readonly devices: () => readonly OnBoardUnit[];
  /** Names of those that found themselves. */
  readonly ownNames?: OwnReaderNames;
  /** Readers that are plugged in and cannot be used, and those that are not there although the configuration names them. */
  readonly faults: () => readonly BiometricError[];
}

/** Name of the place where readers find themselves, and of the virtual reader that stands in for them. */
const AUTO = 'auto';
export const STAND_IN = 'virtual';

/**
 * Makes them; `stack` owns what was made, also when a later one fails. `loading` says where modules are, `onBoard` what
 * readers that match inside are joined with, `names` what those that find themselves were called before.
 */
export async function composeReaders(
  readers: ReadersConfiguration,
  loading: LoadingParts,
  onBoard: OnBoardUnitOptions,
  stack: AsyncDisposableStack,
  names?: NameBook,
): Promise<Readers> {
  if (readers === 'auto') return await foundReaders(loading, onBoard, stack, names);
  return await listedReaders(readers, loading, onBoard, stack);
}

/** Every reader that libfprint finds; a virtual one when none is plugged in at the start. */
async function foundReaders(
  loading: LoadingParts,
  onBoard: OnBoardUnitOptions,
  stack: AsyncDisposableStack,
  names: NameBook | undefined,
): Promise<Readers> {
  const { hasLibfprint, libfprintPlace } = await import('./libfprint-readers.ts');
  const sources = new Map<string, SensorSource>();
  const virtualReaders = new Map<string, VirtualReader>();
  const standIn = (why: string) => {
    const description = `Virtual fingerprint reader, because ${why}`;
    const virtual = stack.use(new VirtualReader({ serialNumber: '1', description }));
    virtualReaders.set(STAND_IN, virtual);
    sources.set(STAND_IN, virtual);
    loading.logger.warn(`a virtual reader stands in: ${why}`, { reader: STAND_IN });
    return virtual;
  };
  if (!(await hasLibfprint())) {
    standIn('libfprint is not installed');
    return { sources, virtualReaders, devices: () => [], faults: () => [] };
  }
  const place = await libfprintPlace({}, loading, onBoard);
  stack.use(place.source);
  sources.set(AUTO, place.source);
  if (place.drivers().size === 0 && place.faults().length === 0) {
    const virtual = standIn('no fingerprint reader is plugged in');
    // The first real one takes its place, for good: who pulls a reader gets no scripted one for it.
    place.source.watch({ arrived: () => virtual.unplug(), removed: () => {} });
  }
  return {
    sources,
    virtualReaders,
    devices: place.devices,
    ownNames: new FoundNames(place.drivers, AUTO, names),
    faults: place.faults,
  };
}

async function listedReaders(
  readers: readonly ReaderConfiguration[],
  loading: LoadingParts,
  onBoard: OnBoardUnitOptions,
  stack: AsyncDisposableStack,
): Promise<Readers> {
  const virtualReaders = new Map<string, VirtualReader>();
  const sources = new Map<string, SensorSource>();
  const deviceUnits: OnBoardUnits[] = [];
  const places: LibfprintPlace[] = [];
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
    const onRefused = ({ code, message }: BiometricError) =>
      loading.logger.warn(`the reader ${name}: ${message}`, { code });
    const onFault = ({ code, message }: BiometricError) =>
      loading.logger.warn(`the reader ${name} is not there: ${message}`, { code });
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
      case 'fprintd': {
        const { kind: _, name: __, ...found } = reader;
        const { FprintdDevices } = await import('../../devices/fprintd/fprintd-devices.ts');
        const devices = await FprintdDevices.start({ ...found, onFault, onRefused });
        mayBeMissing.push(devices);
        await addDevices(name, devices);
        break;
      }
      case 'winbio': {
        const { kind: _, name: __, ...found } = reader;
        const { WinBioDevices } = await import('../../devices/winbio/winbio-devices.ts');
        // Windows lists the prints of an account by its SID alone.
        const own = process.platform === 'win32' ? { account: ownSid() } : {};
        const devices = await WinBioDevices.start({ ...own, ...found, onFault, onRefused });
        mayBeMissing.push(devices);
        await addDevices(name, devices);
        break;
      }
      case 'module': {
        const loaded = await loadReader(reader, loading);
        stack.defer(() => loaded.source.close());
        if (loaded.kind === 'sensor') sources.set(name, loaded.source);
        else await addDevices(name, loaded.source);
        break;
      }
      case 'libfprint': {
        const place = await listedPlace(reader, loading, onBoard);
        places.push(place);
        sources.set(name, stack.use(place.source));
        break;
      }
      default:
        reader satisfies never;
    }
  }
  return {
    sources,
    virtualReaders,
    devices: () => [...deviceUnits.flatMap(({ units }) => units), ...places.flatMap(({ devices }) => devices())],
    faults: () => [...places.flatMap(({ faults }) => faults()), ...mayBeMissing.flatMap(({ fault }) => fault ?? [])],
  };
}

/** A reader that is not plugged in may come; what is not installed does not. */
async function listedPlace(
  reader: LibfprintSelection & { readonly kind: 'libfprint' },
  loading: LoadingParts,
  onBoard: OnBoardUnitOptions,
): Promise<LibfprintPlace> {
  const { hasLibfprint, libfprintPlace } = await import('./libfprint-readers.ts');
  if (!(await hasLibfprint())) {
    throw new BiometricError('WHORL_E_CONFIGURATION', 'libfprint is not installed: apt install libfprint-2-2');
  }
  const { driver, device, ppi } = reader;
  const place = await libfprintPlace({ driver, device, ppi }, loading, onBoard);
  const missing = place.faults().find(({ code }) => code === 'WHORL_E_CONFIGURATION');
  if (missing === undefined) {
    if (place.drivers().size === 0) loading.logger.warn('no such reader is plugged in', { driver, device });
    return place;
  }
  await place.source.close();
  throw missing;
}
