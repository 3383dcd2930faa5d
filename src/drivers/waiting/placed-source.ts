/** A source of what a reader is, at a place where it comes and goes. */

import { Attached, type AttachmentObserver } from '../../adapters/attached.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { Clock } from '../../core/clock.ts';
import { type AtReaderPlace, ReaderPlace, type ReaderPlaceOptions } from './reader-place.ts';

/** What every source takes. */
export interface PlacedSourceOptions {
  readonly clock?: Clock | undefined;
  readonly onFault?: ((error: BiometricError) => void) | undefined;
}

/** Sensors or devices, the reader itself or several of it, and who watches them. */
export abstract class PlacedSource<Item, Unit extends AtReaderPlace> implements AsyncDisposable {
  /** What there is now. */
  protected readonly attached = new Attached<Item>();
  /** Where it is looked for. */
  protected readonly place: ReaderPlace<Unit>;
  #closing: Promise<void> | undefined;

  /** Begins to look; `reader` is how, and what comes and goes with the reader. */
  protected constructor(
    { clock, onFault }: PlacedSourceOptions,
    reader: (attached: Attached<Item>) => Omit<ReaderPlaceOptions<Unit>, 'clock' | 'fault'>,
  ) {
    this.place = new ReaderPlace({ ...reader(this.attached), clock, fault: onFault });
  }

  /** Why there is nothing; undefined while there is something. */
  get fault(): BiometricError | undefined {
    return this.place.fault;
  }

  /**
   * Reports what there is, then every change. Throws WINBIO_E_INVALID_DEVICE_STATE once closed.
   *
   * @example
   * ```ts
   * await using source = await SerialDevices.start({ port: 'COM3' });
   * using watching = source.watch({ arrived: () => console.log('here'), removed: () => console.log('gone') });
   * ```
   */
  watch(observer: AttachmentObserver<Item>): Disposable {
    if (this.#closing !== undefined) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'the source is closed');
    return this.attached.watch(observer);
  }

  /**
   * Stops looking and releases the reader; idempotent. Rejects with the fault of the device.
   *
   * @example
   * ```ts
   * const source = await SerialDevices.start({ port: 'COM3' });
   * await source.close();
   * ```
   */
  close(): Promise<void> {
    this.#closing ??= this.place.close().finally(() => this.attached.close());
    return this.#closing;
  }

  /**
   * Mirrors {@link close}.
   *
   * @example
   * ```ts
   * await using source = await SerialDevices.start({ port: 'COM3' });
   * ```
   */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
