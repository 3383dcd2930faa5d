/** What there is at a server, and what whoever asks may do there. */

import { isBiometricError } from '../../core/biometric-error.ts';
import type { PostgresConnection } from './postgres-connection.ts';
import { readInstallation } from './postgres-installation.ts';
import { SCHEMA_VERSION } from './postgres-schema.ts';
import type { PostgresSession } from './postgres-session.ts';

/** A database there. */
export interface PostgresDatabaseStatus {
  readonly databaseId: string;
  readonly records: number;
  /** Number of its last change. */
  readonly change: number;
}

/** A service that was seen. */
export interface PostgresSiteStatus {
  readonly site: string;
  /** How many connections it has now. */
  readonly connections: number;
  /** When it wrote last, milliseconds since 1970 by the clock of the server; absent if it never did. */
  readonly wroteMs?: number;
}

/** What a server says. */
export interface PostgresStatus {
  /** Version of PostgreSQL, such as `15.18`. */
  readonly server: string;
  /** Whom it was asked as. */
  readonly user: string;
  /** Whether the connection is secured by TLS. */
  readonly tls: boolean;
  /** Whether transactions may write. */
  readonly writable: boolean;
  /** Standbys that a commit waits for; empty for none: then a fail-over may lose the last enrollments. */
  readonly synchronousStandbys: string;
  /** Version of the tables; 0 where there are none. */
  readonly version: number;
  /** Version that this Whorl needs. */
  readonly needed: number;
  /** GUID of this life of the database; absent where there are no tables. */
  readonly incarnation?: string;
  /** What the user may do with the tables. */
  readonly rights: readonly string[];
  readonly databases: readonly PostgresDatabaseStatus[];
  readonly sites: readonly PostgresSiteStatus[];
}

/** What is asked may take as many answers. */
const LONG_ANSWERS = 20;

/** Rejects with WHORL_E_OFFLINE, WHORL_E_CONFIGURATION (who may not connect). */
export async function readStatus(connection: PostgresConnection): Promise<PostgresStatus> {
  const session = await connection.administer(LONG_ANSWERS * connection.timeoutMs);
  try {
    const [server] = await session.query({
      text: `select current_setting('server_version') as server, current_user as "user",
        coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as tls,
        current_setting('transaction_read_only') = 'off' as writable,
        current_setting('synchronous_standby_names') as standbys`,
    });
    const common = {
      server: String(server?.server),
      user: String(server?.user),
      tls: server?.tls === true,
      writable: server?.writable === true,
      synchronousStandbys: String(server?.standbys),
      needed: SCHEMA_VERSION,
    };
    const installation = await readInstallation(session, connection.schema).catch((thrown: unknown) => {
      if (isBiometricError(thrown) && thrown.code === 'WHORL_E_CONFIGURATION') return undefined;
      throw thrown;
    });
    if (installation === undefined) return { ...common, version: 0, rights: [], databases: [], sites: [] };
    const { version, incarnation } = installation;
    const rights = await rightsOf(session, connection.schema);
    return { ...common, version, incarnation, rights, ...(await contentOf(session, connection.schema)) };
  } finally {
    session.destroy();
  }
}

async function rightsOf(session: PostgresSession, schema: string): Promise<readonly string[]> {
  const [row] = await session.query({
    text: `select ${['select', 'insert', 'update', 'delete']
      .map((right) => `has_table_privilege($1, '${right}') as ${right}_`)
      .join(', ')}`,
    values: [`${schema}.whorl_record`],
  });
  return Object.entries(row ?? {}).flatMap(([name, may]) => (may === true ? [name.slice(0, -1)] : []));
}

async function contentOf(
  session: PostgresSession,
  schema: string,
): Promise<Pick<PostgresStatus, 'databases' | 'sites'>> {
  const databases = await session.query({
    text: `select database_id, record_count, change_seq from ${schema}.whorl_database order by database_id`,
  });
  const sites = await session.query({
    text: `
      with writer as (
        select site, max(at) as at from (
          select site, at from ${schema}.whorl_change union all select site, at from ${schema}.whorl_log
        ) w group by site
      ), connected as (
        select substr(application_name, 7) as site, count(*) as n from pg_stat_activity
        where datname = current_database() and application_name like 'whorl %' and pid <> pg_backend_pid() group by 1
      )
      select coalesce(w.site, c.site) as site, coalesce(c.n, 0) as n,
        floor(extract(epoch from w.at) * 1000)::bigint as wrote_ms
      from writer w full join connected c on c.site = w.site order by 1`,
  });
  return {
    databases: databases.map((row) => ({
      databaseId: String(row.database_id).toUpperCase(),
      records: Number(row.record_count),
      change: Number(row.change_seq),
    })),
    sites: sites.map((row) => ({
      site: String(row.site),
      connections: Number(row.n),
      ...(row.wrote_ms !== null && { wroteMs: Number(row.wrote_ms) }),
    })),
  };
}
