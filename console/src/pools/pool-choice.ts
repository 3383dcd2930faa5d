/** The choice of a pool: the system pool, or a private one on a database. */

import type { DatabaseId, SessionOptions, TemplateOwner } from '../../../src/exports/whorl/client/browser.ts';
import type { ConnectedService } from '../service/connected-service.ts';
import { identityText } from '../words/identity-words.ts';

export type PoolChoice = 'system' | { readonly databaseId: DatabaseId };

/** Options of a session on a pool. */
export function poolOptions(pool: PoolChoice): SessionOptions {
  return pool === 'system' ? {} : { pool: 'private', databaseId: pool.databaseId };
}

/** Text that names a pool in a control; {@link poolOf} reads it. */
export function poolKey(pool: PoolChoice): string {
  return pool === 'system' ? pool : pool.databaseId;
}

export function poolOf(key: string): PoolChoice {
  return key === 'system' ? key : { databaseId: key };
}

/** The pool that a database serves. */
export function poolOfDatabase({ systemDatabase }: ConnectedService, databaseId: DatabaseId): PoolChoice {
  return databaseId === systemDatabase ? 'system' : { databaseId };
}

/** Databases for private pools. */
export function privateDatabases({ databases, systemDatabase }: ConnectedService): readonly DatabaseId[] {
  return databases.map(({ databaseId }) => databaseId).filter((databaseId) => databaseId !== systemDatabase);
}

/** Owners of the templates in a pool: all for an administrator; for others their own account in the system pool. */
export async function ownersIn(service: ConnectedService, pool: PoolChoice): Promise<readonly TemplateOwner[]> {
  const { client, account, systemDatabase, units } = service;
  const databaseId = pool === 'system' ? systemDatabase : pool.databaseId;
  if (account.administrator && databaseId !== undefined) return await client.administration.owners(databaseId);
  if (pool !== 'system' || units.value.length === 0) return [];
  const identity = { type: 'sid', sid: account.sid } as const;
  await using session = await client.openSession();
  const subFactors = await session.enrollments(identity);
  return subFactors.length === 0 ? [] : [{ identity, subFactors }];
}

/** Enrolled fingers of the account in the system pool. */
export async function ownFingers(service: ConnectedService) {
  const owners = await ownersIn(service, 'system');
  return owners.find(({ identity }) => identityText(identity) === service.account.sid)?.subFactors ?? [];
}
