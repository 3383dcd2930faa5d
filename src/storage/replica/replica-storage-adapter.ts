/** Copies of the databases of a shared storage, each in a file of this service. */

import { existsSync, rmSync } from 'node:fs';
import type { DatabaseDescriptor, StorageAdapter, StorageInfo } from '../../adapters/storage-adapter.ts';
import { StorageAdapterBase } from '../../adapters/storage-adapter-base.ts';
import type { TemplateDatabaseBase } from '../../adapters/template-database-base.ts';
import type { Clock } from '../../core/clock.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import { storageError } from '../sqlite/sqlite-errors.ts';
import { connect, pathOf } from '../sqlite/sqlite-file.ts';
import { SqliteStorageAdapter } from '../sqlite/sqlite-storage-adapter.ts';
import { ReplicaDatabase } from './replica-database.ts';
import { ReplicaFile } from './replica-file.ts';

/** How copies are kept. */
export interface ReplicaOptions {
  readonly clock: Clock;
  /** How long a copy is believed after its database was reached last, milliseconds. */
  readonly believedMs: number;
  /** Told when a database is reached or not reached any more, and why. Default: nobody is told. */
  readonly onLive?: (databaseId: DatabaseId, live: boolean, cause: unknown) => void;
}

/**
 * A storage around a shared one. The `path` of a descriptor is that of the copy; without a copy a database is opened only
 * where it can be reached.
 */
export class ReplicaStorageAdapter extends StorageAdapterBase {
  readonly info: StorageInfo;
  readonly #inner: StorageAdapter;
  readonly #files = new SqliteStorageAdapter();
  readonly #options: ReplicaOptions;
  /** The one that makes a copy whole, by its path. */
  readonly #first = new Map<string, ReplicaDatabase>();

  /** `inner` becomes its own. */
  constructor(inner: StorageAdapter, options: ReplicaOptions) {
    super();
    this.info = { ...inner.info, durable: true };
    this.#inner = inner;
    this.#options = options;
  }

  protected override async _open(
    descriptor: DatabaseDescriptor,
    { create }: { readonly create: boolean },
  ): Promise<TemplateDatabaseBase> {
    const { path: _, ...shared } = descriptor;
    const { clock, believedMs, onLive = () => {} } = this.#options;
    const path = pathOf(descriptor);
    // Two that make one copy would undo each other's.
    await this.#first.get(path)?.whole();
    const open = () => this.#inner.open(shared, { create });
    // The first time it is made as the database there is.
    const first = existsSync(path) ? undefined : await open();
    const local = await this.#files.open({ ...descriptor, ...first?.descriptor, path }, { create: true });
    let reached = first;
    const replica = new ReplicaDatabase(
      { ...local.descriptor, path },
      {
        open: () => {
          const known = reached;
          reached = undefined;
          return known === undefined ? open() : Promise.resolve(known);
        },
        local,
        file: writing(path),
        clock,
        believedMs,
        onLive: (live, cause) => onLive(descriptor.databaseId, live, cause),
      },
    );
    this.#first.set(path, replica);
    try {
      await replica.begin();
    } catch (thrown) {
      await replica.close();
      throw thrown;
    }
    return replica;
  }

  /** The database there, and the copy. */
  protected override async _erase(descriptor: DatabaseDescriptor): Promise<void> {
    const { path: _, ...shared } = descriptor;
    const path = pathOf(descriptor);
    await this.#inner.erase(shared);
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
  }

  protected override async _close(): Promise<void> {
    await this.#files.close();
    await this.#inner.close();
  }
}

function writing(path: string): ReplicaFile {
  const db = connect(path);
  try {
    db.exec('PRAGMA busy_timeout = 250; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
    return new ReplicaFile(db);
  } catch (thrown) {
    db.close();
    throw storageError(thrown, 'open');
  }
}
