/** Makes the tables, and brings those of an earlier version to this one. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { PostgresConnection } from './postgres-connection.ts';
import { GRANTS, SCHEMA_VERSION, STEPS } from './postgres-schema.ts';
import type { PostgresWork } from './postgres-session.ts';

/** What was done. */
export interface MigrationReport {
  /** Version of the tables before; 0 where there were none. */
  readonly from: number;
  /** Version of the tables now. */
  readonly to: number;
  /** Roles that may now use them. */
  readonly roles: readonly string[];
}

/** A step of a migration may take long, milliseconds. */
const PATIENCE_MS = 3_600_000;

/**
 * Makes schema and tables where there are none, else takes the steps that are missing; all or none. With `roles`, makes the
 * roles `<schema>_service` and `<schema>_reader` as well, without passwords, and gives them their rights. Rejects with
 * WHORL_E_NEWER_FORMAT, WHORL_E_OFFLINE, WHORL_E_READ_ONLY, WHORL_E_CONFIGURATION (rights).
 *
 * @example
 * await makeTables(connection, { roles: true });
 */
export async function makeTables(
  connection: PostgresConnection,
  { roles = false }: { readonly roles?: boolean } = {},
): Promise<MigrationReport> {
  return await administer(connection, async (session) => {
    await session.query({ text: `create schema if not exists ${connection.schema}` });
    const from = await versionOf(session, connection.schema);
    await takeSteps(session, connection.schema, from);
    return { from, to: SCHEMA_VERSION, roles: roles ? await makeRoles(session, connection.schema) : [] };
  });
}

/**
 * Takes the steps that are missing; all or none. Rejects as {@link makeTables} does, and with WHORL_E_CONFIGURATION where
 * there are no tables.
 *
 * @example
 * const { from, to } = await migrateTables(connection);
 */
export async function migrateTables(connection: PostgresConnection): Promise<MigrationReport> {
  return await administer(connection, async (session) => {
    const from = await versionOf(session, connection.schema);
    if (from === 0) {
      const text = `there are no tables in the schema ${connection.schema}: run whorl database init`;
      throw new BiometricError('WHORL_E_CONFIGURATION', text);
    }
    await takeSteps(session, connection.schema, from);
    return { from, to: SCHEMA_VERSION, roles: [] };
  });
}

async function administer<T>(connection: PostgresConnection, work: (session: PostgresWork) => Promise<T>): Promise<T> {
  const session = await connection.administer(PATIENCE_MS);
  try {
    return await session.transaction(async () => {
      // One at a time.
      await session.query({ text: 'select pg_advisory_xact_lock(hashtext($1))', values: [connection.channel] });
      return await work(session);
    });
  } finally {
    session.destroy();
  }
}

async function versionOf(session: PostgresWork, schema: string): Promise<number> {
  const [found] = await session.query({
    text: 'select 1 from pg_catalog.pg_tables where schemaname = $1 and tablename = $2',
    values: [schema, 'whorl_installation'],
  });
  if (found === undefined) return 0;
  const [row] = await session.query({ text: `select schema_version as version from ${schema}.whorl_installation` });
  return Number(row?.version ?? 0);
}

async function takeSteps(session: PostgresWork, schema: string, from: number): Promise<void> {
  if (from > SCHEMA_VERSION) {
    const text = `the tables have version ${from}, this one knows ${SCHEMA_VERSION}: use a newer Whorl`;
    throw new BiometricError('WHORL_E_NEWER_FORMAT', text);
  }
  for (const step of STEPS.slice(from)) await session.query({ text: step.replaceAll('$schema', schema) });
  if (from === 0) {
    await session.query({
      text: `insert into ${schema}.whorl_installation (schema_version, incarnation, system_identifier)
        select $1, gen_random_uuid(), system_identifier::text from pg_control_system()`,
      values: [SCHEMA_VERSION],
    });
  } else {
    await session.query({
      text: `update ${schema}.whorl_installation set schema_version = $1`,
      values: [SCHEMA_VERSION],
    });
  }
}

async function makeRoles(session: PostgresWork, schema: string): Promise<readonly string[]> {
  const roles: string[] = [];
  for (const [kind, rights] of Object.entries(GRANTS)) {
    const role = `${schema}_${kind}`;
    const [known] = await session.query({ text: 'select 1 from pg_roles where rolname = $1', values: [role] });
    // Without a password it cannot log in yet, unless by a certificate or as an account of the machine.
    if (known === undefined) await session.query({ text: `create role ${role} login` });
    await session.query({ text: `grant usage on schema ${schema} to ${role}` });
    await session.query({ text: `grant ${rights} on all tables in schema ${schema} to ${role}` });
    await session.query({ text: `alter default privileges in schema ${schema} grant ${rights} on tables to ${role}` });
    roles.push(role);
  }
  return roles;
}
