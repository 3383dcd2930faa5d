/**
 * An enrollment on a device: one call of the device from its first touch to its last, handed out one touch a capture. A
 * touch that comes between two captures is kept for the next one.
 */

import type { EnrollmentBuilder, EnrollmentProgress } from '../../adapters/engine-adapter.ts';
import type { DevicePrint, EnrollStage } from '../../adapters/matching-device.ts';
import { throwIfAborted } from '../../adapters/sensor-adapter-base.ts';
import { BiometricError, toBiometricError } from '../../core/biometric-error.ts';
import type { SubFactor } from '../../core/identifiers.ts';
import type { DeviceGallery } from './device-gallery.ts';
import { encodeDeviceTemplate } from './device-template.ts';
import type { EnrollmentTouch, OnBoardDevice } from './on-board-device.ts';

/** What waits to be handed out: a touch, or why there will be none. */
type Pending = EnrollmentTouch | { readonly kind: 'fault'; readonly error: BiometricError };

export class DeviceEnrollmentBuilder implements EnrollmentBuilder {
  readonly #onBoard: OnBoardDevice;
  readonly #subFactor: SubFactor;
  readonly #stages: number;
  readonly #own = new AbortController();
  readonly #pending: Pending[] = [];
  #arrived: (() => void) | undefined;
  #running: Promise<void> | undefined;
  /** Accepted touches that were handed out; those of an enrollment that begins again do not count twice. */
  #accepted = 0;
  #handedOut = 0;
  #print: DevicePrint | undefined;
  /** True when the print was made here, and not found on the device. */
  #made = false;
  #progress: EnrollmentProgress = { kind: 'more-data', detail: 0, percentComplete: 0 };

  constructor(onBoard: OnBoardDevice, subFactor: SubFactor) {
    this.#onBoard = onBoard;
    this.#subFactor = subFactor;
    this.#stages = onBoard.device.info.enrollStages + (this.#looksFirst ? 1 : 0);
  }

  get progress(): EnrollmentProgress {
    return this.#progress;
  }

