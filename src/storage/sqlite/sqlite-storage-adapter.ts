/** Template databases in SQLite files, one file each, durable when a call returns. */

import { existsSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { DatabaseDescriptor, StorageInfo } from '../../adapters/storage-adapter.ts';
import { StorageAdapterBase } from '../../adapters/storage-adapter-base.ts';
import type { TemplateDatabaseBase } from '../../adapters/template-database-base.ts';
import { BiometricError, isBiometricError } from '../../core/biometric-error.ts';
import { WINBIO_DATABASE_TYPE_FILE } from '../../core/constants.ts';
import { retryWhileBusy } from './retry-while-busy.ts';
import { storageError } from './sqlite-errors.ts';
import { checkFile, connect, indexLengthOf, openFile, pathOf } from './sqlite-file.ts';
import { SqliteTemplateDatabase } from './sqlite-template-database.ts';

/**
 * A storage of files, one per database, at the descriptor's `path`. Several units and processes may have one database
 * open.
 *
 * @example
 * await using storage = new SqliteStorageAdapter();
 * const database = await storage.open({ databaseId, factor: 8, templateFormat: TEMPLATE_FORMAT, path }, { create: true });
 */
export class SqliteStorageAdapter extends StorageAdapterBase {
  /** A file database, durable. */
  readonly info: StorageInfo = Object.freeze({ attributes: WINBIO_DATABASE_TYPE_FILE, durable: true });

  protected override async _open(
    descriptor: DatabaseDescriptor,
    options: { readonly create: boolean },
  ): Promise<TemplateDatabaseBase> {
    const isNew = options.create && !existsSync(pathOf(descriptor));
    const db = await retryWhileBusy(isNew ? 'create' : 'open', () => openFile(descriptor, options.create));
    return new SqliteTemplateDatabase({ ...descriptor, indexLength: indexLengthOf(db) }, db);
  }

  /** Erases damaged files too, but not a file of another database or of a newer version. */
  protected override async _erase(descriptor: DatabaseDescriptor): Promise<void> {
    const path = pathOf(descriptor);
    if (!existsSync(path)) throw new BiometricError('WINBIO_E_DATABASE_CANT_FIND', `there is no file ${path}`);
    await retryWhileBusy('erase', () => destroyContent(connect(path), descriptor));
    try {
      for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
    } catch (error) {
      throw storageError(error, 'erase');
    }
  }
}

/** Overwrites every record. Throws SQLITE_BUSY while another connection has the file open. */
function destroyContent(db: DatabaseSync, descriptor: DatabaseDescriptor): void {
  try {
    checkFile(db, descriptor);
    // Leaving WAL mode needs exclusive access to the file.
    db.exec('PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON; DELETE FROM record');
  } catch (error) {
    if (isBiometricError(error) && (error.code !== 'WINBIO_E_DATABASE_CORRUPTED' || belongsToAnother(db, descriptor))) {
      throw error;
    }
    if (!isBiometricError(error) && storageError(error, 'erase').code !== 'WINBIO_E_DATABASE_CORRUPTED') throw error;
  } finally {
    db.close();
  }
}

/** True when the file states another database id. */
function belongsToAnother(db: DatabaseSync, descriptor: DatabaseDescriptor): boolean {
  try {
    return db.prepare('SELECT database_id FROM database').get()?.database_id !== descriptor.databaseId;
  } catch {
    return false;
  }
}
