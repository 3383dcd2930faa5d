/** Drives a virtual reader of the service. */

import type { GreyImage } from '../core/grey-image.ts';
import type { RejectDetail } from '../core/identifiers.ts';
import { FINGERS, type FingerName } from '../core/sub-factor.ts';
import type { ServiceChannel } from './service-channel.ts';

/** A synthetic finger: one of the ten of a person grown from a seed. The same seeds give the same pixels. */
export interface SyntheticFinger {
  /** Seed of the person, 0 to 2^32 - 1. */
  readonly person: number;
  /** Which of the ten. */
  readonly finger: FingerName;
  /** Seed of the impression, 0 to 2^32 - 1; each differs in place, rotation, pressure and noise. Default: 0. */
  readonly impression?: number;
  /** How it is put on the sensor. Default: as the seed of the impression draws it. */
  readonly placement?: Placement;
}

/** How a finger is put on the sensor; the seed of the impression draws what is not given. */
export interface Placement {
  /** Displacement to the right, millimetres, -50 to 50. */
  readonly shiftXMm?: number;
  /** Displacement downwards, millimetres, -50 to 50. */
  readonly shiftYMm?: number;
  /** Rotation counter-clockwise, degrees, -180 to 180. */
  readonly rotationDeg?: number;
  /** 0 light (thin, broken ridges) to 1 heavy (thick, merged ridges); 0.5 is ideal. */
  readonly pressure?: number;
}

/** What became of a touch: the sensor captured it, or it was `lost` because nothing was capturing. */
export type TouchResult = 'captured' | 'lost';

/**
 * A virtual reader of the service, from `service.virtualReader()`: touches it, unplugs it, makes it fail, for tests and
 * demonstrations without hardware. Administrators only.
 *
 * ```ts
 * const pending = session.identify();
 * await service.virtualReader().touch({ person: 1, finger: 'right-index' });
 * const outcome = await pending;
 * ```
 */
export class VirtualReaderClient {
  readonly #channel: ServiceChannel;
  readonly #reader: string;

  /** Made by `service.virtualReader()`. */
  constructor(channel: ServiceChannel, reader: string) {
    this.#channel = channel;
    this.#reader = reader;
  }

  /**
   * Presents a synthetic finger; resolves when it is captured or lost. Rejects with E_ACCESSDENIED, E_INVALIDARG when
   * there is no such reader or a value is out of range, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await reader.touch({ person: 1, finger: 'left-thumb', impression: 3, placement: { rotationDeg: 20 } });
   * ```
   */
  async touch(finger: SyntheticFinger): Promise<TouchResult> {
    return (await this.#ask('touch', synthetic(finger))) as TouchResult;
  }

  /**
   * What the sensor would see of a synthetic finger, without touching it. Rejects with E_ACCESSDENIED, E_INVALIDARG
   * when there is no such reader or a value is out of range, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const image = await reader.preview({ person: 1, finger: 'left-thumb' });
   * ```
   */
  async preview(finger: SyntheticFinger): Promise<GreyImage> {
    return (await this.#ask('preview', synthetic(finger))) as GreyImage;
  }

  /**
   * Presents an image of at most 4096 x 4096 pixels; resolves when it is captured or lost. Rejects with E_ACCESSDENIED,
   * E_INVALIDARG when there is no such reader or the image is malformed, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await reader.present(decodePng(await readFile('finger.png')));
   * ```
   */
  async present(image: GreyImage): Promise<TouchResult> {
    return (await this.#ask('present', { image })) as TouchResult;
  }

  /**
   * Presents a finger badly: the sensor rejects the capture with this detail. Rejects with E_ACCESSDENIED, E_INVALIDARG
   * when there is no such reader, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await reader.presentRejected(7); // WINBIO_FP_POOR_QUALITY
   * ```
   */
  async presentRejected(detail: RejectDetail): Promise<TouchResult> {
    return (await this.#ask('reject', { detail })) as TouchResult;
  }

  /**
   * Makes the sensor stop answering until {@link release}. Rejects with E_ACCESSDENIED, E_INVALIDARG when there is no
   * such reader, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await reader.hang();
   * ```
   */
  async hang(): Promise<void> {
    await this.#ask('hang');
  }

  /**
   * Makes the sensor answer again. Rejects with E_ACCESSDENIED, E_INVALIDARG when there is no such reader,
   * WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await reader.release();
   * ```
   */
  async release(): Promise<void> {
    await this.#ask('release');
  }

  /**
   * Makes the capture fail with WINBIO_E_DEVICE_FAILURE. Rejects with E_ACCESSDENIED, E_INVALIDARG when there is no
   * such reader, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await reader.fault();
   * ```
   */
  async fault(): Promise<void> {
    await this.#ask('fault');
  }

  /**
   * Detaches the reader: its unit is removed. Rejects with E_ACCESSDENIED, E_INVALIDARG when there is no such reader,
   * WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await reader.unplug();
   * ```
   */
  async unplug(): Promise<void> {
    await this.#ask('unplug');
  }

  /**
   * Attaches the reader again, as a new unit. Rejects with E_ACCESSDENIED, E_INVALIDARG when there is no such reader,
   * WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await reader.plug();
   * ```
   */
  async plug(): Promise<void> {
    await this.#ask('plug');
  }

  #ask(kind: string, fields: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    return this.#channel.ask('virtual-reader', { reader: this.#reader, kind, ...fields });
  }
}

function synthetic({ person, finger, impression = 0, placement = {} }: SyntheticFinger) {
  return { person, finger: FINGERS[finger], impression, placement };
}
