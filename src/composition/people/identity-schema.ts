/** An owner of templates, as clients name one. */

import { z } from 'zod';
import { isGuid, normalizeGuid } from '../../core/guid.ts';
import type { OwnerIdentity } from '../../core/identity.ts';
import { isSid } from '../../core/sid.ts';

const SID = 'give a SID such as S-1-22-1-1000';
const GUID = 'give a GUID';

export const OWNER_SCHEMA: z.ZodType<OwnerIdentity> = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('sid'), sid: z.string(SID).refine(isSid, SID) }),
    z.strictObject({ type: z.literal('guid'), guid: z.string(GUID).refine(isGuid, GUID).transform(normalizeGuid) }),
  ],
  "give { type: 'guid', guid } or { type: 'sid', sid }",
);

const LIMIT = 'give 1 to 1000';

/** Which part of a list. */
export const PAGE_FIELDS = {
  limit: z.int(LIMIT).min(1, LIMIT).max(1000, LIMIT).optional(),
  cursor: z.string('give next of the page before').max(1024, 'give next of the page before').optional(),
};

/** A name that is looked for. */
export const nameText = z.string('give a name').max(64, 'give at most 64 characters');
