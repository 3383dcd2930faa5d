/** Checks a reader of a configuration. */

import { z } from 'zod';
import { isGuid } from '../../../core/guid.ts';
import { ZFM_MODELS, type ZfmModelName } from '../../../drivers/serial/zfm/models.ts';
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

const DEVICE = 'name a device, as fprintd-list prints it';
const fprintdReader = z
  .strictObject({
    kind: z.literal('fprintd'),
    name,
    device: z
      .string(DEVICE)
      .min(1, DEVICE)
      .optional()
      .describe('Name or object path of the reader, as fprintd-list prints them. Default: the first one.'),
    bus: z
      .string('give the address of a message bus')
      .min(1, 'give the address of a message bus')
      .optional()
      .describe('Address of the message bus. Default: that of the system.'),
  })
  .describe(
    'A reader that fprintd owns and goes on sharing with logins and settings; verifies, never identifies. Needs the package dbus-native.',
  );

const UNIT = 'name a reader by its device instance id or its description';
const LIBRARY = 'give the path of a library';
const winbioReader = z
  .strictObject({
    kind: z.literal('winbio'),
    name,
    unit: z
      .string(UNIT)
      .min(1, UNIT)
      .optional()
      .describe('Device instance id or description of the reader. Default: every fingerprint reader of Windows.'),
    pool: z
      .enum(['private', 'system'], "give 'private' or 'system'")
      .optional()
      .describe(
        'private: no other program has the reader, and prints are in a database of their own; system: it is shared with Windows Hello, and prints are those of one account. Default: private.',
      ),
    databaseId: z
      .string('give a GUID')
      .refine(isGuid, 'give a GUID')
      .optional()
      .describe('GUID of the database of a private pool, as it is registered at Windows.'),
    picture: z
      .boolean('give true or false')
      .optional()
      .describe('Whether the reader hands out pictures; needs an administrator. Default: false.'),
    library: z
      .string(LIBRARY)
      .min(1, LIBRARY)
      .optional()
      .describe("Path of the library. Default: Windows' winbio.dll."),
  })
  .refine(({ pool, databaseId }) => pool === 'system' || databaseId !== undefined, {
    path: ['databaseId'],
    message: "give the GUID of the database, or pool 'system'",
  })
  .describe('Readers of Windows, through its winbio.dll. Needs the package koffi.');

const WORD = 'give a whole number from 0 to 4294967295';
const word = z.number(WORD).int(WORD).min(0, WORD).max(0xffff_ffff, WORD).optional();
const RATE = 'give a multiple of 9600, at most 921600';
const models = Object.keys(ZFM_MODELS) as [ZfmModelName, ...ZfmModelName[]];

const serialReader = z
  .strictObject({
    kind: z.literal('serial'),
    name,
    port: z
      .string('name a port, such as /dev/ttyUSB0 or COM3')
      .min(1, 'name a port, such as /dev/ttyUSB0 or COM3')
      .describe('Its port: /dev/ttyUSB0, better /dev/serial/by-id/..., COM3.'),
    mode: z
      .enum(['image', 'module'], "give 'image' or 'module'")
      .describe('image: its pictures are read by the engine of the service; module: it compares inside.'),
    model: z
      .enum(models, `give one of ${models.join(', ')}`)
      .optional()
      .describe(
        'Its model, which says how large its pictures are. Default: zfm-20, for all with pictures of 256 x 288.',
      ),
    baud: z
      .number(RATE)
      .int(RATE)
      .positive(RATE)
      .max(921_600, RATE)
      .multipleOf(9600, RATE)
      .optional()
      .describe('Its rate, bits a second. Default: the usual ones are tried.'),
    password: word.describe('Its password. Default: 0.'),
    address: word.describe('Its address. Default: 4294967295.'),
    dialect: z
      .enum(['zfm', 'gt-511'], "give 'zfm' or 'gt-511'")
      .optional()
      .describe('What it speaks; gt-511 in image mode only. Default: zfm.'),
  })
  .refine(({ dialect, mode }) => dialect !== 'gt-511' || mode === 'image', {
    path: ['mode'],
    message: "a gt-511 is driven in image mode only: give 'image'",
  })
  .describe('A fingerprint module on a serial line. Needs the package serialport.');

const moduleReader = z
  .strictObject({ kind: z.literal('module'), name, ...MODULE_FIELDS })
  .describe('Readers of an adapter module, loaded by its name.');

const reader = z
  .discriminatedUnion(
    'kind',
    [virtualReader, replayReader, libfprintReader, fprintdReader, winbioReader, serialReader, moduleReader],
    "give 'virtual', 'replay', 'libfprint', 'fprintd', 'winbio', 'serial' or 'module'",
  )
  .readonly();

const listed = z
  .array(reader, 'give a list')
  .refine((all) => new Set(readerNames(all)).size === all.length, 'each needs a name of its own')
  .readonly();

export const READERS_SCHEMA = z
  .union([listed, z.literal('auto')], "give a list, or 'auto'")
  .describe('Readers to attach, or auto for every reader that libfprint finds.');
