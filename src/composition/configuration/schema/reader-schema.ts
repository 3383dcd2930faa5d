/** Checks a reader of a configuration. */

import { z } from 'zod';
import { readerNames } from '../reader-names.ts';
import { list, MODULE_FIELDS } from './fields.ts';

const NAME = 'give a name that is not a number';

const name = z
  .string(NAME)
  .regex(/\D/, NAME)
  .max(64, 'give at most 64 characters')
  .optional()
  .describe(
    'Name that sessions and commands address it by. Default: its kind, with its place in the list unless it is the first: virtual-2.',
  );

const virtualReader = z
  .strictObject({
    kind: z.literal('virtual'),
    name,
    earlyTouch: z
      .enum(['lost', 'kept'], "give 'lost' or 'kept'")
      .optional()
      .describe('What becomes of a touch while nothing captures. Default: lost.'),
  })
  .describe('A scripted reader that captures what it is told to.');

const replayReader = z
  .strictObject({
    kind: z.literal('replay'),
    name,
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

const libfprintReader = z
  .strictObject({
    kind: z.literal('libfprint'),
    name,
    driver: z
      .string('name a driver')
      .min(1, 'name a driver')
      .optional()
      .describe('Driver of libfprint, as whorl readers prints it. Default: any.'),
    device: z
      .string('name a device')
      .min(1, 'name a device')
      .optional()
      .describe('Serial number, device path or USB id, as whorl readers prints them. Default: any.'),
    ppi: z
      .number('give pixels per inch')
      .positive('give pixels per inch')
      .optional()
      .describe('Pixels per inch of its pictures. Default: what is known of the driver, else 500.'),
  })
  .describe('A reader on USB or SPI that libfprint drives. Needs libfprint 2 and the package koffi.');

const moduleReader = z
  .strictObject({ kind: z.literal('module'), name, ...MODULE_FIELDS })
  .describe('Readers of an adapter module, loaded by its name.');

const reader = z
  .discriminatedUnion(
    'kind',
    [virtualReader, replayReader, libfprintReader, moduleReader],
    "give 'virtual', 'replay', 'libfprint' or 'module'",
  )
  .readonly();

const listed = z
  .array(reader, 'give a list')
  .refine((all) => new Set(readerNames(all)).size === all.length, 'each needs a name of its own')
  .readonly();

export const READERS_SCHEMA = z
  .union([listed, z.literal('auto')], "give a list, or 'auto'")
  .describe('Readers to attach, or auto for every reader that libfprint finds.');
