/** Checks once what every sensor must check; an adapter author writes `_capture` and what else the device can do. */

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

/** Base of a sensor adapter. */
export abstract class SensorAdapterBase implements SensorAdapter {
  abstract readonly info: SensorInfo;
  #capturing = false;
  #closing: Promise<void> | undefined;

  /** Rejects with E_INVALIDARG, WINBIO_E_DEVICE_BUSY (a capture runs), WINBIO_E_INVALID_DEVICE_STATE (closed). */
  async capture(request: CaptureRequest, options: AdapterOptions): Promise<CaptureOutcome> {
    this.#checkOpen();
    if (request.purpose === 0 || (request.purpose & ~PURPOSE_MASK) !== 0) {
      throw new BiometricError('E_INVALIDARG', 'capture needs a purpose');
    }
    if (this.#capturing) throw new BiometricError('WINBIO_E_DEVICE_BUSY', 'a capture is running');
    throwIfAborted(options.signal);
    this.#capturing = true;
    try {
      return await this._capture({ purpose: request.purpose }, options);
    } finally {
      this.#capturing = false;
    }
  }

  async control(request: ControlRequest, options: AdapterOptions): Promise<ControlOutcome> {
    this.#checkOpen();
    throwIfAborted(options.signal);
    return await this._control(request, options);
  }

  notifyPower(change: PowerChange): void {
    if (this.#closing === undefined) this._notifyPower(change);
  }

  async reset(): Promise<void> {
    this.#checkOpen();
    await this._reset();
  }

  close(): Promise<void> {
    this.#closing ??= this._close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Waits for one sample; called with a legal purpose, never twice at once, never after close. */
  protected abstract _capture(request: CaptureRequest, options: AdapterOptions): Promise<CaptureOutcome>;

  /** Vendor commands; by default every code is unknown (D-26). */
  protected async _control(request: ControlRequest, _options: AdapterOptions): Promise<ControlOutcome> {
    throw new BiometricError('E_INVALIDARG', `control code ${request.code} is unknown`);
  }

  protected _notifyPower(_change: PowerChange): void {}

  protected async _reset(): Promise<void> {}

  protected async _close(): Promise<void> {}

  #checkOpen(): void {
    if (this.#closing !== undefined) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'sensor is closed');
  }
}

/** Throws WINBIO_E_CANCELED when the signal has aborted. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason });
}
