/**
 * The checks that every matching device needs, made once: a driver writes the hooks, which start with an underscore,
 * and tells of fingers, status and removal.
 */

import { BiometricError, isBiometricError } from '../core/biometric-error.ts';
import { type Clock, SYSTEM_CLOCK } from '../core/clock.ts';
import { isEnrollableSubFactor } from '../core/sub-factor.ts';
import * as answers from './device-answer-checks.ts';
import { DeviceCall } from './device-call.ts';
import {
  type DeviceEnrollment,
  type DeviceIdentification,
  type DevicePicture,
  type DevicePrint,
  type DeviceVerification,
  type EnrollOptions,
  type EnrollStage,
  type FingerFeedback,
  MATCHING_DEVICE_CANCEL_MS,
  MATCHING_DEVICE_DEADLINE_MS,
  type MatchingDevice,
  type MatchingDeviceCapability,
  type MatchingDeviceInfo,
  type MatchingDeviceObserver,
  type MatchingDeviceStatus,
  type NewPrint,
} from './matching-device.ts';
import type { AdapterOptions, PowerChange } from './sensor-adapter.ts';
import { throwIfAborted } from './sensor-adapter-base.ts';

/** Options of a {@link MatchingDeviceBase}. */
export interface MatchingDeviceBaseOptions {
  /** Measures deadlines. Default: the clock of the system. */
  readonly clock?: Clock;
}

/** What ends a running operation from outside. */
type RunningCall = Pick<DeviceCall<unknown>, 'end' | 'cancel' | 'settled'>;

const FEEDBACKS: readonly FingerFeedback[] = ['waiting', 'good', 'bad', 'off'];

/**
 * Base of a matching device. Each public method checks state, arguments, signal and capability, calls its hook, and
 * checks what the hook answers. A hook that does not end in time, or not after its signal aborted, is given up: the
 * call rejects with WINBIO_E_DEVICE_FAILURE, the status is `failed` until {@link reset}, and what the hook answers
 * later is dropped. What a hook throws without a code is WINBIO_E_DEVICE_FAILURE, and WINBIO_E_CANCELED once its signal
 * has aborted.
 */
