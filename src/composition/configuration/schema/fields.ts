/** Fields that several parts of a configuration share; each names its remedy when it is wrong. */

import { z } from 'zod';

/** True or false. */
export const flag = z.boolean('give true or false');
/** A path, absolute or relative to the configuration. */
export const path = z.string('give a path').min(1, 'give a path');

/** A list of strings that are not empty; `remedy` is what to give instead. */
export function list(remedy: string) {
  return z.array(z.string(remedy).min(1, remedy), remedy).readonly();
}

/** The fields of an adapter module. */
export const MODULE_FIELDS = {
  module: z
    .string('name a module')
    .min(1, 'name a module')
    .describe('A package installed beside the configuration, or the path of a file.'),
  options: z.record(z.string(), z.unknown()).describe('Handed to the adapter as they are.').optional(),
};
