/** Checks that what a configuration refers to is there: adapter modules, folders, users and groups. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { accountNames } from '../../composition/accounts/account-names.ts';
import { readUserDatabase, type UserDatabase } from '../../composition/accounts/user-database.ts';
import { isInstalled } from '../../composition/configuration/load-adapter.ts';
import type { ModuleConfiguration } from '../../composition/configuration/service-configuration.ts';
import { matchingSetting } from '../../composition/matching/matching-setting.ts';
import { BiometricError, toBiometricError } from '../../core/biometric-error.ts';
import { isSid } from '../../core/sid.ts';
import type { DaemonConfiguration } from './daemon-configuration.ts';

/** Loads nothing. Rejects with WHORL_E_CONFIGURATION, one line for each reference that leads nowhere. */
export async function checkReferences(configuration: DaemonConfiguration, folder: string): Promise<void> {
  const faults = [
    ...modulesOf(configuration)
      .filter(([, { module }]) => !isInstalled(module, folder))
      .map(([field, { module }]) => `${field}.module: ${module} is not installed beside the configuration`),
    ...listedReaders(configuration).flatMap((reader, i) =>
      reader.kind === 'replay' && !existsSync(resolve(reader.folder))
        ? [`readers[${i}].folder: ${reader.folder} does not exist`]
        : [],
    ),
    ...(await unknownAccounts(configuration)),
    ...matchingFaults(configuration, folder),
  ];
  if (faults.length > 0) throw new BiometricError('WHORL_E_CONFIGURATION', faults.join('\n'));
}

/** What a gallery on many machines needs beside its own setting, and certificates that are not there. */
function matchingFaults(configuration: DaemonConfiguration, folder: string): readonly string[] {
  const { matching } = configuration;
  if (matching === undefined) return [];
  try {
    matchingSetting(configuration);
  } catch (thrown) {
    return [toBiometricError(thrown).message];
  }
  return Object.entries(matching.tls ?? {}).flatMap(([field, path]) =>
    path === undefined || existsSync(resolve(folder, path)) ? [] : [`matching.tls.${field}: ${path} does not exist`],
  );
}

/** Readers that find themselves refer to nothing. */
function listedReaders({ readers = [] }: DaemonConfiguration) {
  return readers === 'auto' ? [] : readers;
}

/** Every adapter module, by its field. */
function modulesOf(configuration: DaemonConfiguration) {
  const { databases = [], engine } = configuration;
  const found: [field: string, module: ModuleConfiguration][] = [];
  for (const [i, reader] of listedReaders(configuration).entries())
    if (reader.kind === 'module') found.push([`readers[${i}]`, reader]);
  for (const [i, { storage }] of databases.entries()) if (storage) found.push([`databases[${i}].storage`, storage]);
  if (engine) found.push(['engine', engine]);
  return found;
}

/** Numbers and `*` are right on every machine; a name is one of its user database. */
async function unknownAccounts({ access = {} }: DaemonConfiguration): Promise<readonly string[]> {
  const fault = process.platform === 'win32' ? windowsFault : unixFault(await readUserDatabase());
  const faults = (['users', 'administrators', 'operators', 'enroll'] as const).flatMap((field) =>
    (access[field] ?? []).map(async (entry) => {
      const text = await fault(entry);
      return text === undefined ? [] : [`access.${field}: ${text}`];
    }),
  );
  return (await Promise.all(faults)).flat();
}

function unixFault(known: UserDatabase) {
  return (entry: string): string | undefined => {
    if (entry === '*' || /^\d+$/.test(entry)) return undefined;
    if (!entry.startsWith('@')) return known.userId(entry) === undefined ? `there is no user ${entry}` : undefined;
    const group = entry.slice(1);
    return known.groupId(group) === undefined ? `there is no group ${group}` : undefined;
  };
}

async function windowsFault(entry: string): Promise<string | undefined> {
  const name = entry.replace(/^@/, '');
  if (entry === '*' || isSid(name)) return undefined;
  if ((await (await accountNames()).sidOf(name)) !== undefined) return undefined;
  return `there is no ${entry === name ? 'user' : 'group'} ${name}`;
}
