/** A daemon in a state directory of its own, in this process or in one that can be killed. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { KeyStore } from '../../src/composition/state/key-store.ts';
import { statePlaces } from '../../src/composition/state/state-directory.ts';
import { SILENT_LOGGER } from '../../src/core/logger.ts';
import { Pairings } from '../../src/daemon/clients/pairings.ts';
import type { DaemonConfiguration } from '../../src/daemon/configuration/daemon-configuration.ts';
import { type Daemon, startDaemon } from '../../src/daemon/daemon.ts';

/** A folder that is removed when it is disposed of. */
export function temporaryFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'whorl-daemon-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** Starts a daemon in this process. */
export function startHere(directory: string, change: DaemonConfiguration = {}): Promise<Daemon> {
  return startDaemon({ state: { directory }, engineThreads: 1, ...change }, { logger: SILENT_LOGGER });
}

/** The pairings of a daemon that has run there. */
export function pairingsOf(directory: string): Pairings {
  return new Pairings(directory, KeyStore.openFile(statePlaces(directory)));
}

/** A daemon process; disposing ends it, also when a test fails in between. */
export interface DaemonProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly address: string;
  /** Of its HTTP listener; undefined without one. */
  readonly url: string | undefined;
  /** Sends a signal and waits for the end; resolves to the exit code, or to the signal that ended it. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | string | null>;
}

/** `whorl serve` as a process of its own. */
export async function startProcess(directory: string, change: DaemonConfiguration = {}): Promise<DaemonProcess> {
  const config = join(directory, 'whorl.config.json');
  writeFileSync(config, JSON.stringify({ state: { directory }, engineThreads: 1, log: { level: 'warn' }, ...change }));
  const child = spawn(process.execPath, ['src/cli/main.ts', 'serve', '--json', '--config', config], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  const first = once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>;
  const started = await Promise.race([first, exited]);
  if (child.exitCode !== null || child.signalCode !== null) {
    throw new TypeError(`the daemon ended at once with ${child.exitCode ?? child.signalCode}`);
  }
  const { address, url } = JSON.parse(String(started[0])) as { address: string; url?: string };
  return {
    child,
    address,
    url,
    async end(signal) {
      child.kill(signal);
      const [code, by] = await exited;
      return code ?? by;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exited;
    },
  };
}
