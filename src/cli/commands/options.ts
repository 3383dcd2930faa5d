/** Options that several commands take. */

import { databaseGuid, oneOf, text, unitNumber } from '../../core/option-rules.ts';
import { FINGERS } from '../../core/sub-factor.ts';
import type { CommandOption } from '../command-entry.ts';
import { freeText, pixelsPerInch, positive, seconds, sidOrGuid } from '../value-rules.ts';

/** A finger by its name. */
export const fingerName = oneOf(...Object.keys(FINGERS));

export const JSON_OUT: CommandOption = ['--json', 'print the answer as JSON'];
export const ADDRESS: CommandOption = ['--address <socket>', 'socket of the service (default: looked up)', freeText];
export const CONFIG: CommandOption = [
  '--config <file>',
  'configuration file (default: whorl.config.json in this folder)',
  freeText,
];
export const READER: CommandOption = [
  '--reader <name|number>',
  'use this reader only, by its name or the number of its unit',
  text,
];
export const UNIT: CommandOption = ['--unit <n>', 'use this unit only, by its number', unitNumber];
export const FINGER: CommandOption = [
  '--finger <name>',
  'right-thumb, right-index, right-middle, right-ring, right-little, left-...',
  fingerName,
];
export const IDENTITY: CommandOption = [
  '--identity <sid|guid>',
  'owner of the templates (default: your account)',
  sidOrGuid,
];
export const PPI: CommandOption = ['--ppi <n>', 'pixels per inch, whatever the file states', pixelsPerInch];
export const IMAGE: CommandOption = [
  '--image <n>',
  'which image of several, from 1 (default: the first that can be read); whorl images lists them',
  positive,
];
export const ANY_FINGERS: CommandOption = ['--any-fingers', 'take several fingers in one image as one print'];

export const SECONDS: CommandOption = ['--seconds <n>', 'how long to wait (default: until Ctrl+C)', seconds];

/** Options of every command that opens a session. */
export const SESSION: readonly CommandOption[] = [
  READER,
  UNIT,
  ['--private <guid>', 'take the units into a private pool with this database', databaseGuid],
  SECONDS,
  ADDRESS,
  JSON_OUT,
];
