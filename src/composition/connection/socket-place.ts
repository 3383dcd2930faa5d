/** Where a Unix socket lies in the file system: what is there already, who may reach it, and what is left behind. */

import { chmodSync, lstatSync, renameSync, rmSync, type Stats } from 'node:fs';
import { createConnection } from 'node:net';
import { dirname } from 'node:path';
import { BiometricError, isBiometricError } from '../../core/biometric-error.ts';
import { pathFaultOf } from '../../core/path-fault.ts';
import { makeFolder } from '../../storage/make-folder.ts';

/** Longest name a Unix socket can have, bytes. */
const MAX_PATH_BYTES = 107;

export class SocketPlace {
  readonly #address: string;
  /** The socket of this service, by its number in the file system. */
  #inode: number | undefined;

  private constructor(address: string) {
    this.#address = address;
  }

  /**
   * Makes room: only a socket that nobody listens at is removed. Rejects with WHORL_E_CONFIGURATION when the path is too
   * long, something else lies there, or another service listens.
   */
  static async take(address: string, everybody: boolean): Promise<SocketPlace> {
    requireSocketPath(address);
    const place = new SocketPlace(address);
    try {
      makeFolder(dirname(address), everybody ? 0o755 : 0o700);
      for (const path of [address, place.temporary]) await removeDead(path);
    } catch (cause) {
      if (isBiometricError(cause)) throw cause;
      const words = pathFaultOf(cause)?.words ?? 'it cannot be made';
      throw new BiometricError('WHORL_E_CONFIGURATION', `socket: ${address}: ${words}; give another path`, { cause });
    }
    return place;
  }

  /** The name to bind the socket by, as long as its own, which it has by the time anyone may connect. */
  get temporary(): string {
    return `${this.#address.slice(0, -1)}~`;
  }

  /** Gives the bound socket its mode, then its name. */
  publish(mode: number): void {
    chmodSync(this.temporary, mode);
    this.#inode = lstatSync(this.temporary).ino;
    renameSync(this.temporary, this.#address);
  }

  /** Removes the socket, unless it is that of a successor. */
  leave(): void {
    if (this.#inode === undefined || statOf(this.#address)?.ino !== this.#inode) return;
    rmSync(this.#address, { force: true });
  }
}

/** Throws WHORL_E_CONFIGURATION for a path that is too long for a socket. */
export function requireSocketPath(address: string): void {
  const bytes = process.platform === 'win32' ? 0 : Buffer.byteLength(address);
  if (bytes <= MAX_PATH_BYTES) return;
  const text = `socket: ${bytes} bytes, at most ${MAX_PATH_BYTES}: ${address}; give a shorter path, or a state directory (WHORL_HOME) with one`;
  throw new BiometricError('WHORL_E_CONFIGURATION', text);
}

async function removeDead(path: string): Promise<void> {
  const there = statOf(path);
  if (there === undefined) return;
  if (!there.isSocket()) {
    const text = `socket: ${path} is there and is no socket; give another path, or move it away`;
    throw new BiometricError('WHORL_E_CONFIGURATION', text);
  }
  await requireSilence(path);
  rmSync(path, { force: true });
}

/**
 * Rejects with WHORL_E_CONFIGURATION when something listens there. A named pipe may be served by several processes, and a
 * client comes to any of them.
 */
export async function requireSilence(address: string): Promise<void> {
  if (!(await isListening(address))) return;
  const text = `socket: another service listens at ${address}; end it first, or give another path`;
  throw new BiometricError('WHORL_E_CONFIGURATION', text);
}

function isListening(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    const answer = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => answer(true));
    // A full queue of clients is a sign of life, too.
    socket.once('error', ({ code }: NodeJS.ErrnoException) => answer(code === 'EAGAIN'));
  });
}

function statOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}
