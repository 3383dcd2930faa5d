/** Configuration files that commands write: checked first, then written whole. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkConfiguration } from '../../composition/configuration/check-configuration.ts';
import { writeDurably } from '../../composition/state/write-durably.ts';
import type { DaemonConfiguration } from '../../daemon/configuration/daemon-configuration.ts';
import { DAEMON_SCHEMA } from '../../daemon/configuration/daemon-schema.ts';
import { CONFIGURATION_FILE, readConfiguration } from '../../daemon/configuration/read-configuration.ts';

/** Path of the file that a command names, and whether it exists. */
export function configurationPath(named: string | undefined): { readonly path: string; readonly exists: boolean } {
  const path = resolve(named ?? CONFIGURATION_FILE);
  return { path, exists: existsSync(path) };
}

/** The configuration in the file; empty without a file. Rejects with WHORL_E_CONFIGURATION when it is invalid. */
export async function currentConfiguration(named: string | undefined): Promise<DaemonConfiguration> {
  return configurationPath(named).exists ? (await readConfiguration(named)).configuration : {};
}

/** Writes a configuration; returns its path. Throws WHORL_E_CONFIGURATION, which names the invalid fields. */
export function writeConfiguration(named: string | undefined, configuration: DaemonConfiguration): string {
  const { path } = configurationPath(named);
  writeDurably(path, `${JSON.stringify(checkConfiguration(DAEMON_SCHEMA, configuration), null, 2)}\n`);
  return path;
}
