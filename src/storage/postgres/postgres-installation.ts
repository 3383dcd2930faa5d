/** Which tables are there: their version, and of which life of the database they are. */

import { BiometricError, isBiometricError } from '../../core/biometric-error.ts';
import { SCHEMA_VERSION } from './postgres-schema.ts';
import type { PostgresWork } from './postgres-session.ts';

/** What is known of the tables. */
export interface Installation {
  /** Version of the tables. */
  readonly version: number;
  /** GUID of this life of the database. */
  readonly incarnation: string;
}

/**
 * Gives the database another incarnation when it lies in another cluster than it was made in: it was restored from a dump.
 * Within one cluster, as after a fail-over or with its files put back, the tokens of the history tell.
 *
 * Rejects with WHORL_E_CONFIGURATION where there are no tables, or those of an earlier version, and with
 * WHORL_E_NEWER_FORMAT.
 */
export async function checkInstallation(session: PostgresWork, schema: string): Promise<Installation> {
  const installation = await readInstallation(session, schema);
  if (installation.version > SCHEMA_VERSION) {
    throw new BiometricError(
      'WHORL_E_NEWER_FORMAT',
      `the tables have version ${installation.version}, this one knows ${SCHEMA_VERSION}: update this service`,
    );
  }
  if (installation.version < SCHEMA_VERSION) {
    throw new BiometricError(
      'WHORL_E_CONFIGURATION',
      `the tables have version ${installation.version}, this one needs ${SCHEMA_VERSION}: run whorl database migrate`,
    );
  }
  if (installation.madeIn === installation.liesIn) return installation;
  return { ...installation, ...(await beginAnew(session, schema, installation)) };
}

/** Rejects with WHORL_E_CONFIGURATION where there are no tables. */
export async function readInstallation(
  session: PostgresWork,
  schema: string,
): Promise<Installation & { readonly madeIn: string; readonly liesIn: string }> {
  const [row] = await session.query({
    text: `select schema_version as version, incarnation, system_identifier as made_in,
      (select system_identifier::text from pg_control_system()) as lies_in from ${schema}.whorl_installation`,
  });
  if (row === undefined) {
    throw new BiometricError('WHORL_E_CONFIGURATION', `the schema ${schema} is not whole: run whorl database init`);
  }
  return {
    version: Number(row.version),
    incarnation: String(row.incarnation).toUpperCase(),
    madeIn: String(row.made_in),
    liesIn: String(row.lies_in),
  };
}

async function beginAnew(
  session: PostgresWork,
  schema: string,
  { liesIn, madeIn }: { readonly liesIn: string; readonly madeIn: string },
): Promise<Pick<Installation, 'incarnation'> | undefined> {
  try {
    // Of several that notice it at once only one changes the row.
    await session.query({
      text: `update ${schema}.whorl_installation set incarnation = gen_random_uuid(), system_identifier = $1
        where system_identifier = $2`,
      values: [liesIn, madeIn],
    });
    return { incarnation: (await readInstallation(session, schema)).incarnation };
  } catch (thrown) {
    // A reader, or a server that takes no writes: whoever writes does it, and until then the tokens tell.
    if (isBiometricError(thrown) && (thrown.code === 'WHORL_E_CONFIGURATION' || thrown.code === 'WHORL_E_READ_ONLY')) {
      return undefined;
    }
    throw thrown;
  }
}