export abstract class MatchingDeviceBase implements MatchingDevice {
  /** What the device says about itself; fixed for its life. */
  abstract readonly info: MatchingDeviceInfo;
  readonly #clock: Clock;
  readonly #observers = new Set<MatchingDeviceObserver>();
  #status: MatchingDeviceStatus = 'closed';
  #running: RunningCall | undefined;
  #opening: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  constructor({ clock = SYSTEM_CLOCK }: MatchingDeviceBaseOptions = {}) {
    this.#clock = clock;
  }

  /** Whether it can be used now. */
  get status(): MatchingDeviceStatus {
    return this.#status;
  }

  /**
   * Reports changes until the returned subscription is disposed. Never fails.
   *
   * @example
   * using watching = device.watch({ status: (status) => console.log(status) });
   */
  watch(observer: MatchingDeviceObserver): Disposable {
    const watcher: MatchingDeviceObserver = {
      finger: (present) => observer.finger?.(present),
      status: (status) => observer.status?.(status),
    };
    this.#observers.add(watcher);
    return { [Symbol.dispose]: () => this.#observers.delete(watcher) };
  }

  /**
   * Opens the device; idempotent. Rejects with WINBIO_E_INVALID_DEVICE_STATE (closed), WINBIO_E_SENSOR_UNAVAILABLE
   * (gone), WINBIO_E_CANCELED (aborted), WINBIO_E_DEVICE_FAILURE (no answer in time), and what `_open` rejects with; it
   * can be tried again.
   *
   * @example
   * await device.open({ signal });
   */
  async open({ signal }: AdapterOptions): Promise<void> {
    if (this.#closing !== undefined) throw closed();
    if (this.#status === 'removed') throw gone();
    if (this.#status !== 'closed') return;
    throwIfAborted(signal);
    this.#opening ??= this.#open(signal).finally(() => {
      this.#opening = undefined;
    });
    await this.#opening;
  }

  /**
   * Enrolls a finger. Rejects with the codes that every operation has ({@link MatchingDevice}), E_INVALIDARG
   * (sub-factor, label), WINBIO_E_DATABASE_FULL, and what `_enroll` rejects with.
   *
   * @example
   * const onStage = (stage: EnrollStage) => console.log(stage.kind);
   * const outcome = await device.enroll({ subFactor: 2, label: 'w-0001' }, { signal, onStage });
   * if (outcome.kind === 'enrolled') console.log(outcome.print.id);
   */
  async enroll(print: NewPrint, { signal, onStage }: EnrollOptions): Promise<DeviceEnrollment> {
    const wanted = checkedNewPrint(print);
    let completed = 0;
    return await this.#perform('enroll', undefined, signal, answers.isEnrollment, (options, call) => {
      const told = (stage: EnrollStage): void => {
        if (call.ended) return;
        if (!answers.isStageAfter(completed, this.info.enrollStages, stage)) {
          call.end(failure('enroll: a stage that its contract does not allow'));
          return;
        }
        if (stage.kind === 'accepted') completed = stage.completed;
        onStage(stage);
      };
      return this._enroll(wanted, { ...options, onStage: told });
    });
  }

  /**
   * Compares a touch with one print. Rejects with the codes that every operation has ({@link MatchingDevice}),
   * WINBIO_E_DATABASE_NO_SUCH_RECORD, and what `_verify` rejects with.
   *
   * @example
   * const { kind } = await device.verify(print, { signal }); // 'match', 'no-match' or 'rejected'
   */
  async verify(print: DevicePrint, { signal }: AdapterOptions): Promise<DeviceVerification> {
    this.#declared('verify');
    checkPrint(print);
    return await this.#perform('verify', undefined, signal, answers.isVerification, (options) =>
      this._verify(print, options),
    );
  }

  /**
   * Finds the print of a touch. A match with a print that was not asked for is answered as `no-match`. Rejects with the
   * codes that every operation has ({@link MatchingDevice}), and what `_identify` rejects with.
   *
   * @example
   * const outcome = await device.identify('all', { signal });
   * if (outcome.kind === 'match') console.log(outcome.print.id);
   */
  async identify(prints: readonly DevicePrint[] | 'all', { signal }: AdapterOptions): Promise<DeviceIdentification> {
    this.#declared('identify');
    if (prints !== 'all') for (const print of prints) checkPrint(print);
    const outcome = await this.#perform('identify', undefined, signal, answers.isIdentification, (options) =>
      this._identify(prints, options),
    );
    if (outcome.kind !== 'match' || prints === 'all') return outcome;
    const asked = prints.find(({ id }) => id === outcome.print.id);
    return asked === undefined ? { kind: 'no-match' } : { kind: 'match', print: asked };
  }

  /**
   * Hands out the picture of a touch. Rejects with the codes that every operation has ({@link MatchingDevice}), and
   * what `_capturePicture` rejects with.
   *
   * @example
   * const outcome = await device.capturePicture({ signal });
   * if (outcome.kind === 'picture') console.log(outcome.image.widthPx);
   */
  async capturePicture({ signal }: AdapterOptions): Promise<DevicePicture> {
    this.#declared('picture');
    return await this.#perform('picture', undefined, signal, answers.isPicture, (options) =>
      this._capturePicture(options),
    );
  }

  /**
   * The prints on the device. Rejects with the codes that every operation has ({@link MatchingDevice}), and what
   * `_list` rejects with.
   *
   * @example
   * for (const { id, label } of await device.list({ signal })) console.log(id, label);
   */
  async list({ signal }: AdapterOptions): Promise<readonly DevicePrint[]> {
    this.#declared('list');
    return await this.#quick('list', signal, answers.isPrintList, (options) => this._list(options));
  }

  /**
   * Number of prints on the device. Rejects with the codes that every operation has ({@link MatchingDevice}), and what
   * `_count` rejects with.
   *
   * @example
   * const used = await device.count({ signal });
   */
  async count({ signal }: AdapterOptions): Promise<number> {
    if (!this.#can('list')) this.#declared('count');
    return await this.#quick('count', signal, answers.isCount, (options) => this._count(options));
  }

  /**
   * Forgets a print. Rejects with the codes that every operation has ({@link MatchingDevice}),
   * WINBIO_E_DATABASE_NO_SUCH_RECORD, and what `_delete` rejects with.
   *
   * @example
   * await device.delete(print, { signal });
   */
  async delete(print: DevicePrint, { signal }: AdapterOptions): Promise<void> {
    this.#declared('delete');
    checkPrint(print);
    await this.#quick('delete', signal, answers.isAnything, (options) => this._delete(print, options));
  }

  /**
   * Forgets every print. Rejects with the codes that every operation has ({@link MatchingDevice}), and what `_clear`
   * rejects with.
   *
   * @example
   * await device.clear({ signal });
   */
  async clear({ signal }: AdapterOptions): Promise<void> {
    this.#declared('clear');
    await this.#quick('clear', signal, answers.isAnything, (options) => this._clear(options));
  }

  /**
   * The template of a print. Rejects with the codes that every operation has ({@link MatchingDevice}),
   * WINBIO_E_DATABASE_NO_SUCH_RECORD, and what `_exportTemplate` rejects with.
   *
   * @example
   * const template = await device.exportTemplate(print, { signal });
   */
  async exportTemplate(print: DevicePrint, { signal }: AdapterOptions): Promise<Uint8Array> {
    this.#declared('backup');
    checkPrint(print);
    return await this.#quick('export', signal, answers.isTemplate, (options) => this._exportTemplate(print, options));
  }

  /**
   * Puts a template back. Rejects with the codes that every operation has ({@link MatchingDevice}),
   * WINBIO_E_DATABASE_FULL, WHORL_E_MALFORMED, and what `_importTemplate` rejects with.
   *
   * @example
   * const print = await device.importTemplate(template, { subFactor: 2, label: 'w-0001' }, { signal });
   */
  async importTemplate(template: Uint8Array, print: NewPrint, { signal }: AdapterOptions): Promise<DevicePrint> {
    this.#declared('backup');
    if (!answers.isTemplate(template)) throw new BiometricError('E_INVALIDARG', 'template: give its bytes');
    const wanted = checkedNewPrint(print);
    return await this.#quick('import', signal, answers.isDevicePrint, (options) =>
      this._importTemplate(template, wanted, options),
    );
  }

  /**
   * Shows the person something, also while an operation runs. Rejects with E_NOTIMPL (no `feedback`), E_INVALIDARG,
   * WINBIO_E_INVALID_DEVICE_STATE (not open), WINBIO_E_SENSOR_UNAVAILABLE (gone), WINBIO_E_CANCELED (aborted),
   * WINBIO_E_DEVICE_FAILURE (no answer in time), and what `_feedback` rejects with.
   *
   * @example
   * await device.feedback('waiting', { signal });
   */
  async feedback(shown: FingerFeedback, { signal }: AdapterOptions): Promise<void> {
    this.#declared('feedback');
    if (!FEEDBACKS.includes(shown)) {
      throw new BiometricError('E_INVALIDARG', `feedback: give ${FEEDBACKS.map((each) => `'${each}'`).join(' or ')}`);
    }
    this.#requireOpen();
    throwIfAborted(signal);
    const call = new DeviceCall<void>(this.#clock, 'feedback');
    await call.run((options) => this._feedback(shown, options), signal, MATCHING_DEVICE_DEADLINE_MS);
  }

  /**
   * Tells the device that the machine goes to sleep or woke; one that is not open is not told. Never fails.
   *
   * @example
   * device.notifyPower('suspend');
   */
  notifyPower(change: PowerChange): void {
    if (this.#status !== 'closed' && this.#status !== 'removed') this._notifyPower(change);
  }

  /**
   * Brings the device back to its first state, open. What runs ends with WINBIO_E_DEVICE_FAILURE. Rejects with
   * WINBIO_E_INVALID_DEVICE_STATE (not open), WINBIO_E_SENSOR_UNAVAILABLE (gone), WINBIO_E_DEVICE_FAILURE (no answer in
   * time), and what `_reset` rejects with.
   *
   * @example
   * await device.reset();
   */
  async reset(): Promise<void> {
    if (this.#status !== 'failed') this.#requireOpen();
    this.#running?.end(failure('the device was reset'));
    this.#running = undefined;
    const call = new DeviceCall<void>(this.#clock, 'reset');
    this.#running = call;
    try {
      await call.run(() => this._reset(), undefined, MATCHING_DEVICE_CANCEL_MS);
      this._setStatus('ready');
    } catch (thrown) {
      this._setStatus('failed');
      throw thrown;
    } finally {
      if (this.#running === call) this.#running = undefined;
    }
  }

  /**
   * Closes the device; idempotent. What runs ends with WINBIO_E_CANCELED. Rejects with what `_close` rejects with, and
   * with WINBIO_E_DEVICE_FAILURE when that takes too long.
   *
   * @example
   * await device.close();
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /**
   * Mirrors {@link close}.
   *
   * @example
   * await using closing = device;
   */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** For the driver: a finger came or went. */
  protected _finger(present: boolean): void {
    this.#tell((observer) => observer.finger?.(present));
  }

  /** For the driver: the device is in another state; nothing follows `removed`. */
  protected _setStatus(status: MatchingDeviceStatus): void {
    if (this.#status === status || this.#status === 'removed') return;
    this.#status = status;
    this.#tell((observer) => observer.status?.(status));
  }

  /** For the driver: the device is gone. What runs ends with WINBIO_E_SENSOR_UNAVAILABLE. */
  protected _removed(): void {
    this._setStatus('removed');
    this.#running?.end(gone());
  }

  /** Opens the device. Called on one that is not open; after a failure it may be called again. */
  protected abstract _open(options: AdapterOptions): Promise<void>;

  /**
   * Enrolls. Tell `onStage` of each touch. On an abort, leave no print and reject. Reject with WINBIO_E_DATABASE_FULL
   * when there is no room.
   */
  protected abstract _enroll(print: NewPrint, options: EnrollOptions): Promise<DeviceEnrollment>;

  /** Compares a touch with a print. */
  protected _verify(_print: DevicePrint, _options: AdapterOptions): Promise<DeviceVerification> {
    return lacking('verify');
  }

  /**
   * Finds the print of a touch; a driver that can only search all of them does that. Among no prints it waits for a
   * touch all the same.
   */
  protected _identify(
    _prints: readonly DevicePrint[] | 'all',
    _options: AdapterOptions,
  ): Promise<DeviceIdentification> {
    return lacking('identify');
  }

  /** Hands out the picture of a touch. */
  protected _capturePicture(_options: AdapterOptions): Promise<DevicePicture> {
    return lacking('picture');
  }

  /** The prints on the device. */
  protected _list(_options: AdapterOptions): Promise<readonly DevicePrint[]> {
    return lacking('list');
  }

  /** Number of prints; by default those of the list. */
  protected async _count(options: AdapterOptions): Promise<number> {
    return (await this._list(options)).length;
  }

  /** Forgets a print. */
  protected _delete(_print: DevicePrint, _options: AdapterOptions): Promise<void> {
    return lacking('delete');
  }

  /** Forgets all prints. */
  protected _clear(_options: AdapterOptions): Promise<void> {
    return lacking('clear');
  }

  /** The template of a print. */
  protected _exportTemplate(_print: DevicePrint, _options: AdapterOptions): Promise<Uint8Array> {
    return lacking('backup');
  }

  /** Puts a template back. */
  protected _importTemplate(_template: Uint8Array, _print: NewPrint, _options: AdapterOptions): Promise<DevicePrint> {
    return lacking('backup');
  }

  /** Shows the person something. */
  protected _feedback(_shown: FingerFeedback, _options: AdapterOptions): Promise<void> {
    return lacking('feedback');
  }

  /** Prepares for sleep or recovers from it, without waiting. By default nothing. */
  protected _notifyPower(_change: PowerChange): void {}

  /** Brings the device back to its first state, open. By default nothing. */
  protected async _reset(): Promise<void> {}

  /** Releases the device; called once, also when it was never opened or is gone. By default nothing. */
  protected async _close(): Promise<void> {}

  async #open(signal: AbortSignal): Promise<void> {
    const call = new DeviceCall<void>(this.#clock, 'open');
    this.#running = call;
    try {
      await call.run((options) => this._open(options), signal, MATCHING_DEVICE_DEADLINE_MS);
      if (this.#closing === undefined && this.#status === 'closed') this._setStatus('ready');
    } catch (thrown) {
      this.#noteFault(thrown);
      throw thrown;
    } finally {
      if (this.#running === call) this.#running = undefined;
    }
    if (this.#closing !== undefined) throw closed();
  }

  async #close(): Promise<void> {
    const running = this.#running;
    running?.cancel('the device was closed');
    await running?.settled();
    const call = new DeviceCall<void>(this.#clock, 'close');
    try {
      await call.run(() => this._close(), undefined, MATCHING_DEVICE_CANCEL_MS);
    } finally {
      this._setStatus('closed');
      this.#observers.clear();
    }
  }

  /** An operation that waits for no person. */
  #quick<T>(
    what: string,
    signal: AbortSignal,
    check: (answer: unknown) => answer is T,
    hook: (options: AdapterOptions) => Promise<T>,
  ): Promise<T> {
    return this.#perform(what, MATCHING_DEVICE_DEADLINE_MS, signal, check, hook);
  }

  async #perform<T>(
    what: string,
    deadlineMs: number | undefined,
    signal: AbortSignal,
    check: (answer: unknown) => answer is T,
    hook: (options: AdapterOptions, call: DeviceCall<T>) => Promise<T>,
  ): Promise<T> {
    this.#requireOpen();
    throwIfAborted(signal);
    if (this.#running !== undefined)
      throw new BiometricError('WINBIO_E_DEVICE_BUSY', 'the device works on something else');
    const call = new DeviceCall<T>(this.#clock, what);
    this.#running = call;
    try {
      const answer = await call.run((options) => hook(options, call), signal, deadlineMs);
      if (check(answer)) return answer;
      throw failure(`${what}: an answer that its contract does not allow`);
    } catch (thrown) {
      if (call.stuck && this.#closing === undefined && this.#status !== 'removed') this._setStatus('failed');
      this.#noteFault(thrown);
      throw thrown;
    } finally {
      if (this.#running === call) this.#running = undefined;
    }
  }

  #noteFault(thrown: unknown): void {
    if (isBiometricError(thrown) && thrown.code === 'WINBIO_E_SENSOR_UNAVAILABLE') this._removed();
  }

  #tell(tell: (observer: MatchingDeviceObserver) => void): void {
    for (const observer of [...this.#observers]) {
      try {
        tell(observer);
      } catch {
        // What an observer throws is its own affair.
      }
    }
  }

  #can(capability: MatchingDeviceCapability): boolean {
    return this.info.capabilities.includes(capability);
  }

  #declared(capability: MatchingDeviceCapability): void {
    if (!this.#can(capability)) throw new BiometricError('E_NOTIMPL', `the device has no '${capability}'`);
  }

  #requireOpen(): void {
    if (this.#status === 'removed') throw gone();
    if (this.#closing !== undefined) throw closed();
    if (this.#status === 'closed') throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'the device is not open');
    if (this.#status === 'failed') throw failure('the device failed and was not reset');
  }
}

function checkedNewPrint({ subFactor, label }: NewPrint): NewPrint {
  if (!isEnrollableSubFactor(subFactor)) {
    throw new BiometricError('E_INVALIDARG', 'subFactor: give 1 to 10, 13, 14 or 245 to 254');
  }
  if (typeof label !== 'string' || !/^[a-z0-9-]{1,32}$/.test(label)) {
    throw new BiometricError('E_INVALIDARG', 'label: give 1 to 32 of a-z, 0-9 and -');
  }
  return { subFactor, label };
}

function checkPrint(print: DevicePrint): void {
  if (!answers.isDevicePrint(print)) throw new BiometricError('E_INVALIDARG', 'print: give one that the device named');
}

function failure(text: string): BiometricError {
  return new BiometricError('WINBIO_E_DEVICE_FAILURE', text);
}

function gone(): BiometricError {
  return new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', 'the device is gone');
}

function closed(): BiometricError {
  return new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'the device is closed');
}

async function lacking(capability: MatchingDeviceCapability): Promise<never> {
  throw new BiometricError('E_NOTIMPL', `the driver declares '${capability}' and does not have it`);
}
