/** One plugged-in virtual sensor. It does what its reader scripts, at once and on the same thread; it has no timers. */

import type { ControlOutcome, ControlRequest } from '../../adapters/control.ts';
import type {
  AdapterOptions,
  CaptureOutcome,
  CaptureRequest,
  PowerChange,
  SensorInfo,
} from '../../adapters/sensor-adapter.ts';
import { SensorAdapterBase } from '../../adapters/sensor-adapter-base.ts';
import { BiometricError, toBiometricError } from '../../core/biometric-error.ts';
import type { CodeName } from '../../core/codes.ts';
import { WINBIO_SENSOR_BUSY, WINBIO_SENSOR_FAILURE, WINBIO_SENSOR_READY } from '../../core/constants.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import type { RejectDetail } from '../../core/identifiers.ts';
import { encodeFingerprintSample } from '../../formats/bir/fingerprint-sample.ts';
import type { ImageSource } from '../image-source.ts';
import { runVirtualControl } from './virtual-control.ts';
import {
  CAPTURING_STATES,
  VIRTUAL_SENSOR_TRANSITIONS,
  type VirtualSensorEvent,
  type VirtualSensorState,
} from './virtual-sensor-states.ts';

/** A finger on the sensor. */
export interface VirtualTouch {
  /** What its capture will yield: an image, or a rejection. */
  readonly yields:
    | ImageSource
    | {
        /** `WINBIO_FP_*` detail of the rejection. */
        readonly rejectDetail: RejectDetail;
      };
  /** Called once, with what became of the touch. */
  ended(outcome: TouchOutcome): void;
}

/** `captured` by a capture, or `lost` because none was waiting or it ended otherwise. */
export type TouchOutcome = 'captured' | 'lost';

/** How a capture ends when something other than a finger ends it. */
const ENDINGS: Readonly<Partial<Record<VirtualSensorEvent, CodeName>>> = {
  abort: 'WINBIO_E_CANCELED',
  close: 'WINBIO_E_CANCELED',
  fault: 'WINBIO_E_DEVICE_FAILURE',
  reset: 'WINBIO_E_CANCELED',
  suspend: 'WINBIO_E_CANCELED',
  unplug: 'WINBIO_E_SENSOR_UNAVAILABLE',
};

/** A running capture. */
interface Capture {
  readonly request: CaptureRequest;
  readonly signal: AbortSignal;
  readonly resolve: (outcome: CaptureOutcome) => void;
  readonly reject: (error: BiometricError) => void;
  touch?: VirtualTouch;
}

/**
 * A sensor whose every move is scripted; made by a `VirtualReader`. Its captures also reject with
 * WINBIO_E_DEVICE_FAILURE and WINBIO_E_SENSOR_UNAVAILABLE, as scripted.
 */
export class VirtualSensorAdapter extends SensorAdapterBase {
  /** What the sensor says about itself. */
  readonly info: SensorInfo;
  readonly #keepTouches: boolean;
  #state: VirtualSensorState = 'idle';
  #capture: Capture | undefined;
  #captureCount = 0;
  #kept: VirtualTouch[] = [];

  /** `keepTouches`: a touch that no capture waits for is kept for the next one. */
  constructor(info: SensorInfo, options: { readonly keepTouches: boolean }) {
    super();
    this.info = info;
    this.#keepTouches = options.keepTouches;
  }

  /** Where the sensor stands. */
  get state(): VirtualSensorState {
    return this.#state;
  }

