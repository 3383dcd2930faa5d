/** Sensors of a module that runs in a process of its own. When it ends they are gone, and they come again with it. */

import { Attached } from '../../adapters/attached.ts';
import type { SensorAdapter, SensorInfo, SensorObserver, SensorSource } from '../../adapters/sensor-adapter.ts';
import type { AdapterProcess, SensorMessage } from './adapter-process.ts';
import type { ObjectFacts } from './host-messages.ts';
import { type IsolationParts, SupervisedAdapter } from './supervised-adapter.ts';

export class IsolatedSensors implements SensorSource {
  readonly #sensors = new Map<number, SensorAdapter>();
  readonly #attached = new Attached<SensorAdapter>();
  #adapter: SupervisedAdapter | undefined;

  /** Resolves when the sensors that are present are known. Rejects as the module does. */
  static async start(parts: IsolationParts): Promise<IsolatedSensors> {
    const source = new IsolatedSensors();
    source.own(
      await SupervisedAdapter.start({
        ...parts,
        endCode: 'WINBIO_E_SENSOR_UNAVAILABLE',
        onSensor: (message, process) => source.hear(message, process),
        onEnd: () => source.loseAll(),
      }),
    );
    return source;
  }

  /** The adapter that closing it closes. */
  own(adapter: SupervisedAdapter): void {
    this.#adapter = adapter;
  }

  /** Process of the adapter, for its number. */
  get process(): AdapterProcess | undefined {
    return this.#adapter?.current;
  }

  watch(observer: SensorObserver): Disposable {
    return this.#attached.watch(observer);
  }

  async close(): Promise<void> {
    await this.#adapter?.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** What the process says of its sensors. */
  hear(message: SensorMessage, process: AdapterProcess): void {
    if (message.type === 'removed') this.#lose(message.object);
    if (message.type !== 'arrived' || message.facts.kind !== 'sensor') return;
    const sensor = isolatedSensor(process, message.object, message.facts);
    this.#sensors.set(message.object, sensor);
    this.#attached.add(sensor);
  }

  /** The process ended. */
  loseAll(): void {
    for (const object of [...this.#sensors.keys()]) this.#lose(object);
  }

  #lose(object: number): void {
    const sensor = this.#sensors.get(object);
    this.#sensors.delete(object);
    if (sensor !== undefined) this.#attached.remove(sensor);
  }
}

function isolatedSensor(process: AdapterProcess, object: number, { about, formats }: ObjectFacts): SensorAdapter {
  return {
    info: about as SensorInfo,
    ...(formats && {
      calibration: {
        formats,
        select: (format) => process.call(object, 'calibration.select', [format]),
        accept: (data) => process.call(object, 'calibration.accept', [data]),
      },
    }),
    capture: (request, { signal }) => process.call(object, 'capture', [request], { signal }),
    control: (request, { signal }) => process.call(object, 'control', [request], { signal }),
    notifyPower: (change) => process.tell(object, 'notifyPower', [change]),
    reset: () => process.call(object, 'reset', []),
    // A sensor whose process is gone is closed.
    close: async () => {
      if (process.running) await process.call(object, 'close', []);
    },
    [Symbol.asyncDispose]() {
      return this.close();
    },
  };
}
