/** Template databases in PostgreSQL that several services share, durable when a call returns. */

import type { DatabaseDescriptor, StorageInfo } from '../../adapters/storage-adapter.ts';
import { StorageAdapterBase } from '../../adapters/storage-adapter-base.ts';
import type { TemplateDatabaseBase } from '../../adapters/template-database-base.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_DATABASE_FLAG_REMOTE, WINBIO_DATABASE_TYPE_DBMS } from '../../core/constants.ts';
import { checkOptions, record } from '../../core/option-rules.ts';
import type { PostgresConnection } from './postgres-connection.ts';
import type { PostgresWork, Row } from './postgres-session.ts';
import { PostgresTemplateDatabase } from './postgres-template-database.ts';

/** What a {@link PostgresStorageAdapter} is made with. */
export interface PostgresStorageOptions {
  /** Connections to the server; whoever made them closes them. */
  readonly connection: PostgresConnection;
}

/** Erasing may be of millions of records: it may take this many answers. */
const LONG_ANSWERS = 200;

/**
 * A storage whose databases are shared by all services that connect to the server. The tables have to be there: see
 * `whorl database init`. Beside the codes of other storages, calls reject with WHORL_E_OFFLINE, WHORL_E_READ_ONLY and
 * WHORL_E_CONFIGURATION.
 *
 * @example
 * await using connection = new PostgresConnection({ url: 'postgres://whorl@db1,db2/whorl', site: 'north' });
 * await using storage = new PostgresStorageAdapter({ connection });
 * const database = await storage.open({ databaseId, factor: 8, templateFormat: TEMPLATE_FORMAT }, { create: true });
 */
export class PostgresStorageAdapter extends StorageAdapterBase {
  /** A database of a server, durable, shared. */
  readonly info: StorageInfo = Object.freeze({
    attributes: WINBIO_DATABASE_TYPE_DBMS | WINBIO_DATABASE_FLAG_REMOTE,
    durable: true,
    shared: true,
  });
  readonly #connection: PostgresConnection;

  constructor(options: PostgresStorageOptions) {
    super();
    checkOptions<PostgresStorageOptions>('new PostgresStorageAdapter', options, { connection: record });
    if (options.connection === undefined) {
      throw new BiometricError('E_INVALIDARG', 'new PostgresStorageAdapter: give connection');
    }
    this.#connection = options.connection;
  }

  protected override async _open(
    descriptor: DatabaseDescriptor,
    { create }: { readonly create: boolean },
  ): Promise<TemplateDatabaseBase> {
    const { databaseId, factor, templateFormat, indexLength = 0 } = descriptor;
    let row = await this.#read(databaseId);
    if (row === undefined && create) {
      // Of two that make it at once one is first.
      await this.#connection.run('create', {
        text: `insert into ${this.#connection.schema}.whorl_database (database_id, factor, template_format, index_length)
          values ($1, $2, $3, $4) on conflict do nothing`,
        values: [databaseId, factor, templateFormat, indexLength],
      });
      row = await this.#read(databaseId);
    }
    if (row === undefined) {
      throw new BiometricError('WINBIO_E_DATABASE_CANT_FIND', `the server has no database ${databaseId}`);
    }
    if (Number(row.factor) !== factor || String(row.template_format).toUpperCase() !== templateFormat) {
      throw new BiometricError('WINBIO_E_DATABASE_CORRUPTED', 'the database holds templates of another format');
    }
    return new PostgresTemplateDatabase({ ...descriptor, indexLength: Number(row.index_length) }, this.#connection);
  }

  /** Erases it for all services; those that have it open are refused from then on. */
  protected override async _erase({ databaseId }: DatabaseDescriptor): Promise<void> {
    const session = await this.#connection.alone('erase', LONG_ANSWERS * this.#connection.timeoutMs);
    try {
      await session.transaction(async (work: PostgresWork) => {
        const { schema } = this.#connection;
        const [gone] = await work.query({
          text: `delete from ${schema}.whorl_database where database_id = $1 returning 1 as one`,
          values: [databaseId],
        });
        if (gone === undefined) {
          throw new BiometricError('WINBIO_E_DATABASE_CANT_FIND', `the server has no database ${databaseId}`);
        }
        for (const table of ['whorl_record', 'whorl_change']) {
          await work.query({ text: `delete from ${schema}.${table} where database_id = $1`, values: [databaseId] });
        }
      });
    } finally {
      session.destroy();
    }
  }

  async #read(databaseId: string): Promise<Row | undefined> {
    const [row] = await this.#connection.run('open', {
      text: `select factor, template_format, index_length from ${this.#connection.schema}.whorl_database
        where database_id = $1`,
      values: [databaseId],
    });
    return row;
  }
}
