/** Checks a reader of a configuration. */

import { z } from 'zod';
import { list, MODULE_FIELDS } from './fields.ts';

const virtualReader = z
  .strictObject({
    kind: z.literal('virtual'),
    name: z.string('give a name').min(1, 'give a name').optional().describe('Name that commands address it by.'),
    earlyTouch: z
      .enum(['lost', 'kept'], "give 'lost' or 'kept'")
      .optional()
      .describe('What becomes of a touch while nothing captures. Default: lost.'),
  })
  .describe('A scripted reader that captures what it is told to.');

const replayReader = z
  .strictObject({
    kind: z.literal('replay'),
    folder: z.string('name a folder').min(1, 'name a folder').describe('Path of the folder.'),
    resolutionPpi: z
      .number('give pixels per inch')
      .positive('give pixels per inch')
      .optional()
      .describe('Pixels per inch. Default: what dataset.json or the files say.'),
    files: list('name files')
      .optional()
      .describe('Files in the order they are played. Default: all PNG files, by name.'),
  })
  .describe('A reader that plays the PNG files of a folder.');

const moduleReader = z
  .strictObject({ kind: z.literal('module'), ...MODULE_FIELDS })
  .describe('Readers of an adapter module, loaded by its name.');

export const READER_SCHEMA = z
  .discriminatedUnion('kind', [virtualReader, replayReader, moduleReader], "give 'virtual', 'replay' or 'module'")
  .readonly();
