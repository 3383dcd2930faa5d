/** Options that several commands take. */

import type { CommandOption } from '../command-entry.ts';

export const JSON_OUT: CommandOption = ['--json', 'print the answer as JSON'];
export const ADDRESS: CommandOption = ['--address <socket>', 'socket of the service (default: looked up)'];
export const CONFIG: CommandOption = [
  '--config <file>',
  'configuration file (default: whorl.config.json in this folder)',
];
export const READER: CommandOption = [
  '--reader <name|number>',
  'use this reader only, by its name or the number of its unit',
];
export const UNIT: CommandOption = ['--unit <n>', 'use this unit only, by its number'];
export const FINGER: CommandOption = [
  '--finger <name>',
  'right-thumb, right-index, right-middle, right-ring, right-little, left-...',
];
export const IDENTITY: CommandOption = ['--identity <sid|guid>', 'owner of the templates (default: your account)'];
export const PPI: CommandOption = ['--ppi <n>', 'pixels per inch, if the file does not state it'];

export const SECONDS: CommandOption = ['--seconds <n>', 'how long to wait (default: until Ctrl+C)'];

/** Options of every command that opens a session. */
export const SESSION: readonly CommandOption[] = [
  READER,
  UNIT,
  ['--private <guid>', 'take the units into a private pool with this database'],
  SECONDS,
  ADDRESS,
  JSON_OUT,
];
