/** The readers of a service, as people know them. */

import type { PlaceChange, ReaderPlace } from '../core/place.ts';
import type { ServiceChannel } from './service-channel.ts';

/**
 * Names and places of readers, from `service.places`. Everybody who may use the service may read them.
 *
 * ```ts
 * await service.places.change('reader-1', { title: 'Front door', place: 'Main entrance', use: 'door' });
 * ```
 */
export class PlacesClient {
  readonly #channel: ServiceChannel;

  /** Made by `service.places`. */
  constructor(channel: ServiceChannel) {
    this.#channel = channel;
  }

  /**
   * All readers, those that are unplugged included, by place and title. Rejects with WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * for (const { title, place, attached } of await service.places.list()) show(title, place, attached);
   * ```
   */
  async list(): Promise<readonly ReaderPlace[]> {
    return (await this.#channel.ask('places', { kind: 'list' })) as readonly ReaderPlace[];
  }

  /**
   * Names a reader, says where it is and what it is for; kept until it is changed again. Administrators only, and audited.
   * Rejects with E_ACCESSDENIED, WINBIO_E_INVALID_UNIT when no reader has the name, E_INVALIDARG, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const { title } = await service.places.change('reader-1', { title: 'Front door' });
   * ```
   */
  async change(reader: string, change: PlaceChange): Promise<ReaderPlace> {
    return (await this.#channel.ask('places', { kind: 'change', reader, change })) as ReaderPlace;
  }

  /**
   * Forgets a reader that is unplugged and in no configuration. Administrators only, and audited. Rejects with
   * E_ACCESSDENIED, WINBIO_E_INVALID_UNIT, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await service.places.forget('reader-9');
   * ```
   */
  async forget(reader: string): Promise<void> {
    await this.#channel.ask('places', { kind: 'forget', reader });
  }
}
