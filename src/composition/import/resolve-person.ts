/** Who a row of an import is, by the rules of the pool that the database belongs to. WBF: structures 2. */

import { BiometricError } from '../../core/biometric-error.ts';
import { isGuid } from '../../core/guid.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import { guidIdentity, type OwnerIdentity, sidIdentity } from '../../core/identity.ts';
import { namedGuid } from '../../core/named-guid.ts';
import { isSid } from '../../core/sid.ts';
import { type AccountNames, accountNames } from '../accounts/account-names.ts';

/** Which templates a database holds: those of accounts, or of GUIDs. */
export type PoolKind = 'system' | 'private';

/** Turns what a row says into an owner. Throws E_INVALIDARG. */
export type ResolvePerson = (person: string) => Promise<OwnerIdentity>;

/** Reads the accounts of the machine once, for a group of rows. */
export async function personResolver(pool: PoolKind, databaseId: DatabaseId): Promise<ResolvePerson> {
  if (pool === 'private') return (person) => ownerIn(databaseId, person);
  const names = await accountNames();
  return (person) => account(person, names);
}

async function account(given: string, names: AccountNames): Promise<OwnerIdentity> {
  const person = named(given);
  if (isSid(person)) return sidIdentity(person);
  if (isGuid(person)) {
    throw new BiometricError('E_INVALIDARG', 'the person is a GUID: give a SID, or the database of a private pool');
  }
  const sid = await names.sidOf(person);
  if (sid !== undefined) return sidIdentity(sid);
  const text = 'the person is no account of this machine: give a SID, or the database of a private pool';
  throw new BiometricError('E_INVALIDARG', text);
}

async function ownerIn(databaseId: DatabaseId, given: string): Promise<OwnerIdentity> {
  const person = named(given);
  if (isGuid(person)) return guidIdentity(person);
  if (!isSid(person)) return guidIdentity(await namedGuid(databaseId, person));
  throw new BiometricError('E_INVALIDARG', 'the person is a SID: templates of private pools belong to GUIDs');
}

/** Text that looks the same is the same person. */
function named(given: string): string {
  const person = given.normalize('NFC').trim();
  if (person !== '') return person;
  throw new BiometricError('E_INVALIDARG', 'the person is missing');
}
