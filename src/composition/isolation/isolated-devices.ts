/** Devices of a module that runs in a process of its own. When it ends they are gone, and they come again with it. */

import { Attached } from '../../adapters/attached.ts';
import type {
  MatchingDevice,
  MatchingDeviceInfo,
  MatchingDeviceSource,
  MatchingDeviceSourceObserver,
} from '../../adapters/matching-device.ts';
import type { AdapterProcess, SensorMessage } from './adapter-process.ts';
import { IsolatedDevice } from './isolated-device.ts';

export class IsolatedDevices implements MatchingDeviceSource {
  readonly #devices = new Map<number, IsolatedDevice>();
  readonly #attached = new Attached<MatchingDevice>();
  readonly #end: () => Promise<void>;

  /** `end` closes the adapter and ends its process. */
  constructor(end: () => Promise<void>) {
    this.#end = end;
  }

  watch(observer: MatchingDeviceSourceObserver): Disposable {
    return this.#attached.watch(observer);
  }

  close(): Promise<void> {
    return this.#end();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** What the process says of its devices. */
  hear(message: SensorMessage, process: AdapterProcess): void {
    switch (message.type) {
      case 'arrived': {
        if (message.facts.kind !== 'device') break;
        const device = new IsolatedDevice(process, message.object, message.facts.about as MatchingDeviceInfo);
        this.#devices.set(message.object, device);
        this.#attached.add(device);
        break;
      }
      case 'removed':
        this.#lose(message.object);
        break;
      case 'finger':
        this.#devices.get(message.object)?.finger(message.present);
        break;
      case 'status':
        this.#devices.get(message.object)?.told(message.status);
        break;
      default:
        message satisfies never;
    }
  }

  /** The process ended. */
  loseAll(): void {
    for (const object of [...this.#devices.keys()]) this.#lose(object);
  }

  #lose(object: number): void {
    const device = this.#devices.get(object);
    this.#devices.delete(object);
    if (device === undefined) return;
    device.lost();
    this.#attached.remove(device);
  }
}
