/** Enrollments of people that the service keeps. */

import type { KeptEnrollment, NewEnrollment } from '../core/kept-enrollment.ts';
import { asking, type MayBeCanceled } from './asking.ts';
import type { ServiceChannel } from './service-channel.ts';

/**
 * Enrollments of people of the directory, from `service.enrollments`. The service touches and keeps them: a page may be
 * reloaded and a reader unplugged. For administrators and operators; every method rejects with E_ACCESSDENIED for others,
 * WHORL_E_NO_SUCH_ENROLLMENT when it is over or was never there, and WHORL_E_CONNECTION_LOST.
 *
 * ```ts
 * const { token } = await service.enrollments.begin({ identity, subFactor: 2, reader: 'desk' });
 * for await (const { stage } of service.enrollments.follow(token)) if (stage === 'complete') break;
 * await service.enrollments.save(token);
 * ```
 */
export class KeptEnrollmentsClient {
  readonly #channel: ServiceChannel;

  /** Made by `service.enrollments`. */
  constructor(channel: ServiceChannel) {
    this.#channel = channel;
  }

  /**
   * Begins one. Rejects with WHORL_E_NO_SUCH_PERSON, WINBIO_E_INVALID_UNIT when no reader has the name,
   * WINBIO_E_SENSOR_UNAVAILABLE when none is plugged in, WINBIO_E_DATABASE_CANT_FIND, E_INVALIDARG,
   * WINBIO_E_DUPLICATE_ENROLLMENT when the person has the finger already, WINBIO_E_ENROLLMENT_IN_PROGRESS.
   *
   * @example
   * ```ts
   * const { token, reader } = await service.enrollments.begin({ identity, subFactor: 2 });
   * ```
   */
  async begin(enrollment: NewEnrollment): Promise<KeptEnrollment> {
    return (await this.#ask('begin', { enrollment })) as KeptEnrollment;
  }

  /**
   * All that are kept for the account of the caller, the newest first.
   * Rejects with E_ACCESSDENIED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const [unfinished] = await service.enrollments.list();
   * ```
   */
  async list(): Promise<readonly KeptEnrollment[]> {
    return (await this.#ask('list')) as readonly KeptEnrollment[];
  }

  /**
   * How it is, now and at each change, and at least every two seconds. Ends after `saved` or `ended`.
   * Rejects with WHORL_E_NO_SUCH_ENROLLMENT, WINBIO_E_CANCELED, E_ACCESSDENIED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * for await (const { percentComplete } of service.enrollments.follow(token)) show(percentComplete);
   * ```
   */
  async *follow(token: string, options: MayBeCanceled = {}): AsyncGenerator<KeptEnrollment, void, void> {
    let number = 0;
    for (;;) {
      const kept = (await this.#ask('follow', { token, number }, options.signal)) as KeptEnrollment;
      yield kept;
      if (kept.stage === 'saved' || kept.stage === 'ended') return;
      ({ number } = kept);
    }
  }

  /**
   * Stores the template of a complete one. A duplicate is an answer: stage `duplicate`, with whose finger it is. Rejects
   * with WINBIO_E_INVALID_OPERATION before it is complete, and what the storage adapter fails with.
   *
   * @example
   * ```ts
   * const { stage, duplicate } = await service.enrollments.save(token);
   * ```
   */
  async save(token: string): Promise<KeptEnrollment> {
    return (await this.#ask('save', { token })) as KeptEnrollment;
  }

  /**
   * Throws it away.
   *
   * @example
   * ```ts
   * await service.enrollments.discard(token);
   * ```
   */
  async discard(token: string): Promise<void> {
    await this.#ask('discard', { token });
  }

  /**
   * Goes on with the same finger at another reader: what was touched is thrown away, since readers differ.
   * Rejects with WHORL_E_NO_SUCH_ENROLLMENT, WINBIO_E_INVALID_UNIT, WINBIO_E_ENROLLMENT_IN_PROGRESS, E_ACCESSDENIED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const { reader } = await service.enrollments.restart(token, 'front');
   * ```
   */
  async restart(token: string, reader: string): Promise<KeptEnrollment> {
    return (await this.#ask('restart', { token, reader })) as KeptEnrollment;
  }

  #ask(kind: string, fields: Readonly<Record<string, unknown>> = {}, signal?: AbortSignal): Promise<unknown> {
    return asking(this.#channel, 'enrollments', { kind, ...fields }, signal);
  }
}
