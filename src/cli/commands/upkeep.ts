/** Commands that keep the state of a service in order. */

import { databaseGuid, oneOf, text } from '../../core/option-rules.ts';
import { type CommandOption, command } from '../command-entry.ts';
import type { ImportCommandOptions } from '../import/import.ts';
import type { AuditOptions } from '../upkeep/audit.ts';
import type { BackupOptions } from '../upkeep/backup.ts';
import type { KeysOptions } from '../upkeep/keys.ts';
import type { ReconcileOptions } from '../upkeep/reconcile.ts';
import type { StateBackupOptions } from '../upkeep/state-backup.ts';
import { existing, folder, freeText, inputFile, outputFile } from '../value-rules.ts';
import { ADDRESS, CONFIG, FINGER, IDENTITY, JSON_OUT, PPI, READER } from './options.ts';

const DATABASE: CommandOption = ['--database <guid>', 'database (default: that of the system pool)', databaseGuid];
const PATTERN: CommandOption = [
  '--pattern <pattern>',
  'names in a folder (default: {person}_{finger}.* or {person}/{finger}.*)',
  text,
];
const PERSON_FROM: CommandOption = [
  '--person-from <field>',
  'field of a transaction that says whose it is, such as 2.030 (default: its name)',
  text,
];

export const UPKEEP_COMMANDS = [
  command({
    name: 'keys rotate',
    group: 'upkeep',
    description: 'seal every template with a new key; if interrupted, run it again to finish',
    options: [['--config <file>', 'configuration file, if no service is running', freeText], ADDRESS, JSON_OUT],
    examples: ['whorl keys rotate'],
    run: async (options: KeysOptions) => (await import('../upkeep/keys.ts')).rotate(options),
  }),
  command({
    name: 'audit verify',
    group: 'upkeep',
    description: 'check that no line of the audit log was changed, moved or removed',
    options: [CONFIG, JSON_OUT],
    examples: ['whorl audit verify'],
    run: async (options: AuditOptions) => (await import('../upkeep/audit.ts')).verifyAudit(options),
  }),
  command({
    name: 'backup',
    group: 'upkeep',
    description: 'copy the whole state directory, sealed as it is, while the service goes on',
    arguments: [['<path>', 'folder to make', freeText]],
    options: [
      [
        '--without-key',
        'leave out the master key, which lies in the state directory unless the configuration says else',
      ],
      ['--config <file>', 'configuration file, if no service is running', freeText],
      ADDRESS,
      JSON_OUT,
    ],
    examples: ['whorl backup /srv/backup/whorl-monday'],
    run: async (path: string, options: StateBackupOptions) =>
      (await import('../upkeep/state-backup.ts')).backup(path, options),
  }),
  command({
    name: 'restore',
    group: 'upkeep',
    description: 'check a backup of a state directory and put it into an empty folder',
    arguments: [['<path>', 'folder that whorl backup has made', folder]],
    options: [
      ['--into <folder>', 'required: an empty folder, or a new one', freeText],
      ['--config <file>', 'configuration that says where the master key is, if it is not in the backup', freeText],
      JSON_OUT,
    ],
    examples: ['whorl restore /srv/backup/whorl-monday --into /var/lib/whorl'],
    run: async (path: string, options: StateBackupOptions) =>
      (await import('../upkeep/state-backup.ts')).restore(path, options),
  }),
  command({
    name: 'reconcile',
    group: 'upkeep',
    description:
      'compare what readers that match inside hold with the records of it; changes nothing without --apply; administrators only',
    options: [
      READER,
      ['--adopt <print>', 'give a print that no record knows to --identity, as --finger', text],
      IDENTITY,
      FINGER,
      ['--remove <print>', 'take a print that no record knows off its reader', text],
      ['--remove-unknown', 'take off every print that no record knows'],
      ['--forget-missing', 'delete every record whose print is gone'],
      ['--apply', 'do it'],
      ADDRESS,
      JSON_OUT,
    ],
    examples: [
      'whorl reconcile',
      'whorl reconcile --adopt slot-3 --identity S-1-22-1-1000 --finger right-index --apply',
      'whorl reconcile --remove-unknown --forget-missing --apply',
    ],
    run: async (options: ReconcileOptions) => (await import('../upkeep/reconcile.ts')).reconcile(options),
  }),
  command({
    name: 'export',
    group: 'upkeep',
    description:
      'write the templates of one database to a file encrypted with a passphrase, for another service; stop this one first',
    arguments: [['<file>', 'backup file', outputFile]],
    options: [
      ['--passphrase-file <file>', 'required: file that holds the passphrase', inputFile],
      DATABASE,
      ['--force', 'replace an existing file'],
      CONFIG,
      JSON_OUT,
    ],
    examples: ['whorl export backup.whorl --passphrase-file secret'],
    run: async (file: string, options: BackupOptions) => (await import('../upkeep/backup.ts')).exportTo(file, options),
  }),
  command({
    name: 'import',
    group: 'upkeep',
    description:
      'add the templates of a backup (stop the service first), or those of another product to the running service',
    arguments: [['<path>', 'backup, table, folder or transaction', existing]],
    options: [
      [
        '--from <kind>',
        'csv: a table; folder: pictures and records named after people; an2: transactions (default: backup)',
        oneOf('backup', 'csv', 'folder', 'an2'),
      ],
      ['--passphrase-file <file>', 'file that holds the passphrase of a backup', inputFile],
      DATABASE,
      ['--columns <names>', 'columns of a table, such as person=UserID,finger=FingerNo,template=Data', text],
      PATTERN,
      PERSON_FROM,
      PPI,
      ['--lenient', 'accept minutiae records that deviate from their standard'],
      ['--replace', 'put templates in the place of those that are there, instead of skipping them'],
      ['--refuse-duplicates', 'store no finger that is there already, under whichever name'],
      ['--dry-run', 'check every row and store nothing'],
      ['--report <file>', 'write what became of each row, as .csv or .jsonl', outputFile],
      CONFIG,
      ADDRESS,
      JSON_OUT,
    ],
    examples: [
      'whorl import backup.whorl --passphrase-file secret',
      'whorl import --from csv members.csv --database A3D9E6B2-7C41-4F0A-8B1E-92C5D47F6038 --dry-run',
      'whorl import --from folder prints --report imported.csv',
    ],
    run: async (path: string, options: ImportCommandOptions) =>
      (await import('../import/import.ts')).importCommand(path, options),
  }),
  command({
    name: 'templates upgrade',
    group: 'upkeep',
    description:
      'give templates of an earlier version what this one sees in the pictures they were made of, where those were kept',
    arguments: [['<path>', 'table, folder or transaction', existing]],
    options: [
      [
        '--from <kind>',
        'csv: a table; folder: pictures named after people; an2: transactions (default: folder)',
        oneOf('csv', 'folder', 'an2'),
      ],
      DATABASE,
      ['--columns <names>', 'columns of a table, such as person=UserID,finger=FingerNo,image=Data', text],
      PATTERN,
      PERSON_FROM,
      PPI,
      ['--dry-run', 'say what would be upgraded and store nothing'],
      ['--report <file>', 'write what became of each picture, as .csv or .jsonl', outputFile],
      ADDRESS,
      JSON_OUT,
    ],
    examples: [
      'whorl templates upgrade pictures --dry-run',
      "whorl templates upgrade pictures --pattern '{person}-{finger}-*.png'",
    ],
    run: async (path: string, options: ImportCommandOptions) =>
      (await import('../import/import.ts')).upgradeCommand(path, options),
  }),
];
