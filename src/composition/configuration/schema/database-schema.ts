/** Checks the databases of a configuration. */

import { z } from 'zod';
import { isGuid } from '../../../core/guid.ts';
import { MODULE_FIELDS } from './fields.ts';

const database = z
  .strictObject({
    id: z.string('give a GUID').refine(isGuid, 'give a GUID').describe('Its GUID; it never changes.'),
    pool: z.enum(['system', 'private'], "give 'system' or 'private'").describe('Which kind of pool it serves.'),
    recordLimit: z.int('give a whole number').min(1, 'give 1 or more').optional().describe('Most records it may hold.'),
    storage: z
      .strictObject(MODULE_FIELDS)
      .optional()
      .describe('Adapter module that keeps the records. Default: a SQLite file in the state directory.'),
  })
  .readonly();

export const DATABASES_SCHEMA = z
  .array(database, 'give a list')
  .refine((all) => all.filter(({ pool }) => pool === 'system').length <= 1, 'the system pool has one database')
  .refine((all) => new Set(all.map(({ id }) => id.toUpperCase())).size === all.length, 'each needs an id of its own')
  .readonly();
