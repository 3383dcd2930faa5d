/** The folder a service keeps its state in, owned by one service at a time. */

import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { BiometricError, isBiometricError } from '../../core/biometric-error.ts';
import { normalizeGuid } from '../../core/guid.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import { pathFaultOf } from '../../core/path-fault.ts';
import { defaultStateDirectory } from '../../protocol/service-address.ts';
import { isBusy } from '../../storage/sqlite/sqlite-errors.ts';
import type { ServiceConfiguration } from '../configuration/service-configuration.ts';
import { SURROUNDINGS } from '../configuration/surroundings.ts';
import { makePrivateFolder } from './private-folder.ts';
import type { LedgerPlaces } from './record-ledger.ts';
import { requirePrivate } from './require-private.ts';
import { restorationOf, restoreInPlace } from './restore-in-place.ts';

/** How the names of the databases of readers that match inside end. */
const DEVICE_DATABASE = '.reader.db';

/**
 * Ownership of a state directory. It is a lock the operating system holds for the process, so that it is gone the
 * moment the process is, however it ended. A second one lies beside the keys, for a directory whose `lock` was removed.
 */
export class StateDirectory implements Disposable {
  readonly path: string;
  /** True when a backup was put in place of what was there just now. */
  readonly wasRestored: boolean;
  readonly #locks: readonly DatabaseSync[];
  readonly #ownerFile: string;

  private constructor(
    { path, wasRestored }: Pick<StateDirectory, 'path' | 'wasRestored'>,
    locks: readonly DatabaseSync[],
    ownerFile: string,
  ) {
    this.path = path;
    this.wasRestored = wasRestored;
    this.#locks = locks;
    this.#ownerFile = ownerFile;
  }

  /**
   * Takes the directory, making it if need be. Throws WHORL_E_STATE_LOCKED with the owner's process number, and
   * WHORL_E_CONFIGURATION for a folder that cannot be made or written.
   */
  static take(path: string, { wasRestored = false }: { readonly wasRestored?: boolean } = {}): StateDirectory {
    const ownerFile = join(path, 'owner.json');
    for (const folder of [path, join(path, 'databases'), join(path, 'keys')]) {
      makeStateFolder(folder);
      requirePrivate(folder);
    }
    const lockFiles = [join(path, 'lock'), join(path, 'keys', 'lock')];
    const locks: DatabaseSync[] = [];
    try {
      for (const lockFile of lockFiles) {
        closeSync(openSync(lockFile, 'a', 0o600));
        const lock = new DatabaseSync(lockFile);
        locks.push(lock);
        lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
      }
      writeFileSync(ownerFile, JSON.stringify({ pid: process.pid }), { mode: 0o600 });
      return new StateDirectory({ path, wasRestored }, locks, ownerFile);
    } catch (cause) {
      for (const lock of locks) lock.close();
      if (isBusy(cause)) {
        throw new BiometricError('WHORL_E_STATE_LOCKED', `${path} is owned by ${ownerOf(ownerFile)}`, { cause });
      }
      throw stateFault(join(path, 'lock'), cause);
    }
  }

  /** File of a database. */
  databaseFile(databaseId: string): string {
    return join(this.databasesFolder, `${databaseId.toLowerCase()}.db`);
  }

  /** File of the copy of a database that services share. */
  sharedDatabaseFile(databaseId: string): string {
    return join(this.databasesFolder, `${databaseId.toLowerCase()}.shared.db`);
  }

  /** Path of a database of a reader that matches inside. */
  deviceDatabaseFile(databaseId: string): string {
    return join(this.databasesFolder, `${databaseId.toLowerCase()}${DEVICE_DATABASE}`);
  }

  /** Ids of the databases of readers that match inside, present or not. */
  get deviceDatabases(): readonly DatabaseId[] {
    if (!existsSync(this.databasesFolder)) return [];
    const files = readdirSync(this.databasesFolder).filter((name) => name.endsWith(DEVICE_DATABASE));
    return files.map((name) => normalizeGuid(name.slice(0, -DEVICE_DATABASE.length))).sort();
  }

  /** Folder of the databases. */
  get databasesFolder(): string {
    return join(this.path, 'databases');
  }

  /** Folder of the keys, and of what must not lie beside the databases. */
  get keysFolder(): string {
    return join(this.path, 'keys');
  }

  [Symbol.dispose](): void {
    const open = this.#locks.filter((lock) => lock.isOpen);
    if (open.length > 0) rmSync(this.#ownerFile, { force: true });
    for (const lock of open) lock.close();
  }
}

/** Makes a folder of the state, for this user alone. Throws WHORL_E_CONFIGURATION, which names it. */
export function makeStateFolder(path: string): void {
  try {
    makePrivateFolder(path);
  } catch (cause) {
    if (isBiometricError(cause)) throw cause;
    throw stateFault(path, cause);
  }
}

/** What these say of a folder that was to be made. */
const FOLDER_WORDS: Readonly<Record<string, string>> = {
  EEXIST: 'it is no folder',
  ENOENT: 'no folder can be made there',
  EROFS: 'the disk is read-only: mount it for writing, or (systemd) name the folder in ReadWritePaths',
};

function stateFault(path: string, cause: unknown): BiometricError {
  const { code = '' } = cause as NodeJS.ErrnoException;
  const fault = pathFaultOf(cause) ?? { path, words: 'it cannot be made or written' };
  const words = FOLDER_WORDS[code] ?? fault.words;
  const text = `state directory: ${fault.path}: ${words}; give a folder that this user can make and write (WHORL_HOME, or state.directory)`;
  return new BiometricError('WHORL_E_CONFIGURATION', text, { cause });
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
  if (state === 'memory') return undefined;
  const path = stateDirectoryOf({ state });
  // A restoration that was asked for comes first, while the directory is nobody else's.
  if (restorationOf(path) === undefined) return StateDirectory.take(path);
  {
    using _owned = StateDirectory.take(path);
    restoreInPlace(path);
  }
  return StateDirectory.take(path, { wasRestored: true });
}

/** The directory of a configuration that keeps its state in one. */
export function stateDirectoryOf({ state }: Pick<ServiceConfiguration, 'state'>): string {
  return (state !== 'memory' && state?.directory) || defaultStateDirectory(SURROUNDINGS);
}

/** Where a state directory keeps what. */
export function statePlaces(path: string): LedgerPlaces & { readonly pairings: string } {
  const keysFolder = join(path, 'keys');
  return { keysFolder, databasesFolder: join(path, 'databases'), pairings: join(keysFolder, 'pairings.json') };
}

/** Files beside the keys that the service alone writes, and proves to have written. */
export const PROVEN_FILES = [
  'pairings.json',
  'doors.json',
  'webhooks.json',
  'places.json',
  'reader-names.json',
] as const;

/** Names and places of readers, beside the keys. */
export const PLACES_FILE = 'places.json';

/** Names of readers that found themselves, beside the keys. */
export const READER_NAMES_FILE = 'reader-names.json';

/** The directory of people, in the state directory. */
export const PEOPLE_FILE = 'people.db';

/** The journal, in the state directory. */
export const JOURNAL_FILE = 'journal.db';

/** Secret that signs webhooks, beside the keys. */
export const WEBHOOK_KEY_FILE = 'webhook.key';

/** The account of a service that keeps its state here, and the key that it is checked with. */
export function auditFiles(stateDirectory: string): { readonly log: string; readonly key: string } {
  return { log: join(stateDirectory, 'audit.log'), key: join(stateDirectory, 'keys', 'audit.key') };
}
