/** The folder a service keeps its state in, owned by one service at a time. */

import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BiometricError } from '../../core/biometric-error.ts';
import { defaultStateDirectory } from '../../protocol/service-address.ts';
import type { ServiceConfiguration } from '../configuration/service-configuration.ts';
import { SURROUNDINGS } from '../configuration/surroundings.ts';

/**
 * Ownership of a state directory. It is a lock the operating system holds for the process, so that it is gone the
 * moment the process is, however it ended.
 */
export class StateDirectory implements Disposable {
  readonly path: string;
  readonly #lock: DatabaseSync;
  readonly #ownerFile: string;

  private constructor(path: string, lock: DatabaseSync, ownerFile: string) {
    this.path = path;
    this.#lock = lock;
    this.#ownerFile = ownerFile;
  }

  /** Takes the directory, making it if need be. Throws WHORL_E_STATE_LOCKED with the owner's process number. */
  static take(path: string): StateDirectory {
    const ownerFile = join(path, 'owner.json');
    try {
      for (const folder of [path, join(path, 'databases'), join(path, 'keys')])
        mkdirSync(folder, { recursive: true, mode: 0o700 });
    } catch (cause) {
      throw new BiometricError('WHORL_E_CONFIGURATION', `state directory ${path} cannot be made`, { cause });
    }
    const lock = new DatabaseSync(join(path, 'lock'));
    try {
      chmodSync(join(path, 'lock'), 0o600);
      lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
    } catch (cause) {
      lock.close();
      throw new BiometricError('WHORL_E_STATE_LOCKED', `${path} is owned by ${ownerOf(ownerFile)}`, { cause });
    }
    writeFileSync(ownerFile, JSON.stringify({ pid: process.pid }), { mode: 0o600 });
    return new StateDirectory(path, lock, ownerFile);
  }

  /** File of a database. */
  databaseFile(databaseId: string): string {
    return join(this.path, 'databases', `${databaseId.toLowerCase()}.db`);
  }

  /** Folder of the keys, and of what must not lie beside the databases. */
  get keysFolder(): string {
    return join(this.path, 'keys');
  }

  /** Remembers for ever that something was enrolled here. WBF: service 10.3. */
  markEnrollment(): void {
    writeFileSync(join(this.path, 'enrollment-committed'), '1', { mode: 0o600 });
  }

  [Symbol.dispose](): void {
    if (!this.#lock.isOpen) return;
    rmSync(this.#ownerFile, { force: true });
    this.#lock.close();
  }
}

function ownerOf(ownerFile: string): string {
  try {
    const { pid } = JSON.parse(readFileSync(ownerFile, 'utf8')) as { pid?: unknown };
    return typeof pid === 'number' ? `process ${pid}` : 'another process';
  } catch {
    return 'another process';
  }
}

/** Takes the directory of a configuration; undefined for state in memory. Throws as {@link StateDirectory.take} does. */
export function takeStateDirectory({ state }: Pick<ServiceConfiguration, 'state'>): StateDirectory | undefined {
  return state === 'memory' ? undefined : StateDirectory.take(stateDirectoryOf({ state }));
}

/** The directory of a configuration that keeps its state in one. */
export function stateDirectoryOf({ state }: Pick<ServiceConfiguration, 'state'>): string {
  return (state !== 'memory' && state?.directory) || defaultStateDirectory(SURROUNDINGS);
}

/** The account of a service that keeps its state here, and the key that it is checked with. */
export function auditFiles(stateDirectory: string): { readonly log: string; readonly key: string } {
  return { log: join(stateDirectory, 'audit.log'), key: join(stateDirectory, 'keys', 'audit.key') };
}
