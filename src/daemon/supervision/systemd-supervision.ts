/** What a service tells the systemd that started it: that it is ready, alive, and about to end. sd_notify(3). */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Supervision } from './supervision.ts';

/** Programs that systemd starts inherit these; `WATCHDOG_PID` names the one that is watched. */
interface SupervisedEnvironment {
  readonly NOTIFY_SOCKET?: string | undefined;
  readonly WATCHDOG_USEC?: string | undefined;
  readonly WATCHDOG_PID?: string | undefined;
}

/** How long telling may take; it is over in milliseconds. */
const DEADLINE_MS = 5_000;

/** Begins it; absent when nobody supervises the process. */
export function superviseBySystemd(environment: SupervisedEnvironment = process.env): SystemdSupervision | undefined {
  const { NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID } = environment;
  if (NOTIFY_SOCKET === undefined) return undefined;
  const isWatched = WATCHDOG_PID === undefined || WATCHDOG_PID === String(process.pid);
  return new SystemdSupervision(isWatched && WATCHDOG_USEC !== undefined ? Number(WATCHDOG_USEC) / 1000 : undefined);
}

/** The service under supervision. Node has no datagram sockets of Unix, so systemd's own program tells. */
export class SystemdSupervision implements Supervision {
  readonly #alarm: NodeJS.Timeout | undefined;
  #mute = false;

  constructor(watchdogMs: number | undefined) {
    // A timer of the thread that serves: when that hangs, nothing is told and systemd starts the service again.
    if (watchdogMs !== undefined) this.#alarm = setInterval(() => void this.#tell('WATCHDOG=1'), watchdogMs / 3);
  }

  /** The service answers; `status` is what `systemctl status` shows. */
  async ready(status: string): Promise<void> {
    await this.#tell('READY=1', `STATUS=${status}`);
  }

  /** The service is ending; idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#alarm);
    await this.#tell('STOPPING=1');
    this.#mute = true;
  }

  async #tell(...states: readonly string[]): Promise<void> {
    if (this.#mute) return;
    try {
      await promisify(execFile)('systemd-notify', states, { timeout: DEADLINE_MS });
    } catch (thrown) {
      this.#mute = true;
      process.stderr.write(`systemd cannot be told (${String(thrown)}); is systemd-notify in the path?\n`);
    }
  }
}
