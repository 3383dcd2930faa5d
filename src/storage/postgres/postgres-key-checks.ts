/** What each master key says to be known by, so that a service with another key is refused before it writes. */

import type { PostgresConnection } from './postgres-connection.ts';

/** Bytes by the number of the key. Rejects with WHORL_E_OFFLINE, WHORL_E_CONFIGURATION. */
export async function readKeyChecks(connection: PostgresConnection): Promise<ReadonlyMap<number, Uint8Array>> {
  const rows = await connection.run('open', {
    text: `select key_id, check_bytes from ${connection.schema}.whorl_key_check`,
  });
  return new Map(rows.map((row) => [Number(row.key_id), new Uint8Array(row.check_bytes as Buffer)]));
}

/**
 * Keeps bytes for a key unless there are some, and returns those that are there: of two services that are first at once one
 * is. Rejects with WHORL_E_OFFLINE, WHORL_E_READ_ONLY, WHORL_E_CONFIGURATION.
 */
export async function keepKeyCheck(
  connection: PostgresConnection,
  keyId: number,
  check: Uint8Array,
): Promise<Uint8Array> {
  await connection.run('write', {
    text: `insert into ${connection.schema}.whorl_key_check (key_id, check_bytes) values ($1, $2) on conflict do nothing`,
    values: [keyId, check],
  });
  return (await readKeyChecks(connection)).get(keyId) ?? check;
}
