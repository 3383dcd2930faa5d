/** A reader of pictures that libfprint drives. */

import type {
  AdapterOptions,
  CaptureOutcome,
  CaptureRequest,
  PowerChange,
  SensorInfo,
} from '../../adapters/sensor-adapter.ts';
import { SensorAdapterBase } from '../../adapters/sensor-adapter-base.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import * as c from '../../core/constants.ts';
import { DEFAULT_PPI } from '../../drivers/libfprint/driver-settings.ts';
import { describeReader } from '../../drivers/libfprint/found-readers.ts';
import type { ReaderLink } from '../../drivers/libfprint/reader-link.ts';
import { encodeFingerprintSample } from '../../formats/bir/fingerprint-sample.ts';

/** Options of a {@link LibfprintSensor}. */
export interface LibfprintSensorOptions {
  /** Pixels per inch. Default: what the driver states, else what is known of it, else 500. */
  readonly ppi?: number | undefined;
}

/** Captures pictures. Closing it closes its reader. */
export class LibfprintSensor extends SensorAdapterBase {
  readonly info: SensorInfo;
  readonly #link: ReaderLink;
  readonly #ppi: number | undefined;
  readonly #closing = new AbortController();
  #sleep = new AbortController();

  constructor(link: ReaderLink, { ppi }: LibfprintSensorOptions = {}) {
    super();
    this.#link = link;
    this.#ppi = ppi;
    this.info = infoOf(link);
  }

  protected override async _capture({ purpose }: CaptureRequest, options: AdapterOptions): Promise<CaptureOutcome> {
    const signal = AbortSignal.any([options.signal, this.#closing.signal, this.#sleep.signal]);
    const outcome = await this.#link.call('capture', [], { signal });
    if (outcome.kind === 'rejected') return outcome;
    const { widthPx, heightPx, pixels, pixelsPerInch } = outcome.picture;
    const resolutionPpi = this.#ppi ?? pixelsPerInch ?? this.#link.settings.ppi ?? DEFAULT_PPI;
    return {
      kind: 'sample',
      sample: encodeFingerprintSample({ widthPx, heightPx, resolutionPpi, pixels }, { purpose }),
    };
  }

  /** A sleeping bus forgets what was sent to its readers: nothing waits through a sleep, and nothing stays open. */
  protected override _notifyPower(change: PowerChange): void {
    if (change === 'resume') return;
    this.#sleep.abort('the machine goes to sleep');
    this.#sleep = new AbortController();
    void this.#link.release();
  }

  protected override async _reset(): Promise<void> {
    if (this.#link.gone) throw new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', 'the reader is gone');
    this.#link.reset();
  }

  protected override async _close(): Promise<void> {
    this.#closing.abort('the sensor was closed');
    await this.#link.close();
  }
}

function infoOf({ found, facts }: ReaderLink): SensorInfo {
  const { deviceInstanceId, manufacturer, product, serialNumber } = found;
  return Object.freeze({
    factor: c.WINBIO_TYPE_FINGERPRINT,
    subType: facts.swipe ? c.WINBIO_FP_SENSOR_SUBTYPE_SWIPE : c.WINBIO_FP_SENSOR_SUBTYPE_TOUCH,
    capabilities: c.WINBIO_CAPABILITY_SENSOR,
    deviceInstanceId,
    description: facts.name || describeReader(found),
    manufacturer: manufacturer || 'unknown',
    model: product || facts.driver,
    serialNumber,
    firmwareVersion: Object.freeze({ major: 0, minor: 0 }),
    exportFlags: Object.freeze([c.WINBIO_DATA_FLAG_RAW]),
  });
}
