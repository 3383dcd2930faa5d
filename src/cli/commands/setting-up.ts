/** Commands that set up a service. */

import { databaseGuid, oneOf, text } from '../../core/option-rules.ts';
import { command } from '../command-entry.ts';
import type { InitOptions } from '../setup/init.ts';
import type { PairOptions } from '../setup/pair.ts';
import type { PoolOptions, RemovePoolOptions } from '../setup/pool.ts';
import { freeText, positive, sid, within } from '../value-rules.ts';
import { CONFIG, JSON_OUT } from './options.ts';

export const SETUP_COMMANDS = [
  command({
    name: 'init',
    group: 'setting up',
    description: 'write a configuration from your answers to a few questions',
    options: [CONFIG, ['--yes', 'ask nothing; take the defaults'], ['--force', 'replace an existing file'], JSON_OUT],
    examples: ['whorl init'],
    run: async (options: InitOptions) => (await import('../setup/init.ts')).init(options),
  }),
  command({
    name: 'config check',
    group: 'setting up',
    description: 'check a configuration; each fault names the field and the remedy',
    arguments: [['[file]', 'configuration file (default: whorl.config.json in this folder)', freeText]],
    options: [JSON_OUT],
    examples: ['whorl config check whorl.config.json'],
    run: async (file: string | undefined, options: { json?: boolean }) =>
      (await import('../setup/config-check.ts')).configCheck(file, options),
  }),
  command({
    name: 'pool create',
    group: 'setting up',
    description: 'add a database for private pools to the configuration',
    options: [
      ['--id <guid>', 'id of the database (default: a new one)', databaseGuid],
      ['--record-limit <n>', 'maximum number of records', positive],
      CONFIG,
      JSON_OUT,
    ],
    examples: ['whorl pool create --record-limit 1000'],
    run: async (options: PoolOptions) => (await import('../setup/pool.ts')).createPool(options),
  }),
  command({
    name: 'pool remove',
    group: 'setting up',
    description: 'remove such a database from the configuration; its file stays',
    arguments: [['<guid>', 'id of the database', databaseGuid]],
    options: [CONFIG, JSON_OUT],
    examples: ['whorl pool remove A3D9E6B2-7C41-4F0A-8B1E-92C5D47F6038'],
    run: async (id: string, options: RemovePoolOptions) => (await import('../setup/pool.ts')).removePool(id, options),
  }),
  command({
    name: 'pair',
    group: 'setting up',
    description: 'let the web pages of an origin connect as an account; prints the token once',
    arguments: [['[origin]', 'such as https://example.org', freeText]],
    options: [
      ['--sid <sid>', 'account (default: yours)', sid],
      ['--enroll', 'allow enrolling for that account'],
      ['--administrator', 'allow everything'],
      ['--role <role>', 'operator: looks after people; screen: shows one door', oneOf('operator', 'screen')],
      ['--door <name>', 'the door of a screen', text],
      ['--name <name>', 'a name to tell it by', text],
      ['--days <n>', 'how long it lasts (default: 365)', within(1, 3650, 'days')],
      ['--list', 'list pairings'],
      ['--revoke <id>', 'end a pairing', text],
      CONFIG,
      JSON_OUT,
    ],
    examples: ['whorl pair https://example.org --enroll', 'whorl pair --list'],
    run: async (origin: string | undefined, options: PairOptions) =>
      (await import('../setup/pair.ts')).pair(origin, options),
  }),
];
