/** How commands name owners and readers to people: by the names they know, with the number that other commands take. */

import { accountNames } from '../../composition/accounts/account-names.ts';
import { ownSid } from '../../composition/accounts/own-account.ts';
import type { OwnerIdentity, UnitId, WhorlService } from '../../exports/whorl/index.ts';

/** Names an owner. */
export type NameOwner = (identity: OwnerIdentity) => string;

/** Names accounts by their user, and the account that runs the command as such. */
export async function ownerNames(): Promise<NameOwner> {
  const names = await accountNames();
  return (identity) => {
    if (identity.type === 'guid') return `owner ${identity.guid}`;
    const name = names.nameOf(identity.sid);
    if (identity.sid === ownSid()) return `${name ?? identity.sid} (this account)`;
    return name === undefined ? identity.sid : `${name} (${identity.sid})`;
  };
}

/** Names the reader of a unit: `reader front door (unit 1)`. A unit that is gone has its number only. */
export async function readerName(service: WhorlService, unitId: UnitId): Promise<string> {
  const unit = (await service.units()).find((each) => each.unitId === unitId);
  return unit === undefined ? `unit ${unitId}` : `reader ${unit.name} (unit ${unitId})`;
}
