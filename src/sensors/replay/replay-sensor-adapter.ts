/** A sensor that shows one file after another; after the last it waits, as a reader does that no finger touches. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AdapterOptions, CaptureOutcome, CaptureRequest, SensorInfo } from '../../adapters/sensor-adapter.ts';
import { SensorAdapterBase, throwIfAborted } from '../../adapters/sensor-adapter-base.ts';
import { BiometricError, isBiometricError } from '../../core/biometric-error.ts';
import { encodeFingerprintSample } from '../../formats/bir/fingerprint-sample.ts';
import { decodePng } from '../../formats/image/png.ts';
import type { ReplayFolder } from './replay-folder.ts';

/**
 * The sensor of a `ReplayReader`. Its captures also reject with the codes of the PNG decoder, and with
 * WINBIO_E_DEVICE_FAILURE for a file that cannot be read; the next capture goes on with the next file.
 */
export class ReplaySensorAdapter extends SensorAdapterBase {
  /** What the sensor says about itself. */
  readonly info: SensorInfo;
  readonly #content: ReplayFolder;
  readonly #ended = new AbortController();
  #position = 0;

  /** Plays the files of `content`. */
  constructor(info: SensorInfo, content: ReplayFolder) {
    super();
    this.info = info;
    this.#content = content;
  }

  /** Files that were captured, or could not be read. */
  get position(): number {
    return this.#position;
  }

  protected override async _capture(request: CaptureRequest, options: AdapterOptions): Promise<CaptureOutcome> {
    const signal = AbortSignal.any([options.signal, this.#ended.signal]);
    const name = this.#content.files[this.#position];
    if (name === undefined) {
      await aborted(signal);
      throw new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason });
    }
    const sample = await this.#read(name, request.purpose);
    // A file whose capture was canceled is played again.
    throwIfAborted(signal);
    this.#position++;
    return { kind: 'sample', sample };
  }

  protected override async _close(): Promise<void> {
    this.#ended.abort();
  }

  async #read(name: string, purpose: number): Promise<Uint8Array> {
    const { folder, resolutionPpi } = this.#content;
    try {
      const bytes = await readFile(join(folder, name));
      const image = decodePng(bytes, resolutionPpi === undefined ? {} : { resolutionPpi });
      return encodeFingerprintSample(image, { purpose });
    } catch (cause) {
      this.#position++;
      if (isBiometricError(cause)) throw new BiometricError(cause.hresult, `${name}: ${cause.message}`, { cause });
      throw new BiometricError('WINBIO_E_DEVICE_FAILURE', `${name} cannot be read`, { cause });
    }
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
