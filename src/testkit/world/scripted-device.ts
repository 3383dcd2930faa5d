/** A reader that matches inside and does what it is told: for tests of applications, and of what stands on the contract. */

import {
  type DeviceEnrollment,
  type DeviceIdentification,
  type DevicePicture,
  type DevicePrint,
  type DeviceVerification,
  type EnrollOptions,
  type FingerFeedback,
  MATCHING_DEVICE_CAPABILITIES,
  type MatchingDeviceCapability,
  type MatchingDeviceInfo,
  type NewPrint,
} from '../../adapters/matching-device.ts';
import { MatchingDeviceBase } from '../../adapters/matching-device-base.ts';
import type { AdapterOptions } from '../../adapters/sensor-adapter.ts';
import { throwIfAborted } from '../../adapters/sensor-adapter-base.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { Clock } from '../../core/clock.ts';
import type { CodeName } from '../../core/codes.ts';
import { WINBIO_FP_MERGE_FAILURE, WINBIO_FP_SENSOR_SUBTYPE_TOUCH } from '../../core/constants.ts';
import type { RejectDetail } from '../../core/identifiers.ts';
import { scriptedFinger } from './scripted-fingers.ts';

/** Options of a {@link ScriptedDevice}. */
export interface ScriptedDeviceOptions {
  /** Most prints it holds. Default: 10. */
  readonly capacity?: number;
  /** Accepted touches of an enrollment. Default: 3. */
  readonly enrollStages?: number;
  /** What it can do. Default: everything. */
  readonly capabilities?: readonly MatchingDeviceCapability[];
  /** Tells several apart. Default: `1`. */
  readonly serialNumber?: string;
  /** What becomes of a touch that nothing waits for. Default: `lost`. */
  readonly earlyTouch?: 'lost' | 'kept';
  /** Measures deadlines. Default: the clock of the system. */
  readonly clock?: Clock;
}

/** An operation of the device, as scripts name it. */
export type ScriptedOperation =
  | 'open'
  | 'enroll'
  | 'verify'
  | 'identify'
  | 'picture'
  | 'list'
  | 'delete'
  | 'clear'
  | 'export'
  | 'import'
  | 'feedback'
  | 'reset'
  | 'close';

/** How an operation fails when it is told to. */
type Mishap =
  | { readonly kind: 'fault'; readonly code: CodeName }
  | { readonly kind: 'unplug' }
  | { readonly kind: 'hold'; readonly released: Promise<void> };

type Touch = { readonly finger: number } | { readonly detail: RejectDetail };

interface HeldPrint extends DevicePrint {
  readonly finger: number;
}

/**
 * Fingers are numbers: equal ones match, others do not. Every operation also rejects as it is told by {@link failNext},
 * {@link unplugDuring} and {@link hold}.
 */
export class ScriptedDevice extends MatchingDeviceBase {
  /** What the device says about itself. */
  readonly info: MatchingDeviceInfo;
  readonly #keepTouches: boolean;
  readonly #held = new Map<string, HeldPrint>();
  readonly #mishaps = new Map<ScriptedOperation, Mishap[]>();
  readonly #shown: FingerFeedback[] = [];
  readonly #calls: ScriptedOperation[] = [];
  #touches: Touch[] = [];
  #waiter: ((touch: Touch) => void) | undefined;
  #waiting: (() => void)[] = [];
  #lastSlot = 0;

  constructor(options: ScriptedDeviceOptions = {}) {
    super({ ...(options.clock && { clock: options.clock }) });
    const {
      capacity = 10,
      enrollStages = 3,
      serialNumber = '1',
      capabilities = MATCHING_DEVICE_CAPABILITIES,
    } = options;
    this.#keepTouches = options.earlyTouch === 'kept';
    this.info = Object.freeze({
      deviceInstanceId: `SCRIPTED\\DEVICE\\${serialNumber}`,
      description: 'scripted reader that matches inside',
      manufacturer: 'Whorl',
      model: 'ScriptedDevice',
      serialNumber,
      driver: 'scripted',
      firmwareVersion: { major: 1, minor: 0 },
      subType: WINBIO_FP_SENSOR_SUBTYPE_TOUCH,
      capacity,
      enrollStages,
      capabilities: Object.freeze([...capabilities]),
    });
  }

