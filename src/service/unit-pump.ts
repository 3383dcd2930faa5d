/**
 * The capture loop of one unit. The pump owns the capture; who receives the sample is decided when it exists.
 * It captures while there is a candidate, and never starts a capture before the last one has ended. WBF: workflows B2a.
 */

import type { CaptureOutcome, SensorAdapter } from '../adapters/sensor-adapter.ts';
import { hresultOf } from '../core/biometric-error.ts';
import type { Clock } from '../core/clock.ts';
import type { HRESULT } from '../core/hresult.ts';
import { WINBIO_E_CANCELED, WINBIO_E_DEVICE_FAILURE } from '../core/result-constants.ts';
import { StateMachine } from '../core/state-machine.ts';
import { PUMP_TABLE, type PumpState, type PumpTrigger } from './machines/pump-machine.ts';

/** How long a canceled capture may take to end, in milliseconds, before the sensor is reset. WBF: service 13. */
export const FINISH_AFTER_CANCEL_MS = 5000;

/** What the pump needs of its unit. */
export interface PumpHost {
  /** OR of the purposes that candidates want; 0 when there is no candidate. */
  wantedPurpose(): number;
  /** Hands a finished capture to whoever is to have it. Never rejects. */
  deliver(capture: CaptureOutcome): Promise<void>;
  /** The sensor failed: everybody who waits for it learns the code. */
  fault(hresult: HRESULT): void;
}

export class UnitPump {
  readonly #sensor: SensorAdapter;
  readonly #host: PumpHost;
  readonly #clock: Clock;
  readonly #machine = new StateMachine<PumpState, PumpTrigger>(PUMP_TABLE, 'idle');
  #controller = new AbortController();
  #deadline: Disposable | undefined;
  #paused = false;
  #idleWaiters: (() => void)[] = [];

  constructor(sensor: SensorAdapter, host: PumpHost, clock: Clock) {
    this.#sensor = sensor;
    this.#host = host;
    this.#clock = clock;
  }

  get state(): PumpState {
    return this.#machine.state;
  }

  /** Starts or stops capturing, as the candidates are now. */
  refresh(): void {
    const wanted = !this.#paused && this.#host.wantedPurpose() !== 0;
    if (this.state === 'failed') {
      if (wanted) this.#host.fault(WINBIO_E_DEVICE_FAILURE);
    } else if (wanted && this.#machine.take('start')) {
      void this.#capture();
    } else if (!wanted && this.#machine.take('stop')) {
      this.#abort();
    }
  }

  /** Stops and resolves when the sensor is at rest; it stays so until {@link resume}. */
  async pause(): Promise<void> {
    this.#paused = true;
    this.refresh();
    if (this.state === 'idle' || this.state === 'failed' || this.state === 'gone') return;
    await new Promise<void>((resolve) => this.#idleWaiters.push(resolve));
  }

  resume(): void {
    this.#paused = false;
    this.refresh();
  }

  /** The device is gone: whatever the capture still brings is dropped. */
  remove(): void {
    this.#machine.take('remove');
    this.#abort();
    this.#settleWaiters();
  }

  async #capture(): Promise<void> {
    this.#controller = new AbortController();
    let capture: CaptureOutcome;
    try {
      capture = await this.#sensor.capture(
        { purpose: this.#host.wantedPurpose() },
        { signal: this.#controller.signal },
      );
    } catch (thrown) {
      this.#disarm();
      this.#failed(hresultOf(thrown));
      return;
    }
    this.#disarm();
    if (!this.#machine.take('captured')) return;
    await this.#host.deliver(capture);
    this.#rest();
  }

  #failed(hresult: HRESULT): void {
    const asked = this.#controller.signal.aborted && hresult === WINBIO_E_CANCELED;
    if (!asked && this.state !== 'gone') {
      // A sensor that gives up without being asked has failed, whatever it calls it.
      this.#host.fault(hresult === WINBIO_E_CANCELED ? WINBIO_E_DEVICE_FAILURE : hresult);
    }
    this.#rest();
  }

  #rest(): void {
    if (this.#machine.take('ended')) this.#settleWaiters();
    this.refresh();
  }

  #settleWaiters(): void {
    for (const resolve of this.#idleWaiters.splice(0)) resolve();
  }

  /** Asks the sensor to stop; one that does not is reset, and given up when that does not help. */
  #abort(): void {
    this.#controller.abort();
    if (this.state !== 'stopping') return;
    this.#deadline = this.#clock.after(FINISH_AFTER_CANCEL_MS, () => {
      void this.#sensor.reset().catch(() => undefined);
      this.#deadline = this.#clock.after(FINISH_AFTER_CANCEL_MS, () => {
        if (!this.#machine.take('fail')) return;
        this.#settleWaiters();
        this.refresh();
      });
    });
  }

  #disarm(): void {
    this.#deadline?.[Symbol.dispose]();
    this.#deadline = undefined;
  }
}