  /** Waits for the next touch. Rejects with WINBIO_E_CANCELED when aborted; the enrollment goes on. */
  async touch(gallery: DeviceGallery, signal: AbortSignal): Promise<EnrollmentTouch> {
    throwIfAborted(signal);
    if (this.#pending.length === 0 && this.#print !== undefined) return { kind: 'stage' };
    if (this.#pending.length === 0) this.#running ??= this.#run(gallery);
    while (this.#pending.length === 0) await this.#arrival(signal);
    const touch = this.#pending.shift() as Pending;
    if (touch.kind === 'fault') throw touch.error;
    return touch;
  }

  /** Adds what the device did with a touch. */
  async add(): Promise<EnrollmentProgress> {
    this.#handedOut = Math.max(this.#handedOut, this.#accepted);
    const complete = this.#print !== undefined && this.#pending.length === 0;
    const share = Math.min(99, Math.floor((100 * this.#handedOut) / this.#stages));
    const percentComplete = complete ? 100 : Math.max(share, this.#progress.percentComplete);
    this.#progress = { kind: complete ? 'complete' : 'more-data', detail: 0, percentComplete };
    return this.#progress;
  }

  template(): Uint8Array {
    if (this.#progress.kind !== 'complete' || this.#print === undefined) {
      throw new BiometricError('WINBIO_E_INVALID_OPERATION', 'the enrollment is not complete');
    }
    return encodeDeviceTemplate({ device: this.#onBoard.name, print: this.#print });
  }

  /** Ends it; a print that no record keeps is taken off the device. */
  [Symbol.dispose](): void {
    void this.abandon();
  }

  /** Ends it, and resolves when the device is free again. */
  async abandon(): Promise<void> {
    if (this.#own.signal.aborted) return;
    this.#own.abort('the enrollment ended');
    if (this.#onBoard.enrollment === this) this.#onBoard.enrollment = undefined;
    this.#onBoard.show('off');
    await this.#running;
    const print = this.#print;
    if (print === undefined || !this.#made || this.#onBoard.isKept(print.id)) return;
    // Left where it cannot be taken off: it belongs to no record, and `whorl reconcile` shows it.
    await this.#onBoard.remove(print).catch(() => false);
  }

  /** A device that finds fingers and does not look for duplicates itself is asked with a touch of its own. */
  get #looksFirst(): boolean {
    return this.#onBoard.can('identify') && !this.#onBoard.can('duplicates') && !this.#onBoard.empty;
  }

  async #run(gallery: DeviceGallery): Promise<void> {
    const { signal } = this.#own;
    const onBoard = this.#onBoard;
    try {
      await onBoard.turns.enrolling(signal, async () => {
        throwIfAborted(signal);
        onBoard.show('waiting');
        if (this.#stages > onBoard.device.info.enrollStages && this.#accepted === 0) {
          if (!(await this.#lookForDuplicate(gallery, signal))) return;
        }
        await this.#enroll(gallery, signal);
      });
    } catch (thrown) {
      this.#hand({ kind: 'fault', error: toBiometricError(thrown) });
    } finally {
      this.#running = undefined;
    }
  }

  /** False when there is nothing more to do for now. */
  async #lookForDuplicate(gallery: DeviceGallery, signal: AbortSignal): Promise<boolean> {
    const found = await this.#onBoard.device.identify('all', { signal });
    if (found.kind === 'rejected') this.#hand(found);
    if (found.kind === 'match') this.#duplicate(found.print, gallery);
    if (found.kind !== 'no-match') return false;
    this.#accepted = 1;
    this.#hand({ kind: 'stage' });
    return true;
  }

  async #enroll(gallery: DeviceGallery, signal: AbortSignal): Promise<void> {
    const { device } = this.#onBoard;
    const ahead = this.#stages - device.info.enrollStages;
    const onStage = (stage: EnrollStage) => {
      this.#onBoard.show(stage.kind === 'accepted' ? 'good' : 'bad');
      if (stage.kind === 'rejected') this.#hand(stage);
      else {
        this.#accepted = ahead + stage.completed;
        // The last touch is known to be good once the print is on the device.
        if (stage.completed < device.info.enrollStages) this.#hand({ kind: 'stage' });
      }
    };
    const print = { subFactor: this.#subFactor, label: newLabel() };
    const outcome = await device.enroll(print, { signal, onStage });
    switch (outcome.kind) {
      case 'enrolled':
        this.#print = outcome.print;
        this.#made = true;
        this.#onBoard.added(outcome.print);
        this.#hand({ kind: 'stage' });
        break;
      case 'duplicate':
        this.#duplicate(outcome.print, gallery);
        break;
      case 'rejected':
        // It begins again with the next capture.
        this.#hand(outcome);
        break;
      default:
        outcome satisfies never;
    }
  }

  /** The commit of a template that is a record's says whose it is; another print belongs to nobody here. */
  #duplicate(print: DevicePrint | undefined, gallery: DeviceGallery): void {
    if (print !== undefined && gallery.recordOf(print.id) !== undefined) {
      this.#print = print;
      this.#hand({ kind: 'stage' });
      return;
    }
    const text =
      print === undefined
        ? 'the reader holds this finger already, and does not say whose it is: delete that one first, or take another finger'
        : 'the reader holds this finger already, and no record of this pool knows it: see whorl reconcile';
    this.#hand({ kind: 'fault', error: new BiometricError('WINBIO_E_DUPLICATE_TEMPLATE', text) });
  }

  #hand(pending: Pending): void {
    this.#pending.push(pending);
    this.#arrived?.();
  }

  async #arrival(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const leave = () => reject(new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason }));
      const done = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      this.#arrived = done;
      signal.addEventListener('abort', leave, { once: true });
    }).finally(() => {
      this.#arrived = undefined;
    });
  }
}

/** `w-` and 80 random bits: it tells our prints from others and names nobody. */
function newLabel(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(10));
  return `w-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