  /** The prints it holds, as it would list them. */
  get prints(): readonly DevicePrint[] {
    return [...this.#held.values()].map(({ finger: _, ...print }) => print);
  }

  /** What it showed the person, in order. */
  get shown(): readonly FingerFeedback[] {
    return this.#shown;
  }

  /** Operations that reached it, in order. */
  get calls(): readonly ScriptedOperation[] {
    return this.#calls;
  }

  /** True while an operation waits for a finger. */
  get waits(): boolean {
    return this.#waiter !== undefined;
  }

  /**
   * Resolves when an operation waits for a finger; at once while one does. Never fails.
   *
   * @example
   * await scriptedDevice.waiting();
   */
  async waiting(): Promise<void> {
    if (!this.waits) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /**
   * Puts a finger on the device, 0 to 65535. Returns whether an operation took it, or will. Never fails.
   *
   * @example
   * scriptedDevice.touch(7); // true while something waits
   */
  touch(finger: number): boolean {
    return this.#touch({ finger });
  }

  /**
   * Puts a finger badly on the device. Returns whether an operation took it, or will. Never fails.
   *
   * @example
   * scriptedDevice.touchBadly(WINBIO_FP_TOO_SHORT);
   */
  touchBadly(detail: RejectDetail): boolean {
    return this.#touch({ detail });
  }

  /**
   * Puts a print of someone else onto the device: one that no record knows. Never fails.
   *
   * @example
   * const { id } = scriptedDevice.plant(9);
   */
  plant(finger: number, label?: string): DevicePrint {
    const { finger: _, ...print } = this.#hold(finger, label);
    return print;
  }

  /**
   * Takes a print off the device behind everyone's back. Returns whether it was there. Never fails.
   *
   * @example
   * scriptedDevice.forget(scriptedDevice.prints[0]?.id ?? '');
   */
  forget(id: string): boolean {
    return this.#held.delete(id);
  }

  /**
   * The next operations of this kind fail with a code: WINBIO_E_DEVICE_FAILURE, once, when nothing else is said. Never
   * fails.
   *
   * @example
   * scriptedDevice.failNext('list', 'WINBIO_E_DEVICE_FAILURE', 3);
   */
  failNext(operation: ScriptedOperation, code: CodeName = 'WINBIO_E_DEVICE_FAILURE', times = 1): void {
    for (let i = 0; i < times; i++) this.#script(operation, { kind: 'fault', code });
  }

  /**
   * The device is unplugged in the middle of the next operation of this kind. Never fails.
   *
   * @example
   * scriptedDevice.unplugDuring('enroll');
   */
  unplugDuring(operation: ScriptedOperation): void {
    this.#script(operation, { kind: 'unplug' });
  }

  /**
   * The next operation of this kind stands still, deaf to aborts, until the returned hold is disposed of. Never fails.
   *
   * @example
   * using held = scriptedDevice.hold('list');
   */
  hold(operation: ScriptedOperation): Disposable {
    const { promise: released, resolve } = Promise.withResolvers<void>();
    this.#script(operation, { kind: 'hold', released });
    return { [Symbol.dispose]: () => resolve() };
  }

  /**
   * Takes the device away. Never fails.
   *
   * @example
   * scriptedDevice.unplug();
   */
  unplug(): void {
    this._removed();
  }

  protected override _open(): Promise<void> {
    return this.#enter('open');
  }

  protected override async _enroll({ label }: NewPrint, { signal, onStage }: EnrollOptions): Promise<DeviceEnrollment> {
    await this.#enter('enroll');
    if (this.#held.size >= (this.info.capacity ?? Number.POSITIVE_INFINITY)) {
      throw new BiometricError('WINBIO_E_DATABASE_FULL', 'the device has no room for another print');
    }
    let first: number | undefined;
    for (let completed = 0; completed < this.info.enrollStages; ) {
      const touch = await this.#nextTouch(signal);
      const detail = 'detail' in touch ? touch.detail : this.#misfit(touch.finger, first);
      if (detail !== undefined) {
        onStage({ kind: 'rejected', detail });
        continue;
      }
      if ('detail' in touch) continue;
      const known = this.#can('duplicates') ? this.#find(touch.finger) : undefined;
      if (known !== undefined) return { kind: 'duplicate', print: known };
      first = touch.finger;
      completed += 1;
      onStage({ kind: 'accepted', completed });
    }
    throwIfAborted(signal);
    const { finger: _, ...print } = this.#hold(first ?? 0, label);
    return { kind: 'enrolled', print };
  }

  protected override async _verify(print: DevicePrint, { signal }: AdapterOptions): Promise<DeviceVerification> {
    await this.#enter('verify');
    const held = this.#require(print);
    const touch = await this.#nextTouch(signal);
    if ('detail' in touch) return { kind: 'rejected', detail: touch.detail };
    return { kind: touch.finger === held.finger ? 'match' : 'no-match' };
  }

  protected override async _identify(
    prints: readonly DevicePrint[] | 'all',
    { signal }: AdapterOptions,
  ): Promise<DeviceIdentification> {
    await this.#enter('identify');
    const touch = await this.#nextTouch(signal);
    if ('detail' in touch) return { kind: 'rejected', detail: touch.detail };
    const asked = [...this.#held.values()].filter(
      ({ id }) => prints === 'all' || prints.some((each) => each.id === id),
    );
    const found = asked.find(({ finger }) => finger === touch.finger);
    if (found === undefined) return { kind: 'no-match' };
    const { finger: _, ...print } = found;
    return { kind: 'match', print };
  }

  protected override async _capturePicture({ signal }: AdapterOptions): Promise<DevicePicture> {
    await this.#enter('picture');
    const touch = await this.#nextTouch(signal);
    if ('detail' in touch) return { kind: 'rejected', detail: touch.detail };
    return { kind: 'picture', image: scriptedFinger(touch.finger) };
  }

  protected override async _list(): Promise<readonly DevicePrint[]> {
    await this.#enter('list');
    return this.prints;
  }

  protected override async _count(): Promise<number> {
    await this.#enter('list');
    return this.#held.size;
  }

  protected override async _delete(print: DevicePrint): Promise<void> {
    await this.#enter('delete');
    this.#held.delete(this.#require(print).id);
  }

  protected override async _clear(): Promise<void> {
    await this.#enter('clear');
    this.#held.clear();
  }

  protected override async _exportTemplate(print: DevicePrint): Promise<Uint8Array> {
    await this.#enter('export');
    const { finger } = this.#require(print);
    return Uint8Array.of(0x53, finger >> 8, finger & 0xff);
  }

  protected override async _importTemplate(template: Uint8Array, { label }: NewPrint): Promise<DevicePrint> {
    await this.#enter('import');
    const [mark, high = 0, low = 0] = template;
    if (mark !== 0x53 || template.length !== 3) throw new BiometricError('WHORL_E_MALFORMED');
    if (this.#held.size >= (this.info.capacity ?? 0)) throw new BiometricError('WINBIO_E_DATABASE_FULL');
    return this.plant((high << 8) | low, label);
  }

  protected override async _feedback(shown: FingerFeedback): Promise<void> {
    await this.#enter('feedback');
    this.#shown.push(shown);
  }

  protected override _reset(): Promise<void> {
    return this.#enter('reset');
  }

  protected override _close(): Promise<void> {
    return this.#enter('close');
  }

  #script(operation: ScriptedOperation, mishap: Mishap): void {
    this.#mishaps.set(operation, [...(this.#mishaps.get(operation) ?? []), mishap]);
  }

  async #enter(operation: ScriptedOperation): Promise<void> {
    this.#calls.push(operation);
    const mishap = this.#mishaps.get(operation)?.shift();
    if (mishap?.kind === 'fault') throw new BiometricError(mishap.code, `scripted: ${operation} fails`);
    if (mishap?.kind === 'hold') await mishap.released;
    if (mishap?.kind === 'unplug') {
      this._removed();
      throw new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', 'the device is gone');
    }
  }

  #touch(touch: Touch): boolean {
    const waiter = this.#waiter;
    if (waiter === undefined && !this.#keepTouches) return false;
    this._finger(true);
    if (waiter === undefined) this.#touches.push(touch);
    else waiter(touch);
    this._finger(false);
    return true;
  }

  async #nextTouch(signal: AbortSignal): Promise<Touch> {
    throwIfAborted(signal);
    const kept = this.#touches.shift();
    if (kept !== undefined) return kept;
    try {
      return await new Promise<Touch>((resolve, reject) => {
        this.#waiter = (touch) => {
          this.#waiter = undefined;
          resolve(touch);
        };
        signal.addEventListener('abort', () => reject(new BiometricError('WINBIO_E_CANCELED')), { once: true });
        for (const tell of this.#waiting.splice(0)) tell();
      });
    } finally {
      this.#waiter = undefined;
    }
  }

  #misfit(finger: number, first: number | undefined): RejectDetail | undefined {
    return first === undefined || finger === first ? undefined : WINBIO_FP_MERGE_FAILURE;
  }

  #find(finger: number): DevicePrint | undefined {
    const found = [...this.#held.values()].find((held) => held.finger === finger);
    if (found === undefined) return undefined;
    const { finger: _, ...print } = found;
    return print;
  }

  #hold(finger: number, label: string | undefined): HeldPrint {
    this.#lastSlot += 1;
    const id = `slot-${this.#lastSlot}`;
    const held = { id, handle: Uint8Array.of(this.#lastSlot), finger, ...(label !== undefined && { label }) };
    this.#held.set(id, held);
    return held;
  }

  #require({ id }: DevicePrint): HeldPrint {
    const held = this.#held.get(id);
    if (held === undefined)
      throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD', 'the print is not on the device');
    return held;
  }

  #can(capability: MatchingDeviceCapability): boolean {
    return this.info.capabilities.includes(capability);
  }
}
