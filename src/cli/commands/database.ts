/** Commands for what several services share. */

import { oneOf } from '../../core/option-rules.ts';
import { type CommandOption, command } from '../command-entry.ts';
import type { DatabaseOptions } from '../database/administer.ts';
import type { CopyOptions } from '../database/copy.ts';
import { freeText } from '../value-rules.ts';
import { ADDRESS, CONFIG, JSON_OUT } from './options.ts';

const URL_OPTION: CommandOption = [
  '--url <url>',
  'postgres://user@host/database of somebody who may make tables (default: that of the configuration)',
  freeText,
];

export const DATABASE_COMMANDS = [
  command({
    name: 'database init',
    group: 'upkeep',
    description: 'make the tables that services share, in PostgreSQL',
    options: [CONFIG, URL_OPTION, ['--roles', 'make roles for services and for readers as well'], JSON_OUT],
    examples: ['whorl database init --roles --url postgres://postgres@db1/whorl'],
    run: async (options: DatabaseOptions) => (await import('../database/administer.ts')).init(options),
  }),
  command({
    name: 'database migrate',
    group: 'upkeep',
    description: 'bring the tables that services share to the version of this Whorl',
    options: [CONFIG, URL_OPTION, JSON_OUT],
    examples: ['whorl database migrate --url postgres://postgres@db1/whorl'],
    run: async (options: DatabaseOptions) => (await import('../database/administer.ts')).migrate(options),
  }),
  command({
    name: 'database status',
    group: 'upkeep',
    description: 'tell whether the shared database can be used, what is in it, and how far the service here is',
    options: [CONFIG, URL_OPTION, ADDRESS, JSON_OUT],
    examples: ['whorl database status --json'],
    run: async (options: DatabaseOptions) => (await import('../database/administer.ts')).status(options),
  }),
  command({
    name: 'database copy',
    group: 'upkeep',
    description:
      'share the templates and people that this service alone has; stop it first; if interrupted, run it again to go on',
    options: [
      ['--from <kind>', 'sqlite: the files in the state directory (default)', oneOf('sqlite')],
      ['--to <kind>', 'postgres: the server that the configuration shares (default)', oneOf('postgres')],
      CONFIG,
      JSON_OUT,
    ],
    examples: ['whorl database copy --from sqlite --to postgres'],
    run: async (options: CopyOptions) => (await import('../database/copy.ts')).copy(options),
  }),
];
