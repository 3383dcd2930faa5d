/** Drives a virtual reader of the service: what a person and a cable would do. Runs anywhere. */

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
    const { person, impression = 0 } = finger;
    return await this.#ask({ kind: 'touch', person, finger: FINGERS[finger.finger], impression });
  }

  /** Presents an image. */
  async present(image: GreyImage): Promise<TouchResult> {
    return await this.#ask({ kind: 'present', image });
  }

  /** Presents a finger badly: the capture is rejected with this detail. */
  async presentRejected(detail: RejectDetail): Promise<TouchResult> {
    return await this.#ask({ kind: 'reject', detail });
  }

  /** The sensor stops answering until {@link release}. */
  async hang(): Promise<void> {
    await this.#ask({ kind: 'hang' });
  }

  /** The sensor answers again. */
  async release(): Promise<void> {
    await this.#ask({ kind: 'release' });
  }

  /** The capture fails with WINBIO_E_DEVICE_FAILURE. */
  async fault(): Promise<void> {
    await this.#ask({ kind: 'fault' });
  }

  /** Pulls the cable. */
  async unplug(): Promise<void> {
    await this.#ask({ kind: 'unplug' });
  }

  /** Plugs it in again, as a new unit. */
  async plug(): Promise<void> {
    await this.#ask({ kind: 'plug' });
  }

  async #ask(action: { readonly kind: string; readonly [field: string]: unknown }): Promise<TouchResult> {
    return (await this.#channel.ask('virtual-reader', { reader: this.#reader, ...action })) as TouchResult;
  }
}
