/** `whorl export` and `whorl import`: a database as an encrypted file, while no service is running. */

import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { offlineDatabases } from '../../composition/compose/offline-databases.ts';
import { SYSTEM_DATABASE_ID } from '../../composition/configuration/default-databases.ts';
import { exportDatabase, importDatabase } from '../../composition/state/backup.ts';
import { syncFolder } from '../../composition/state/write-durably.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { normalizeGuid } from '../../core/guid.ts';
import { readConfiguration } from '../../daemon/configuration/read-configuration.ts';
import type { TemplateDatabase } from '../../exports/fingerprint/adapters.ts';
import { distinctTemplate } from '../../fingerprint/comparison/distinct-views.ts';
import { EXIT_ROWS_REFUSED } from '../exit-codes.ts';
import { interruptSignal, requireGoingOn } from '../interruption.ts';
import { progressBar } from '../progress-bar.ts';
import { reportFault } from '../report-fault.ts';

/** Options of both commands. */
export interface BackupOptions {
  readonly config?: string;
  readonly database?: string;
  /** A file, because other users can see the arguments of a command. */
  readonly passphraseFile: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

interface Written {
  readonly exported: number;
  readonly leftOut: number;
}

/** Writes a backup; the file appears once it is complete. */
export async function exportTo(target: string, options: BackupOptions): Promise<void> {
  if (existsSync(target) && options.force !== true) {
    throw new BiometricError('E_INVALIDARG', `${target} exists already; remove it or give --force`);
  }
  const { configuration, folder } = await readConfiguration(options.config);
  await using databases = await offlineDatabases(configuration, folder);
  const { storage, descriptor } = chosen([...databases.registrations, ...databases.ofDevices], options.database);
  await using database = await storage.open(descriptor, { create: false });
  const beside = `${target}.partial`;
  const { exported, leftOut } = await writeBackup(beside, database, passphraseOf(options)).catch((thrown: unknown) => {
    rmSync(beside, { force: true });
    throw thrown;
  });
  await databases.accountFor('export', () => renameSync(beside, target));
  syncFolder(target);
  const { json = false } = options;
  const report = { exported, ...(leftOut > 0 && { leftOut }) };
  if (leftOut === 0) {
    process.stdout.write(json ? `${JSON.stringify(report)}\n` : `${exported} templates in ${target}\n`);
    return;
  }
  const text = `${target} holds ${exported} templates; ${leftOut} more are not in it, because they cannot be read: whorl doctor says why`;
  process.exitCode = reportFault(new BiometricError('WINBIO_E_DATABASE_CORRUPTED', text), json, report);
}

/** Writes the lines, durably; resolves to the numbers of templates that are in it and that could not be read. */
async function writeBackup(path: string, database: TemplateDatabase, passphrase: string): Promise<Written> {
  const file = createWriteStream(path, { mode: 0o600, flush: true });
  const written = finished(file);
  // Watched below; a fault meanwhile is no unhandled one.
  written.catch(() => undefined);
  const total = await database.count();
  using bar = progressBar('templates');
  using interruption = interruptSignal();
  // The first line and the last are no templates.
  let exported = -2;
  for await (const line of exportDatabase(database, passphrase)) {
    requireGoingOn(interruption.signal);
    exported += 1;
    bar.update(Math.max(0, exported), total);
    if (!file.write(`${line}\n`)) await Promise.race([once(file, 'drain'), written]);
  }
  file.end();
  await written;
  return { exported, leftOut: Math.max(0, total - exported) };
}

/** Adds the records of a backup to a database. */
export async function importFrom(source: string, options: BackupOptions): Promise<void> {
  if (!existsSync(source)) throw new BiometricError('E_INVALIDARG', `${source} does not exist`);
  const { configuration, folder } = await readConfiguration(options.config);
  await using databases = await offlineDatabases(configuration, folder);
  const { storage, descriptor } = chosen([...databases.registrations, ...databases.ofDevices], options.database);
  await using database = await storage.open(descriptor, { create: true });
  const lines = createInterface({ input: createReadStream(source) });
  using bar = progressBar('templates');
  using interruption = interruptSignal();
  const report = await databases.accountFor('import', () =>
    importDatabase(database, lines, passphraseOf(options), {
      check: distinctTemplate,
      onProgress: (done, total) => {
        bar.update(done, total);
        requireGoingOn(interruption.signal);
      },
    }),
  );
  const { imported, skipped, refused } = report;
  const text = `${imported} templates imported, ${skipped} existed already`;
  process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : `${text}\n`);
  if (refused.length === 0) return;
  for (const { record, message } of refused) process.stderr.write(`record ${record} was refused: ${message}\n`);
  process.exitCode = EXIT_ROWS_REFUSED;
}

function chosen<T extends { readonly descriptor: { readonly databaseId: string } }>(
  all: readonly T[],
  wanted: string = SYSTEM_DATABASE_ID,
): T {
  const found = all.find(({ descriptor }) => descriptor.databaseId === normalizeGuid(wanted));
  if (found !== undefined) return found;
  const known = all.map(({ descriptor }) => descriptor.databaseId).join(', ');
  throw new BiometricError('E_INVALIDARG', `--database: ${wanted} is not one of ${known}`);
}

function passphraseOf({ passphraseFile }: BackupOptions): string {
  try {
    return readFileSync(passphraseFile, 'utf8').replace(/\r?\n$/, '');
  } catch (cause) {
    throw new BiometricError('E_INVALIDARG', `--passphrase-file: ${passphraseFile} cannot be read`, { cause });
  }
}
