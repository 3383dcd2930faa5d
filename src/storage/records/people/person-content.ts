/** What is kept of a person, and how details of a person become it. */

import { createHash } from 'node:crypto';
import type { StoredPerson } from '../../../adapters/person-store.ts';
import { foldText } from '../../../core/fold-text.ts';
import { identityKey, type OwnerIdentity } from '../../../core/identity.ts';
import type { BulkChange, PersonDetails } from '../../../core/person.ts';

/** What is sealed of a person. */
export interface PersonContent extends Omit<StoredPerson, 'hasPicture'> {
  /** SHA-256 of the picture; absent without one. */
  readonly picture?: string;
}

export function storedOf({ picture, ...person }: PersonContent): StoredPerson {
  return { ...person, hasPicture: picture !== undefined };
}

/** Details alone, without fields that are absent. */
export function detailsOf(person: PersonDetails): PersonDetails {
  const { name, number, groups, note, validity, suspended } = person;
  const known = { number, groups, note, validity, ...(suspended === true && { suspended }) };
  const given = Object.entries(known).filter(([, value]) => value !== undefined && value !== '');
  return { name, ...Object.fromEntries(given) };
}

export function sortedGroups(groups: readonly string[] = []): readonly string[] {
  return [...new Set(groups)].sort((a, b) => (foldText(a) < foldText(b) ? -1 : 1));
}

/** Details after a change; undefined when nothing is other than before. */
export function changedDetails(person: PersonContent, change: BulkChange): PersonDetails | undefined {
  const details = detailsOf(person);
  const isIn = 'group' in change && person.groups.includes(change.group);
  switch (change.kind) {
    case 'add-group':
      return isIn ? undefined : { ...details, groups: [...person.groups, change.group] };
    case 'remove-group':
      return isIn ? { ...details, groups: person.groups.filter((group) => group !== change.group) } : undefined;
    case 'validity': {
      const { validity: _, ...rest } = details;
      return { ...rest, ...(change.validity && { validity: change.validity }) };
    }
    case 'suspend':
      return person.suspended === true ? undefined : { ...details, suspended: true };
    case 'resume':
      return person.suspended === true ? { ...details, suspended: false } : undefined;
    default:
      return change satisfies never;
  }
}

/** What a sealed picture is bound to. */
export function pictureBound(identity: OwnerIdentity): string {
  return `picture ${identityKey(identity)}`;
}

/** SHA-256, hexadecimal. */
export function digestOf(picture: Uint8Array): string {
  return createHash('sha256').update(picture).digest('hex');
}
