/** A service with a module on a pseudo-terminal, and the commands of a person at it. */

import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SerialReaderConfiguration } from '../../../src/composition/configuration/service-configuration.ts';
import { openPseudoTerminal, type PseudoTerminal } from '../../../src/testkit/serial/pseudo-terminal.ts';
import type { ZfmEmulator } from '../../../src/testkit/serial/zfm-emulator.ts';
import { startProcess, temporaryFolder } from '../../daemon/start.ts';

/** Why ports cannot be made here; undefined where they can. */
export const NO_PORTS: string | undefined = (() => {
  if (process.platform === 'win32') return 'pseudo-terminals are not made on Windows';
  try {
    execFileSync('socat', ['-V'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'socat is not installed';
  }
})();

/** How a command ended. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A service in a process of its own. */
export interface AtModule extends AsyncDisposable {
  whorl(...args: readonly string[]): Promise<Ran>;
  /** Runs a command while a finger touches again and again. */
  touching(finger: number, ...args: readonly string[]): Promise<Ran>;
  /** Pulls the cable. */
  unplug(): Promise<void>;
  /** Puts it back. */
  plug(): Promise<void>;
}

/** Starts it; `port` may be left out of the reader, for one whose cable is not in yet. */
export async function serviceAt(
  emulator: ZfmEmulator,
  reader: Pick<SerialReaderConfiguration, 'mode' | 'model' | 'baud'>,
  plugged = true,
): Promise<AtModule> {
  const folder = temporaryFolder();
  const ports = temporaryFolder();
  const port = join(ports.path, 'module');
  let terminal: PseudoTerminal | undefined;
  const plug = async () => {
    emulator.plug();
    terminal = await openPseudoTerminal(port);
    emulator.attach(terminal.stream);
  };
  if (plugged) await plug();
  const daemon = await startProcess(folder.path, {
    readers: [{ kind: 'serial', name: 'clock', port, ...reader }],
    log: { level: 'error' },
  });
  const whorl = async (...args: readonly string[]): Promise<Ran> => {
    const env = { ...process.env, WHORL_HOME: folder.path, WHORL_SOCKET: daemon.address, NO_COLOR: '1' };
    return await promisify(execFile)(process.execPath, ['src/cli/main.ts', ...args], { env }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }: Ran) => ({ code, stdout, stderr }),
    );
  };
  return {
    whorl,
    async touching(finger, ...args) {
      const touch = () => void (emulator.fingersWaiting === 0 && emulator.touch(finger));
      touch();
      const again = setInterval(touch, 20);
      try {
        return await whorl(...args);
      } finally {
        clearInterval(again);
        emulator.lift();
      }
    },
    async unplug() {
      emulator.unplug();
      await terminal?.[Symbol.asyncDispose]();
    },
    plug,
    async [Symbol.asyncDispose]() {
      await daemon.end('SIGTERM');
      await terminal?.[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
      ports[Symbol.dispose]();
    },
  };
}
