/** `whorl database init`, `migrate` and `status`: the tables that services share, at their server. */

import {
  databaseStatus,
  initDatabase,
  migrateDatabase,
  type PostgresStatus,
} from '../../composition/database/administer-database.ts';
import { isBiometricError } from '../../core/biometric-error.ts';
import type { SharedStatus } from '../../core/service-report.ts';
import { readConfiguration } from '../../daemon/configuration/read-configuration.ts';
import { connect } from '../../exports/whorl/index.ts';
import { EXIT_NO } from '../exit-codes.ts';
import { columns, print } from '../print.ts';

/** Options of these commands. */
export interface DatabaseOptions {
  readonly config?: string;
  /** Another address of the server, of somebody who may do more than the service. */
  readonly url?: string;
  /** Whether roles are made. */
  readonly roles?: boolean;
  readonly address?: string;
  readonly json?: boolean;
}

/** Makes the tables; what is there already is kept. */
export async function init({ config, url, roles = false, json = false }: DatabaseOptions): Promise<void> {
  const { configuration } = await readConfiguration(config);
  const report = await initDatabase(configuration, { url, roles });
  const { schema, from, to } = report;
  const made = from === 0 ? `tables of version ${to} made` : `tables of version ${from} were there, they have ${to}`;
  const lines = [
    `${made} in the schema ${schema}`,
    ...report.roles.map((role) => `role ${role}: give it a password with \\password ${role} in psql, or a certificate`),
  ];
  if (configuration.shared === undefined) {
    const user = report.roles[0] ?? 'USER';
    const address = `postgres://${user}@HOST/DATABASE?sslmode=verify-full`;
    lines.push(
      'put into the configuration of each service:',
      `"shared": ${JSON.stringify(sharedExample(address, schema))}`,
    );
  }
  print(json, report, lines.join('\n'));
}

function sharedExample(url: string, schema: string) {
  return { site: 'NAME', postgres: { url, ...(schema !== 'whorl' && { schema }), passwordCommand: ['cat', 'FILE'] } };
}

/** Brings the tables to this version. */
export async function migrate({ config, url, json = false }: DatabaseOptions): Promise<void> {
  const { configuration } = await readConfiguration(config);
  const report = await migrateDatabase(configuration, url);
  const { from, to } = report;
  print(json, report, from === to ? `the tables have version ${to} already` : `the tables went from ${from} to ${to}`);
}

/** Tells what there is; exits with 3 when services cannot use it as it is. */
export async function status({ config, url, address, json = false }: DatabaseOptions): Promise<void> {
  const { configuration } = await readConfiguration(config);
  const [server, service] = await Promise.all([databaseStatus(configuration, url), statusOfService(address)]);
  const usable = server.version === server.needed && server.writable;
  print(json, { ...server, usable, ...(service && { service }) }, wordsOf(server, service).join('\n'));
  if (!usable) process.exitCode = EXIT_NO;
}

function wordsOf(server: PostgresStatus, service: SharedStatus | undefined): readonly string[] {
  const { user, tls, writable, synchronousStandbys, version, needed, rights } = server;
  return [
    `PostgreSQL ${server.server}, as ${user}, ${tls ? 'with TLS' : 'without TLS'}`,
    writable ? 'takes writes' : 'READ-ONLY: nothing can be enrolled or deleted',
    synchronousStandbys === ''
      ? 'no standby is waited for: a fail-over may lose the last enrollments (synchronous_standby_names)'
      : `standbys that commits wait for: ${synchronousStandbys}`,
    ...(version === 0 ? ['there are no tables: whorl database init'] : []),
    ...(version > 0 && version < needed
      ? [`tables of version ${version}, ${needed} is needed: whorl database migrate`]
      : []),
    ...(version > needed ? [`tables of version ${version}, newer than ${needed}: update Whorl here`] : []),
    ...(version > 0 ? [`rights: ${rights.join(', ') || 'none'}`] : []),
    ...server.databases.map(({ databaseId, records, change }) => {
      const lag = lagOf(service, databaseId, change);
      return `database ${databaseId}: ${records} records, change ${change}${lag}`;
    }),
    ...(server.sites.length === 0 ? [] : [columns(server.sites.map(siteRow))]),
    ...(service === undefined
      ? []
      : [`the service here, ${service.site}: ${service.live ? 'reaches it' : 'does not reach it'}`]),
  ];
}

function siteRow({ site, connections, wroteMs }: PostgresStatus['sites'][number]): readonly string[] {
  const wrote = wroteMs === undefined ? 'has written nothing' : `wrote ${new Date(wroteMs).toISOString()}`;
  return [`service ${site}`, `${connections} connections`, wrote];
}

function lagOf(service: SharedStatus | undefined, databaseId: string, change: number): string {
  const copy = service?.databases?.find((each) => each.databaseId === databaseId);
  if (copy === undefined) return '';
  const behind = Math.max(0, change - copy.change);
  return behind === 0 ? ', the service here has all of it' : `, the service here is ${behind} changes behind`;
}

/** Of the service that runs here; undefined where none does. */
async function statusOfService(address: string | undefined): Promise<SharedStatus | undefined> {
  try {
    await using service = await connect({ ...(address !== undefined && { address }) });
    return (await service.administration.status()).shared;
  } catch (thrown) {
    if (isBiometricError(thrown) && thrown.code === 'WHORL_E_SERVICE_NOT_RUNNING') return undefined;
    throw thrown;
  }
}
