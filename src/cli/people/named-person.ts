/** A person as people type it: an identity, a number, or a part of the name that only one person has. */

import { BiometricError } from '../../core/biometric-error.ts';
import { foldText } from '../../core/fold-text.ts';
import { isGuid } from '../../core/guid.ts';
import { isSid } from '../../core/sid.ts';
import { guidIdentity, type Person, sidIdentity, type WhorlService } from '../../exports/whorl/index.ts';
import { ownerWords } from '../owner-words.ts';

const MOST_NAMED = 5;

/** The person. Rejects with WHORL_E_NO_SUCH_PERSON, and E_INVALIDARG that names those who are meant. */
export async function namedPerson({ people }: WhorlService, who: string): Promise<Person> {
  if (isSid(who)) return await people.get(sidIdentity(who));
  if (isGuid(who)) return await people.get(guidIdentity(who));
  const { items, total } = await people.list({ text: who, limit: 1000 });
  const exact = items.filter(({ number, name }) => number === who || foldText(name) === foldText(who));
  const [only, ...others] = exact.length > 0 ? exact : items;
  if (only === undefined) {
    throw new BiometricError('WHORL_E_NO_SUCH_PERSON', `nobody has '${who}' as number or in the name`);
  }
  if (others.length === 0) return only;
  const named = [only, ...others].slice(0, MOST_NAMED).map(({ name, identity }) => `${name} (${ownerWords(identity)})`);
  const more = total > MOST_NAMED ? ' ...' : '';
  throw new BiometricError(
    'E_INVALIDARG',
    `'${who}' may be ${named.join(', ')}${more}; give the identity or the number`,
  );
}
