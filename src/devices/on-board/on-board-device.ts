/** The device behind a unit's sensor, engine and storage: open, one call at a time, and what is known to be on it. */

import type { DevicePrint, FingerFeedback, MatchingDevice } from '../../adapters/matching-device.ts';
import { BiometricError, hresultOf } from '../../core/biometric-error.ts';
import type { RejectDetail } from '../../core/identifiers.ts';
import { WINBIO_E_DATABASE_NO_SUCH_RECORD } from '../../core/result-constants.ts';
import type { DeviceGallery } from './device-gallery.ts';
import { DeviceTurns } from './device-turns.ts';

/** A signal that is never aborted: what the device answers to is its own deadline. */
const { signal: NEVER } = new AbortController();

/** What became of a touch of an enrollment, as a capture tells it. */
export type EnrollmentTouch = { readonly kind: 'stage' } | { readonly kind: 'rejected'; readonly detail: RejectDetail };

/** An enrollment as the device knows it. */
interface RunningEnrollment extends Disposable {
  touch(gallery: DeviceGallery, signal: AbortSignal): Promise<EnrollmentTouch>;
  /** Ends it, and resolves when the device is free again. */
  abandon(): Promise<void>;
}

export class OnBoardDevice {
  readonly device: MatchingDevice;
  readonly turns = new DeviceTurns();
  #opening: Promise<void> | undefined;
  /** Ids of the prints on it; undefined while nobody knows. */
  #ids: Set<string> | undefined;
  /** Prints that a record keeps. */
  readonly #kept = new Set<string>();
  /** The enrollment that captures for it now. */
  enrollment: RunningEnrollment | undefined;

  constructor(device: MatchingDevice) {
    this.device = device;
  }

  get name(): string {
    return this.device.info.deviceInstanceId;
  }

  can(capability: MatchingDevice['info']['capabilities'][number]): boolean {
    return this.device.info.capabilities.includes(capability);
  }

  /** Opens the device and reads what is on it; once it has, only what it does not know yet. */
  async prepare(): Promise<void> {
    this.#opening ??= this.#prepare().finally(() => {
      this.#opening = undefined;
    });
    await this.#opening;
  }

  /** Whether a print is on the device; undefined where nobody knows. */
  holds(id: string): boolean | undefined {
    return this.#ids?.has(id);
  }

  /** True when nothing is on the device; false where nobody knows. */
  get empty(): boolean {
    return this.#ids?.size === 0;
  }

  /** The prints on the device, as it says now. Rejects with E_NOTIMPL when it cannot say. */
  async prints(): Promise<readonly DevicePrint[]> {
    const prints = await this.turns.briefly(() => this.device.list({ signal: NEVER }));
    this.#ids = new Set(prints.map(({ id }) => id));
    return prints;
  }

  /** A print is on the device now. */
  added({ id }: DevicePrint): void {
    this.#ids?.add(id);
  }

  /** Takes a print off the device, if the device can and has it; says whether it is off. */
  async remove(print: DevicePrint): Promise<boolean> {
    if (!this.can('delete')) return false;
    try {
      await this.turns.briefly(() => this.device.delete(print, { signal: NEVER }));
    } catch (thrown) {
      if (hresultOf(thrown) !== WINBIO_E_DATABASE_NO_SUCH_RECORD) throw thrown;
    }
    this.#ids?.delete(print.id);
    this.#kept.delete(print.id);
    return true;
  }

  /** A record keeps a print: the enrollment that made it must not take it off again. */
  keep(id: string): void {
    this.#kept.add(id);
  }

  isKept(id: string): boolean {
    return this.#kept.has(id);
  }

  /** Tells what waits for a finger that it waits for other prints now. */
  galleryChanged(): void {
    this.turns.restart();
  }

  /** Shows the person something, if the device can; that it fails changes nothing. */
  show(shown: FingerFeedback): void {
    if (this.can('feedback')) this.device.feedback(shown, { signal: NEVER }).catch(() => {});
  }

  /** Brings it back to its first state. */
  async reset(): Promise<void> {
    // The reset ends what runs, so that nothing waits for a device that does not answer.
    void this.enrollment?.abandon();
    if (this.device.status === 'closed') return;
    await this.device.reset();
    this.#ids = undefined;
  }

  async close(): Promise<void> {
    this.enrollment?.[Symbol.dispose]();
    await this.device.close();
  }

  async #prepare(): Promise<void> {
    await this.device.open({ signal: NEVER });
    if (this.device.status === 'failed') throw new BiometricError('WINBIO_E_DEVICE_FAILURE', 'the reader failed');
    if (this.#ids === undefined && this.can('list')) await this.prints();
  }
}
