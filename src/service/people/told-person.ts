/** What a caller learns of a person beside the identity: those who look after people all, others the name. */

import type { RecognisedPerson } from '../../core/person.ts';
import { isPrivileged, type Principal } from '../access/principal.ts';

/** The person as the caller may know it. */
export function toldPerson(person: RecognisedPerson, principal: Principal): RecognisedPerson {
  if (principal.operator === true || isPrivileged(principal)) return person;
  const { identity, name, invalid } = person;
  return { identity, name, groups: [], ...(invalid !== undefined && { invalid }) };
}
