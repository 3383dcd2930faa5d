/**
 * The capture loop of one unit. It captures while there is a candidate, and starts no capture before the last one has
 * ended. The pump owns the capture; its host decides who receives the sample once it exists. WBF: workflows B2a.
 */

import type { CaptureOutcome, CaptureRequest, SensorAdapter } from '../../adapters/sensor-adapter.ts';
import { hresultOf } from '../../core/biometric-error.ts';
import type { Clock } from '../../core/clock.ts';
import type { HRESULT } from '../../core/hresult.ts';
import { WINBIO_E_CANCELED, WINBIO_E_DEVICE_FAILURE } from '../../core/result-constants.ts';
import { StateMachine } from '../../core/state-machine.ts';
import { FINISH_AFTER_CANCEL_MS } from '../containment/call-guard.ts';
import { PUMP_TABLE, type PumpState, type PumpTrigger } from '../machines/pump-machine.ts';

/** Why a unit rests although operations wait for it. */
export type PauseReason = 'asleep' | 'moving' | 'failing' | 'resting' | 'closing';

/** What the pump needs of its unit. */
export interface PumpHost {
  /** The capture that the candidates need; undefined when they need none. */
  wantedCapture(): CaptureRequest | undefined;
  /** True when a sample of one capture cannot serve those who need another. */
  isOutdated(running: CaptureRequest): boolean;
  /** Hands a finished capture to its receivers. Never rejects. */
  deliver(capture: CaptureOutcome, request: CaptureRequest): Promise<void>;
  /** The sensor failed: ends every operation that waits for it. */
  fault(hresult: HRESULT): void;
  /** The capture loop is in another state. */
  pumpMoved(): void;
}

export class UnitPump {
  readonly #sensor: SensorAdapter;
  readonly #host: PumpHost;
  readonly #clock: Clock;
  readonly #machine = new StateMachine<PumpState, PumpTrigger>(PUMP_TABLE, 'idle');
  #controller = new AbortController();
  #deadline: Disposable | undefined;
  #request: CaptureRequest | undefined;
  readonly #pauses = new Set<PauseReason>();
  #idleWaiters: (() => void)[] = [];

  constructor(sensor: SensorAdapter, host: PumpHost, clock: Clock) {
    this.#sensor = sensor;
    this.#host = host;
    this.#clock = clock;
  }

  get state(): PumpState {
    return this.#machine.state;
  }

  /** Starts or stops capturing, as the candidates require. */
  refresh(): void {
    const wanted = this.#pauses.size === 0 && this.#host.wantedCapture() !== undefined;
    if (this.state === 'failed') {
      if (wanted) this.#host.fault(WINBIO_E_DEVICE_FAILURE);
    } else if (wanted && this.#take('start')) {
      void this.#capture();
    } else if ((!wanted || this.#isOutdated()) && this.#take('stop')) {
      this.#abort();
    }
  }

  /** Stops; resolves when the sensor is at rest. It stays at rest until {@link resume} is called for each reason. */
  async pause(reason: PauseReason): Promise<void> {
    this.#pauses.add(reason);
    this.refresh();
    if (this.state === 'idle' || this.state === 'failed' || this.state === 'gone') return;
    await new Promise<void>((resolve) => this.#idleWaiters.push(resolve));
  }

  resume(reason: PauseReason): void {
    this.#pauses.delete(reason);
    this.refresh();
  }

  /** The device is gone: drops what the capture may still deliver. */
  remove(): void {
    this.#take('remove');
    this.#abort();
    this.#settleWaiters();
  }

  #take(trigger: PumpTrigger): boolean {
    const taken = this.#machine.take(trigger);
    if (taken) this.#host.pumpMoved();
    return taken;
  }

  async #capture(): Promise<void> {
    this.#controller = new AbortController();
    const { signal } = this.#controller;
    const request = this.#host.wantedCapture() ?? { purpose: 0 };
    this.#request = request;
    const ended = await attempt(() => this.#sensor.capture(request, { signal })).catch(faultOf);
    this.#request = undefined;
    this.#deadline?.[Symbol.dispose]();
    this.#deadline = undefined;
    // The capture has ended: a candidate that leaves from here on must not stop it again.
    if (!this.#take('ended')) return;
    if (ended.kind !== 'fault') await this.#host.deliver(ended, request);
    else if (!signal.aborted || ended.hresult !== WINBIO_E_CANCELED) {
      // A sensor that cancels without being asked has failed.
      this.#host.fault(ended.hresult === WINBIO_E_CANCELED ? WINBIO_E_DEVICE_FAILURE : ended.hresult);
    }
    this.#rest();
  }

  #isOutdated(): boolean {
    return this.#request !== undefined && this.#host.isOutdated(this.#request);
  }

  #rest(): void {
    if (this.#take('delivered')) this.#settleWaiters();
    this.refresh();
  }

  #settleWaiters(): void {
    for (const resolve of this.#idleWaiters.splice(0)) resolve();
  }

  /** Asks the sensor to stop. One that does not stop is reset, and given up if that does not help. */
  #abort(): void {
    this.#controller.abort();
    if (this.state !== 'stopping') return;
    this.#deadline = this.#clock.after(FINISH_AFTER_CANCEL_MS, () => {
      void attempt(() => this.#sensor.reset()).catch(() => undefined);
      this.#deadline = this.#clock.after(FINISH_AFTER_CANCEL_MS, () => {
        if (!this.#take('fail')) return;
        this.#settleWaiters();
        this.refresh();
      });
    });
  }
}

/** Turns a synchronous throw of an adapter into a rejection. */
async function attempt<T>(call: () => Promise<T>): Promise<T> {
  return await call();
}

function faultOf(thrown: unknown): { readonly kind: 'fault'; readonly hresult: HRESULT } {
  return { kind: 'fault', hresult: hresultOf(thrown) };
}
