/** The filters of the list of people, as they stand in the address. */

import type { PersonQuery } from '../../../../src/exports/whorl/client/browser.ts';

const SORTS = ['name', 'number', 'created', 'changed'] as const;

export function peopleQuery(query: Readonly<Record<string, string>>): PersonQuery {
  const { text, group, fingers, valid, sort, down } = query;
  const sorted = SORTS.find((each) => each === sort);
  return {
    ...(text !== undefined && text.trim() !== '' && { text: text.trim() }),
    ...(group !== undefined && { group }),
    ...(fingers !== undefined && { enrolled: fingers === 'some' }),
    ...(valid !== undefined && { valid: valid === 'yes' }),
    ...(sorted !== undefined && { sort: sorted }),
    ...(down !== undefined && { descending: true }),
  };
}
