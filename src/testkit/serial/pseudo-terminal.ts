/** A port of this machine that is no hardware: a pseudo-terminal, by the program socat. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Duplex } from 'node:stream';
import { BiometricError } from '../../core/biometric-error.ts';

/** A port, and what is behind it. */
export interface PseudoTerminal extends AsyncDisposable {
  /** Its path, which programs open as a port. */
  readonly path: string;
  /** What they say, and what they hear. */
  readonly stream: Duplex;
}

/**
 * Makes a port at a path, until it is disposed or its stream is destroyed, which is how a cable is pulled. It has no rate. Rejects
 * with WHORL_E_CONFIGURATION where socat is not installed.
 *
 * @example
 * await using terminal = await openPseudoTerminal('/tmp/module');
 * emulator.attach(terminal.stream);
 */
export async function openPseudoTerminal(path: string): Promise<PseudoTerminal> {
  const child = spawn('socat', [`pty,raw,echo=0,link=${path}`, 'stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const failed = once(child, 'error').then(([cause]) => {
    throw new BiometricError('WHORL_E_CONFIGURATION', 'pseudo-terminals need socat; install it', { cause });
  });
  await Promise.race([linked(path), failed]);
  failed.catch(() => {});
  const stream = Duplex.from({ writable: child.stdin, readable: child.stdout });
  const ended = once(child, 'exit');
  // Whoever destroys the stream pulls the cable.
  stream.on('close', () => child.kill());
  stream.on('error', () => {});
  return { path, stream, [Symbol.asyncDispose]: () => end(child, stream, ended) };
}

async function end(child: ChildProcess, stream: Duplex, ended: Promise<unknown>): Promise<void> {
  stream.destroy();
  if (child.exitCode === null && child.signalCode === null) child.kill();
  await ended;
}

/** Resolves when socat has made its link. */
async function linked(path: string): Promise<void> {
  await new Promise<void>((resolve) => {
    const watcher = watch(dirname(path), (_, name) => {
      if (name === basename(path)) done();
    });
    const done = () => {
      watcher.close();
      resolve();
    };
    if (existsSync(path)) done();
  });
}
