/** A reader that plays the PNG files of a folder: each capture yields the next file. */

import { Attached } from '../../adapters/attached.ts';
import type { SensorAdapter, SensorObserver, SensorSource } from '../../adapters/sensor-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { softwareSensorInfo } from '../sensor-info.ts';
import { type ReplayFolder, readReplayFolder } from './replay-folder.ts';
import { ReplaySensorAdapter } from './replay-sensor-adapter.ts';

/** Options of a {@link ReplayReader}. */
export interface ReplayReaderOptions {
  /** Pixels per inch. When absent, `dataset.json` ({ "dpi": n }) states it, or else each file's pHYs chunk. */
  readonly resolutionPpi?: number;
  /** Names the device across restarts; `1` when absent. */
  readonly serialNumber?: string;
  /** Files to play, in this order; all files of the folder, by name, when absent. */
  readonly files?: readonly string[];
}

/**
 * A source with one sensor, which is present until the reader is closed. After the last file it waits, as a reader does
 * that no finger touches.
 */
export class ReplayReader implements SensorSource {
  readonly #attached = new Attached<SensorAdapter>();
  readonly #content: ReplayFolder;
  readonly #sensor: ReplaySensorAdapter;
  #closing: Promise<void> | undefined;

  /**
   * Opens a folder. Rejects with WHORL_E_CONFIGURATION when it cannot be read, holds no PNG, its dataset.json is
   * broken, or a file of `options.files` is missing. A file that is not an image fails the capture that would yield it,
   * with the code of the decoder and the name of the file.
   *
   * @example
   * await using reader = await ReplayReader.open('prints', { resolutionPpi: 500 });
   * const outcome = await reader.sensor.capture({ purpose: WINBIO_PURPOSE_VERIFY }, { signal });
   */
  static async open(folder: string, options: ReplayReaderOptions = {}): Promise<ReplayReader> {
    return new ReplayReader(await readReplayFolder(folder), options);
  }

  private constructor(content: ReplayFolder, options: ReplayReaderOptions) {
    const { resolutionPpi, files } = options;
    const missing = files?.find((file) => !content.files.includes(file));
    if (missing !== undefined) throw new BiometricError('WHORL_E_CONFIGURATION', `there is no ${missing} to replay`);
    this.#content = {
      ...content,
      ...(resolutionPpi !== undefined && { resolutionPpi }),
      ...(files !== undefined && { files }),
    };
    const info = softwareSensorInfo('Replay Reader', 'Replayed fingerprint images', options.serialNumber ?? '1');
    this.#sensor = new ReplaySensorAdapter(info, this.#content);
    this.#attached.add(this.#sensor);
  }

  /** The one sensor. */
  get sensor(): ReplaySensorAdapter {
    return this.#sensor;
  }

  /** Names of the files in the order they are played. */
  get files(): readonly string[] {
    return this.#content.files;
  }

  /** How many files have been played. */
  get position(): number {
    return this.#sensor.position;
  }

  /**
   * Reports the sensor at once, and its removal on close, until the subscription is disposed. Throws
   * WINBIO_E_INVALID_DEVICE_STATE once the reader is closed.
   *
   * @example
   * using watching = reader.watch({ arrived: (sensor) => console.log(sensor.info.model), removed: () => {} });
   */
  watch(observer: SensorObserver): Disposable {
    if (this.#closing !== undefined) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'reader is closed');
    return this.#attached.watch(observer);
  }

  /**
   * Reports the sensor as removed and closes it; idempotent. Never fails.
   *
   * @example
   * await reader.close();
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /**
   * Mirrors {@link close}.
   *
   * @example
   * await using reader = await ReplayReader.open('prints');
   */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#attached.close();
    await this.#sensor.close();
  }
}
