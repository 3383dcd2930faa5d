/** Who has started a service and wants to know how it is: systemd, the service control manager of Windows, or nobody. */

import type { Logger } from '../../core/logger.ts';
import type { DaemonConfiguration, LogConfiguration } from '../configuration/daemon-configuration.ts';
import { superviseBySystemd } from './systemd-supervision.ts';

/** What a service tells its supervisor, and hears of it. */
export interface Supervision extends AsyncDisposable {
  /** Resolves when the supervisor wants the service to end; without it, signals alone tell. */
  readonly stop?: Promise<undefined>;
  /** What the service has unless its configuration says otherwise. Default: nothing. */
  readonly defaults?: DaemonConfiguration;
  /** Where a service that has no standard error logs. Default: standard error. */
  logger?(level: LogConfiguration['level']): Promise<Logger>;
  /** The service answers; `status` is what the supervisor shows. */
  ready(status: string): Promise<void>;
  /** The service ends with a fault. */
  failed?(thrown: unknown): void;
  /** The service is ending; idempotent. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Begins it; absent when nobody supervises the process. `windowsService` is the name of the service of Windows that this process
 * is. Rejects with E_FAIL when it is not, WHORL_E_CONFIGURATION without koffi.
 */
export async function supervise(windowsService: string | undefined): Promise<Supervision | undefined> {
  if (windowsService === undefined) return superviseBySystemd();
  const { WindowsSupervision } = await import('./windows-supervision.ts');
  return await WindowsSupervision.begin(windowsService);
}
