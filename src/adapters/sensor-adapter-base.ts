/** The checks that every sensor needs, made once: an author writes `_capture` and what else the device can do. */

import { BiometricError } from '../core/biometric-error.ts';
import type { ControlOutcome, ControlRequest } from './control.ts';
import type {
  AdapterOptions,
  CaptureOutcome,
  CaptureRequest,
  PowerChange,
  SensorAdapter,
  SensorInfo,
} from './sensor-adapter.ts';

/** Every purpose bit. WBF: constants 12. */
const PURPOSE_MASK = 0x9f;

/** Base of a sensor adapter. Each public method checks state, signal and arguments and then calls its hook. */
export abstract class SensorAdapterBase implements SensorAdapter {
  /** What the sensor says about itself; fixed for its life. */
  abstract readonly info: SensorInfo;
  #capturing = false;
  #closing: Promise<void> | undefined;

  /**
   * Waits for one sample. `request.purpose`: an OR of `WINBIO_PURPOSE_*`. Rejects with E_INVALIDARG (no legal purpose),
   * WINBIO_E_DEVICE_BUSY (a capture is running), WINBIO_E_INVALID_DEVICE_STATE (closed), WINBIO_E_CANCELED (aborted),
   * and what `_capture` rejects with. WBF: adapters 6.8, 6.9.
   *
   * @example
   * const outcome = await sensor.capture({ purpose: WINBIO_PURPOSE_VERIFY }, { signal });
   * if (outcome.kind === 'sample') console.log(outcome.sample.length);
   */
  async capture(request: CaptureRequest, options: AdapterOptions): Promise<CaptureOutcome> {
    this.#checkOpen();
    if (request.purpose === 0 || (request.purpose & ~PURPOSE_MASK) !== 0) {
      throw new BiometricError('E_INVALIDARG', 'capture needs a purpose');
    }
    if (this.#capturing) throw new BiometricError('WINBIO_E_DEVICE_BUSY', 'a capture is running');
    throwIfAborted(options.signal);
    this.#capturing = true;
    try {
      const { purpose, against } = request;
      return await this._capture({ purpose, ...(against && { against }) }, options);
    } finally {
      this.#capturing = false;
    }
  }

  /**
   * Runs a vendor command. Rejects with E_INVALIDARG (unknown code), WINBIO_E_CANCELED (aborted),
   * WINBIO_E_INVALID_DEVICE_STATE (closed).
   *
   * @example
   * const request = { code: 0x800, privileged: false, sendBuffer: Uint8Array.of(1), receiveBufferSize: 64 };
   * const { received } = await sensor.control(request, { signal });
   */
  async control(request: ControlRequest, options: AdapterOptions): Promise<ControlOutcome> {
    this.#checkOpen();
    throwIfAborted(options.signal);
    return await this._control(request, options);
  }

  /**
   * Tells the sensor that the platform goes to sleep or woke; a closed sensor is not told. Never fails. WBF: adapters
   * 6.14.
   *
   * @example
   * sensor.notifyPower('suspend');
   */
  notifyPower(change: PowerChange): void {
    if (this.#closing === undefined) this._notifyPower(change);
  }

  /**
   * Brings a device that does not answer back to its first state. Rejects with WINBIO_E_INVALID_DEVICE_STATE (closed),
   * and what `_reset` rejects with. WBF: adapters 6.5.
   *
   * @example
   * await sensor.reset();
   */
  async reset(): Promise<void> {
    this.#checkOpen();
    await this._reset();
  }

  /**
   * Closes the sensor; idempotent. Rejects with what `_close` rejects with.
   *
   * @example
   * await sensor.close();
   */
  close(): Promise<void> {
    this.#closing ??= this._close();
    return this.#closing;
  }

  /**
   * Mirrors {@link close}.
   *
   * @example
   * await using sensor = new MySensor();
   */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Waits for one sample. Called with a legal purpose, never twice at once, never after close. */
  protected abstract _capture(request: CaptureRequest, options: AdapterOptions): Promise<CaptureOutcome>;

  /** Vendor commands. By default every code is unknown (D-26). */
  protected async _control(request: ControlRequest, _options: AdapterOptions): Promise<ControlOutcome> {
    throw new BiometricError('E_INVALIDARG', `control code ${request.code} is unknown`);
  }

  /** Prepares for sleep or recovers from it, without waiting. By default nothing. */
  protected _notifyPower(_change: PowerChange): void {}

  /** Resets the device. By default nothing. */
  protected async _reset(): Promise<void> {}

  /** Releases the device; called once. By default nothing. */
  protected async _close(): Promise<void> {}

  #checkOpen(): void {
    if (this.#closing !== undefined) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'sensor is closed');
  }
}

/**
 * Throws WINBIO_E_CANCELED, with the signal's reason as cause, when the signal has aborted.
 *
 * @example
 * throwIfAborted(signal);
 */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason });
}
