/** Fields that several parts of a configuration share; each names its remedy when it is wrong. */

import { z } from 'zod';

/** True or false. */
export const flag = z.boolean('give true or false');
/** A path, absolute or relative to the configuration. */
export const path = z.string('give a path').min(1, 'give a path');

/** A whole number between two others, optional. */
export function whole(least: number, most: number, description: string) {
  const remedy = `give ${least} to ${most}`;
  return z.int(remedy).min(least, remedy).max(most, remedy).optional().describe(description);
}

/** Certificates of a connection to a server. */
export const TLS = z
  .strictObject({
    ca: path
      .optional()
      .describe('Certificates that the server has to be signed by, PEM. Default: those of the system.'),
    certificate: path.optional().describe('Certificate that says who this is, PEM. Default: none.'),
    key: path.optional().describe('Its private key, PEM.'),
  })
  .refine(({ certificate, key }) => (certificate === undefined) === (key === undefined), 'give certificate and key')
  .readonly();

/** A list of strings that are not empty; `remedy` is what to give instead. */
export function list(remedy: string) {
  return z.array(z.string(remedy).min(1, remedy), remedy).readonly();
}

const MEMORY = 'give 64 to 65536';
const HANG = 'give 1 to 600';

/** The fields of an adapter module. */
export const MODULE_FIELDS = {
  module: z
    .string('name a module')
    .min(1, 'name a module')
    .describe('A package installed beside the configuration, or the path of a file.'),
  options: z.record(z.string(), z.unknown()).describe('Handed to the adapter as they are.').optional(),
  isolate: z
    .union(
      [
        z.literal(false),
        z
          .strictObject({
            memoryMb: z
              .int(MEMORY)
              .min(64, MEMORY)
              .max(65_536, MEMORY)
              .optional()
              .describe('Most memory it may hold, MB. Default: 1024.'),
            hangSeconds: z
              .int(HANG)
              .min(1, HANG)
              .max(600, HANG)
              .optional()
              .describe('How long it may stand still, seconds. Default: 60.'),
          })
          .readonly(),
      ],
      'give false or { memoryMb, hangSeconds }',
    )
    .optional()
    .describe('The process of its own that the module runs in; false for the process of the service.'),
};
