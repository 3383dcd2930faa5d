/** Who has started a service and wants to know how it is: systemd, the service control manager of Windows, or nobody. */

import type { SessionsInFront } from '../../composition/connection/turn-observer.ts';
import type { Logger } from '../../core/logger.ts';
import type { DaemonConfiguration, LogConfiguration } from '../configuration/daemon-configuration.ts';

/** What a service tells its supervisor, and hears of it. */
export interface Supervision extends AsyncDisposable {
  /** Resolves when the supervisor wants the service to end; without it, signals alone tell. */
  readonly stop?: Promise<undefined>;
  /** What the service has unless its configuration says otherwise. Default: nothing. */
  readonly defaults?: DaemonConfiguration;
  /** Where a service that has no standard error logs. Default: standard error. */
  logger?(level: LogConfiguration['level']): Promise<Logger>;
  /** Which sessions may have touches, where the supervisor tells of changes. Default: all. */
  readonly sessions?: SessionsInFront;
  /** The service answers; `status` is what the supervisor shows. */
  ready(status: string): Promise<void>;
  /** The service ends with a fault. */
  failed?(thrown: unknown): void;
  /** The service is ending; idempotent. */
  [Symbol.asyncDispose](): Promise<void>;
}
