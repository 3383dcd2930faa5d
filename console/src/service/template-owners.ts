/** Who has templates, as far as the account may know. */

import type { SubFactor, TemplateOwner } from '../../../src/exports/client-browser.ts';
import { identityText } from '../words/identity-words.ts';
import type { ConnectedService } from './connected-service.ts';

/** Owners in the system pool: all for an administrator, for others the own account alone. */
export async function systemOwners(service: ConnectedService): Promise<readonly TemplateOwner[]> {
  const { client, account, systemDatabase, units } = service;
  if (account.administrator && systemDatabase !== undefined) return await client.administration.owners(systemDatabase);
  if (units.value.length === 0) return [];
  const identity = { type: 'sid', sid: account.sid } as const;
  await using session = await client.openSession();
  const subFactors = await session.enrollments(identity);
  return subFactors.length === 0 ? [] : [{ identity, subFactors }];
}

/** Fingers of the own account in the system pool. */
export async function ownFingers(service: ConnectedService): Promise<readonly SubFactor[]> {
  const owners = await systemOwners(service);
  return owners.find(({ identity }) => identityText(identity) === service.account.sid)?.subFactors ?? [];
}
