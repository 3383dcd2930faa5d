/** The doors that a service watches. */

import type { Door, DoorState, DoorView } from '../core/door.ts';
import { asking, type MayBeCanceled } from './asking.ts';
import type { ServiceChannel } from './service-channel.ts';

/**
 * Doors, from `service.doors`: at this reader, these people, at these hours, this action. The service watches them itself.
 * To be changed by administrators only; a screen may follow the door it is paired for.
 *
 * ```ts
 * await service.doors.set({ name: 'Main', reader: 'front', actions: [{ kind: 'webhook', url: 'http://127.0.0.1:8080/open' }] });
 * ```
 */
export class DoorsClient {
  readonly #channel: ServiceChannel;

  /** Made by `service.doors`. */
  constructor(channel: ServiceChannel) {
    this.#channel = channel;
  }

  /**
   * All doors, by name. Rejects with E_ACCESSDENIED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * for (const { name, state, undelivered } of await service.doors.list()) show(name, state, undelivered);
   * ```
   */
  async list(): Promise<readonly DoorState[]> {
    return (await this.#ask('list')) as readonly DoorState[];
  }

  /**
   * Adds a door, or changes the one of that name; audited. Commands and modules are for the configuration file alone.
   * Rejects with E_ACCESSDENIED, E_INVALIDARG, WINBIO_E_INVALID_UNIT when no reader has the name, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await service.doors.set({ name: 'Main', reader: 'front', groups: ['Staff'], actions: [] });
   * ```
   */
  async set(door: Door): Promise<DoorState> {
    return (await this.#ask('set', { door })) as DoorState;
  }

  /**
   * Removes a door; says whether there was one. Audited. Rejects with E_ACCESSDENIED, E_INVALIDARG for one of the
   * configuration file, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await service.doors.remove('Main');
   * ```
   */
  async remove(name: string): Promise<boolean> {
    return (await this.#ask('remove', { name })) as boolean;
  }

  /**
   * How a door is, now and at each change, for the screen beside it. Leaving the loop ends it. Rejects with E_ACCESSDENIED,
   * E_INVALIDARG when there is no such door, WINBIO_E_CANCELED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * for await (const { door } of service.doors.follow('Main')) show(door.state, door.last?.kind);
   * ```
   */
  async *follow(name: string, options: MayBeCanceled = {}): AsyncGenerator<DoorView, void, void> {
    let number = 0;
    for (;;) {
      const view = (await this.#ask('follow', { name, number }, options.signal)) as DoorView;
      // A quiet door answers with what is known, so that its screen knows that the service is there.
      yield view;
      ({ number } = view);
    }
  }

  /**
   * What webhooks are signed with, for the systems that check them: `whsec_` and bytes in base64, as Standard Webhooks has it.
   * Rejects with E_ACCESSDENIED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const secret = await service.doors.secret();
   * ```
   */
  async secret(): Promise<string> {
    return (await this.#ask('secret')) as string;
  }

  #ask(kind: string, fields: Readonly<Record<string, unknown>> = {}, signal?: AbortSignal): Promise<unknown> {
    return asking(this.#channel, 'doors', { kind, ...fields }, signal);
  }
}
