/** Drives a virtual reader of the service: what a person and a cable would do. */

import type { GreyImage } from '../core/grey-image.ts';
import type { RejectDetail } from '../core/identifiers.ts';
import { FINGERS, type FingerName } from '../core/sub-factor.ts';
import type { ServiceChannel } from './service-channel.ts';

/** A synthetic finger: one of the ten of a person that grows from a seed. */
export interface SyntheticFinger {
  /** Seed of the person. */
  readonly person: number;
  readonly finger: FingerName;
  /** Seed of this impression: each differs in place, turn, pressure and noise. */
  readonly impression?: number;
  readonly placement?: Placement;
}

/** How a finger is put on the sensor; what is not given is drawn from the seed of the impression. */
export interface Placement {
  /** Displacement on the sensor, millimetres; positive is right and down. */
  readonly shiftXMm?: number;
  readonly shiftYMm?: number;
  /** Counter-clockwise, degrees. */
  readonly rotationDeg?: number;
  /** 0 light (thin, broken ridges) to 1 heavy (thick, merged ridges); 0.5 is right. */
  readonly pressure?: number;
}

/** What became of a touch. `lost`: nothing was capturing. */
export type TouchResult = 'captured' | 'lost';

export class VirtualReaderClient {
  readonly #channel: ServiceChannel;
  readonly #reader: string;

  constructor(channel: ServiceChannel, reader: string) {
    this.#channel = channel;
    this.#reader = reader;
  }

  /** Presents a synthetic finger; resolves when it was captured or lost. */
  async touch(finger: SyntheticFinger): Promise<TouchResult> {
    return (await this.#ask('touch', synthetic(finger))) as TouchResult;
  }

  /** What the sensor would see of a synthetic finger, without touching it. */
  async preview(finger: SyntheticFinger): Promise<GreyImage> {
    return (await this.#ask('preview', synthetic(finger))) as GreyImage;
  }

  /** Presents an image. */
  async present(image: GreyImage): Promise<TouchResult> {
    return (await this.#ask('present', { image })) as TouchResult;
  }

  /** Presents a finger badly: the capture is rejected with this detail. */
  async presentRejected(detail: RejectDetail): Promise<TouchResult> {
    return (await this.#ask('reject', { detail })) as TouchResult;
  }

  /** The sensor stops answering until {@link release}. */
  async hang(): Promise<void> {
    await this.#ask('hang');
  }

  /** The sensor answers again. */
  async release(): Promise<void> {
    await this.#ask('release');
  }

  /** The capture fails with WINBIO_E_DEVICE_FAILURE. */
  async fault(): Promise<void> {
    await this.#ask('fault');
  }

  /** Pulls the cable. */
  async unplug(): Promise<void> {
    await this.#ask('unplug');
  }

  /** Plugs it in again, as a new unit. */
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
