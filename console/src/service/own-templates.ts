/** Who has templates, as far as the account may know. */

import type { DatabaseId, TemplateOwner } from '../../../src/exports/client-browser.ts';
import type { ConnectedService } from './connected-service.ts';

/** Attribute of databases that WBF keeps for the system pool is not told apart; the first one listed is it. */
export function systemDatabase({ databases }: ConnectedService): DatabaseId | undefined {
  return databases[0]?.databaseId;
}

/** All owners for an administrator; for others the own account, asked through a session. */
export async function ownersInSystemPool(service: ConnectedService): Promise<readonly TemplateOwner[]> {
  const { client, account } = service;
  const databaseId = systemDatabase(service);
  if (account.administrator && databaseId !== undefined) return await client.administration.owners(databaseId);
  const identity = { type: 'sid', sid: account.sid } as const;
  if (service.units.value.length === 0) return [];
  await using session = await client.openSession();
  const subFactors = await session.enrollments(identity);
  return subFactors.length === 0 ? [] : [{ identity, subFactors }];
}