  /**
   * Puts a finger on the sensor. Returns whether a capture took it or will take it; otherwise it has ended as lost.
   * Never fails.
   *
   * @example
   * virtualSensor.touch({ yields: image, ended: (outcome) => console.log(outcome) });
   */
  touch(touch: VirtualTouch): boolean {
    if (this.#go('touch')) {
      this.#read(touch);
      return true;
    }
    const isUsable = !['asleep', 'gone', 'closed'].includes(this.#state);
    if (this.#keepTouches && isUsable) this.#kept.push(touch);
    else touch.ended('lost');
    return this.#keepTouches && isUsable;
  }

  /**
   * The running capture, or the next one, ignores aborts (and with `ignoresReset`, false when absent, also resets)
   * until {@link release}. Never fails.
   *
   * @example
   * virtualSensor.hang();
   */
  hang(options: { readonly ignoresReset?: boolean } = {}): void {
    this.#go(options.ignoresReset ? 'die' : 'hang');
  }

  /**
   * Ends what {@link hang} or {@link fault} began; a capture aborted meanwhile ends now. Never fails.
   *
   * @example
   * virtualSensor.release();
   */
  release(): void {
    if (this.#go('release') && this.#capture?.signal.aborted) this.#go('abort');
    this.#takeKept();
  }

  /**
   * The running capture, or the next one, fails with WINBIO_E_DEVICE_FAILURE. Never fails itself.
   *
   * @example
   * virtualSensor.fault();
   */
  fault(): void {
    this.#go('fault');
  }

  /**
   * The device is gone for good: captures fail with WINBIO_E_SENSOR_UNAVAILABLE. Never fails itself.
   *
   * @example
   * virtualSensor.unplug();
   */
  unplug(): void {
    this.#go('unplug');
  }

  protected override async _capture(request: CaptureRequest, options: AdapterOptions): Promise<CaptureOutcome> {
    const before = this.#state;
    if (!this.#go('capture')) {
      const code = before === 'gone' ? 'WINBIO_E_SENSOR_UNAVAILABLE' : 'WINBIO_E_INVALID_DEVICE_STATE';
      throw new BiometricError(code, `the sensor is ${before}`);
    }
    this.#captureCount++;
    if (before === 'will-fail') throw new BiometricError('WINBIO_E_DEVICE_FAILURE');
    const onAbort = () => void this.#go('abort', options.signal.reason);
    options.signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await new Promise<CaptureOutcome>((resolve, reject) => {
        this.#capture = { request, signal: options.signal, resolve, reject };
        this.#takeKept();
      });
    } finally {
      options.signal.removeEventListener('abort', onAbort);
    }
  }

  protected override async _control(request: ControlRequest, _options: AdapterOptions): Promise<ControlOutcome> {
    if (this.#state === 'gone') throw new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE');
    return runVirtualControl(request, { status: this.#status(), captureCount: this.#captureCount });
  }

  protected override _notifyPower(change: PowerChange): void {
    this.#go(change);
  }

  protected override async _reset(): Promise<void> {
    if (this.#state === 'gone') throw new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE');
    this.#go('reset');
    this.#loseKept();
  }

  protected override async _close(): Promise<void> {
    this.#go('close');
  }

  /** Moves along the table; a capture that is left behind ends as the event says. */
  #go(event: VirtualSensorEvent, cause?: unknown): boolean {
    const next = VIRTUAL_SENSOR_TRANSITIONS[this.#state][event];
    if (next === undefined) return false;
    this.#state = next;
    const ending = ENDINGS[event];
    if (this.#capture !== undefined && ending !== undefined && !CAPTURING_STATES.includes(next)) {
      const capture = this.#finish('lost');
      capture?.reject(new BiometricError(ending, undefined, { cause }));
    }
    // The image of a finger being read when the device hangs is lost.
    if (next === 'hung' || next === 'dead') this.#loseTouch();
    if (['asleep', 'gone', 'closed'].includes(next)) this.#loseKept();
    return true;
  }

  #read(touch: VirtualTouch): void {
    const capture = this.#capture!;
    capture.touch = touch;
    const { yields } = touch;
    if (typeof yields === 'function') {
      // The capture may have ended, or hung, before its image was made.
      const isCurrent = () => this.#capture === capture && capture.touch === touch;
      const fail = (error: unknown) => isCurrent() && this.#fail(error);
      new Promise<GreyImage>((resolve) => resolve(yields())).then((image) => isCurrent() && this.#deliver(image), fail);
    } else if ('rejectDetail' in yields) {
      this.#go('done');
      this.#finish('captured')?.resolve({ kind: 'rejected', detail: yields.rejectDetail });
    } else {
      this.#deliver(yields);
    }
  }

  #deliver(image: GreyImage): void {
    try {
      const sample = encodeFingerprintSample(image, { purpose: this.#capture!.request.purpose });
      this.#go('done');
      this.#finish('captured')?.resolve({ kind: 'sample', sample });
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#go('done');
    this.#finish('lost')?.reject(toBiometricError(error, 'WINBIO_E_DEVICE_FAILURE'));
  }

  #finish(outcome: TouchOutcome): Capture | undefined {
    const capture = this.#capture;
    this.#capture = undefined;
    capture?.touch?.ended(outcome);
    return capture;
  }

  #takeKept(): void {
    if (this.#state !== 'waiting') return;
    const touch = this.#kept.shift();
    if (touch !== undefined) this.touch(touch);
  }

  #loseTouch(): void {
    const touch = this.#capture?.touch;
    if (touch === undefined) return;
    delete this.#capture?.touch;
    touch.ended('lost');
  }

  #loseKept(): void {
    for (const touch of this.#kept.splice(0)) touch.ended('lost');
  }

  #status(): number {
    if (CAPTURING_STATES.includes(this.#state)) return WINBIO_SENSOR_BUSY;
    return this.#state === 'will-fail' ? WINBIO_SENSOR_FAILURE : WINBIO_SENSOR_READY;
  }
}
