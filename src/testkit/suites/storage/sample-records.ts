/** Databases, owners and records that the checks of the storage suite use. */

import type { DatabaseDescriptor, NewRecord, TemplateDatabase } from '../../../adapters/storage-adapter.ts';
import { WINBIO_TYPE_FINGERPRINT } from '../../../core/constants.ts';
import { guidIdentity, type OwnerIdentity, sidIdentity } from '../../../core/identity.ts';
import type { StorageRig } from './storage-rig.ts';

export const ALICE = sidIdentity('S-1-5-21-1-2-3-1001');
export const BOB = sidIdentity('S-1-5-21-1-2-3-1002');
export const CAROL = guidIdentity('6F9619FF-8B86-D011-B42D-00C04FC964FF');
/** Template format of every record. */
export const FORMAT = '11111111-2222-3333-4444-555555555555';
/** Records that {@link fill} adds to a database: more than one batch of a query. */
export const MANY = 508;

/** Databases described so far, so that each has an id of its own. */
let databases = 0;

/** Describes a database that does not exist yet. */
export function newDatabase(rig: StorageRig, recordLimit?: number): DatabaseDescriptor {
  databases++;
  return {
    databaseId: `A0000000-0000-4000-8000-${databases.toString(16).toUpperCase().padStart(12, '0')}`,
    factor: WINBIO_TYPE_FINGERPRINT,
    templateFormat: FORMAT,
    ...rig.place(),
    ...(recordLimit !== undefined && { recordLimit }),
  };
}

/** A record; `salt` tells two of one finger apart. */
export function record(identity: OwnerIdentity, subFactor: number, salt = 0): NewRecord {
  return { identity, subFactor, template: Uint8Array.of(subFactor, 1, 2, 3, salt) };
}

/** Adds every sub-factor of Alice, then of Bob. */
export async function fill(database: TemplateDatabase): Promise<void> {
  for (const owner of [ALICE, BOB]) {
    for (let subFactor = 1; subFactor <= MANY / 2; subFactor++) await database.add(record(owner, subFactor));
  }
}
