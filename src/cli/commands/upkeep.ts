/** Commands that keep the state of a service in order. */

import { databaseGuid } from '../../core/option-rules.ts';
import { command } from '../command-entry.ts';
import type { AuditOptions } from '../upkeep/audit.ts';
import type { BackupOptions } from '../upkeep/backup.ts';
import type { KeysOptions } from '../upkeep/keys.ts';
import { freeText, inputFile, outputFile } from '../value-rules.ts';
import { ADDRESS, CONFIG, JSON_OUT } from './options.ts';

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
    name: 'export',
    group: 'upkeep',
    description: 'write the templates of a database to a file encrypted with a passphrase; stop the service first',
    arguments: [['<file>', 'backup file', outputFile]],
    options: [
      ['--passphrase-file <file>', 'required: file that holds the passphrase', inputFile],
      ['--database <guid>', 'database (default: that of the system pool)', databaseGuid],
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
    description: 'add the templates of a backup to a database; stop the service first',
    arguments: [['<file>', 'backup file', inputFile]],
    options: [
      ['--passphrase-file <file>', 'required: file that holds the passphrase', inputFile],
      ['--database <guid>', 'database (default: that of the system pool)', databaseGuid],
      CONFIG,
      JSON_OUT,
    ],
    examples: ['whorl import backup.whorl --passphrase-file secret'],
    run: async (file: string, options: BackupOptions) =>
      (await import('../upkeep/backup.ts')).importFrom(file, options),
  }),
];
