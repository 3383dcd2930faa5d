/** A service as the service control manager of Windows runs it: without a terminal, with a log of its own. */

import { join } from 'node:path';
import type { SessionsInFront } from '../../composition/connection/turn-observer.ts';
import { requirePrivate } from '../../composition/state/require-private.ts';
import { makeStateFolder } from '../../composition/state/state-directory.ts';
import { toBiometricError } from '../../core/biometric-error.ts';
import type { Logger } from '../../core/logger.ts';
import { isSessionInFront } from '../../drivers/windows/console-sessions.ts';
import { EventLog } from '../../drivers/windows/event-log.ts';
import { machineFolder, suffixOf } from '../../drivers/windows/machine-service.ts';
import { ServiceProcess } from '../../drivers/windows/service-process.ts';
import { MACHINE_PIPE } from '../../protocol/service-address.ts';
import type { DaemonConfiguration, LogConfiguration } from '../configuration/daemon-configuration.ts';
import { withEventLog } from '../watching/event-log-logger.ts';
import { LogFile } from '../watching/log-file.ts';
import type { Supervision } from './supervision.ts';

/** The service under Windows. Its configuration and its log are in the folder of the machine's service, its state in one within. */
export class WindowsSupervision implements Supervision {
  readonly stop: Promise<undefined>;
  readonly defaults: DaemonConfiguration;
  readonly sessions: SessionsInFront;
  readonly #process: ServiceProcess;
  readonly #events: EventLog;
  readonly #folder: string;
  #logger: Promise<Logger> | undefined;
  #file: LogFile | undefined;
  #ended = false;

  private constructor(
    process: ServiceProcess,
    events: EventLog,
    folder: string,
    { stop, sessions, defaults }: Pick<WindowsSupervision, 'stop' | 'sessions' | 'defaults'>,
  ) {
    this.#process = process;
    this.#events = events;
    this.#folder = folder;
    this.stop = stop;
    this.sessions = sessions;
    this.defaults = defaults;
  }

  /** Resolves once Windows has begun the service. Rejects with E_FAIL, WHORL_E_CONFIGURATION. */
  static async begin(name: string): Promise<WindowsSupervision> {
    const { promise: stop, resolve } = Promise.withResolvers<undefined>();
    const listeners = new Set<() => void>();
    const service = await ServiceProcess.begin(name, {
      stop: () => resolve(undefined),
      sessionsChanged: () => {
        for (const listener of listeners) listener();
      },
    });
    const sessions: SessionsInFront = {
      isInFront: isSessionInFront,
      onChange(listener) {
        listeners.add(listener);
        return { [Symbol.dispose]: () => listeners.delete(listener) };
      },
    };
    const folder = machineFolder(name);
    const defaults = { socket: `${MACHINE_PIPE}${suffixOf(name)}` };
    const supervision = new WindowsSupervision(service, new EventLog(name), folder, { stop, sessions, defaults });
    // There is no standard error to print it to; Windows starts the service again.
    process.on('uncaughtExceptionMonitor', ({ stack = '' }) => supervision.#events.write('error', stack));
    try {
      makeStateFolder(folder);
      // The configuration is in it.
      requirePrivate(folder);
      process.env.WHORL_HOME ||= join(folder, 'state');
      // Windows starts a service in its own folder, where no configuration is looked for.
      process.chdir(folder);
    } catch (thrown) {
      supervision.failed(thrown);
      throw thrown;
    }
    return supervision;
  }

  /** A file in the folder `log`; warnings and errors go to the event log, too. Made once. */
  logger(level: LogConfiguration['level']): Promise<Logger> {
    this.#logger ??= this.#openLog(level);
    return this.#logger;
  }

  async ready(status: string): Promise<void> {
    this.#process.running();
    this.#events.write('information', `The service runs: ${status}.`);
  }

  failed(thrown: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    const { code, message, remedy, hresult } = toBiometricError(thrown);
    this.#events.write('error', `The service ended with ${code}: ${message}\n${remedy}`);
    this.#process.stopped(hresult);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#ended) {
      this.#ended = true;
      this.#events.write('information', 'The service ended.');
      this.#process.stopped();
    }
    this.#events[Symbol.dispose]();
    this.#file?.[Symbol.dispose]();
  }

  async #openLog(level: LogConfiguration['level']): Promise<Logger> {
    const { createLogger } = await import('../watching/log.ts');
    const folder = join(this.#folder, 'log');
    makeStateFolder(folder);
    this.#file = new LogFile(join(folder, 'whorl.log'));
    return withEventLog(createLogger(level, this.#file), this.#events);
  }
}
