/** `whorl export` and `whorl import`: a database as an encrypted file, while no service is running. */

import { once } from 'node:events';
import { createReadStream, createWriteStream, existsSync, readFileSync, renameSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { offlineDatabases } from '../../composition/compose/offline-databases.ts';
import { SYSTEM_DATABASE_ID } from '../../composition/configuration/default-databases.ts';
import { exportDatabase, importDatabase } from '../../composition/state/backup.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { normalizeGuid } from '../../core/guid.ts';
import { readConfiguration } from '../../daemon/configuration/read-configuration.ts';

/** Options of both commands. */
export interface BackupOptions {
  readonly config?: string;
  readonly database?: string;
  /** A file, because other users can see the arguments of a command. */
  readonly passphraseFile: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Writes a backup; the file appears once it is complete. */
export async function exportTo(target: string, options: BackupOptions): Promise<void> {
  if (existsSync(target) && options.force !== true) {
    throw new BiometricError('E_INVALIDARG', `${target} exists already; remove it or give --force`);
  }
  const { configuration, folder } = await readConfiguration(options.config);
  await using databases = await offlineDatabases(configuration, folder);
  const { storage, descriptor } = chosen(databases.registrations, options.database);
  await using database = await storage.open(descriptor, { create: false });
  const beside = `${target}.partial`;
  const file = createWriteStream(beside, { mode: 0o600 });
  let lines = 0;
  for await (const line of exportDatabase(database, passphraseOf(options))) {
    lines += 1;
    if (!file.write(`${line}\n`)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
  await databases.account('export');
  renameSync(beside, target);
  const exported = lines - 2;
  process.stdout.write(options.json ? `${JSON.stringify({ exported })}\n` : `${exported} templates in ${target}\n`);
}

/** Adds the records of a backup to a database. */
export async function importFrom(source: string, options: BackupOptions): Promise<void> {
  if (!existsSync(source)) throw new BiometricError('E_INVALIDARG', `${source} does not exist`);
  const { configuration, folder } = await readConfiguration(options.config);
  await using databases = await offlineDatabases(configuration, folder);
  const { storage, descriptor } = chosen(databases.registrations, options.database);
  await using database = await storage.open(descriptor, { create: true });
  const lines = createInterface({ input: createReadStream(source) });
  const report = await importDatabase(database, lines, passphraseOf(options));
  await databases.account('import');
  const { imported, skipped } = report;
  const text = `${imported} templates imported, ${skipped} existed already`;
  process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : `${text}\n`);
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
