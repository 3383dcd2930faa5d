/** A service that is attacked, by another user of the machine where this one may become another; and its measurements. */

import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { DaemonConfiguration } from '../../src/daemon/configuration/daemon-configuration.ts';
import { type DaemonProcess, startProcess } from '../daemon/start.ts';
import type { Target } from './attack-table.ts';

/** User id of `nobody`. */
const NOBODY = 65_534;
const ORIGIN = 'https://example.com';
const ATTACKER = 'test/attacks/attacker.ts';

/** True where attacks come from an account of their own, with budgets of its own. */
export const attackersAreOthers =
  process.getuid?.() === 0 && spawnSync(process.execPath, ['-e', ''], { uid: NOBODY, gid: NOBODY }).status === 0;

export class AttackedService implements AsyncDisposable {
  readonly target: Target;
  readonly #folder: string;
  readonly #daemon: DaemonProcess;

  private constructor(folder: string, daemon: DaemonProcess, url: string) {
    this.#folder = folder;
    this.#daemon = daemon;
    this.target = { address: daemon.address, url, origin: ORIGIN };
  }

  static async start(change: DaemonConfiguration = {}): Promise<AttackedService> {
    const folder = mkdtempSync('/tmp/whorl-attacked-');
    chmodSync(folder, 0o755);
    mkdirSync(join(folder, 'state'), { mode: 0o700 });
    const daemon = await startProcess(join(folder, 'state'), {
      log: { level: 'silent' },
      socket: join(folder, 'run', 'whorl.sock'),
      http: { port: 0, origins: [ORIGIN] },
      ...(attackersAreOthers && { access: { users: [String(NOBODY)], enroll: [String(NOBODY)] } }),
      ...change,
    });
    return new AttackedService(folder, daemon, daemon.url ?? '');
  }

  /** A process that attacks from now on, until it is disposed of. */
  async attack(number: number): Promise<Attacker> {
    const user = attackersAreOthers ? { uid: NOBODY, gid: NOBODY } : {};
    const child = fork(ATTACKER, [String(number), JSON.stringify(this.target)], user);
    await once(child, 'message');
    return new Attacker(child);
  }

  get alive(): boolean {
    return this.#daemon.child.exitCode === null && this.#daemon.child.signalCode === null;
  }

  /** Resident memory, MB. */
  get memoryMb(): number {
    const [, kilobytes = '0'] =
      /^VmRSS:\s*(\d+)/m.exec(readFileSync(`/proc/${this.#daemon.child.pid}/status`, 'utf8')) ?? [];
    return Math.round(Number(kilobytes) / 1024);
  }

  /** Least memory of a while, which is what it holds once it has tidied up. */
  async settledMemoryMb(ms: number): Promise<number> {
    let least = this.memoryMb;
    for (const endMs = performance.now() + ms; performance.now() < endMs; await delay(100)) {
      least = Math.min(least, this.memoryMb);
    }
    return least;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#daemon.end('SIGTERM');
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A process that attacks. */
export class Attacker implements AsyncDisposable {
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** What it has done so far. */
  async counts(): Promise<Readonly<Record<string, number>>> {
    this.#child.send('tell');
    const [counts] = await once(this.#child, 'message');
    return counts;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}
