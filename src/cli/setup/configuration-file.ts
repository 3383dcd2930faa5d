/** A configuration that commands write: checked before it is there, and put there whole. */

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkConfiguration } from '../../composition/configuration/check-configuration.ts';
import { writeDurably } from '../../composition/state/write-durably.ts';
import type { DaemonConfiguration } from '../../daemon/configuration/daemon-configuration.ts';
import { DAEMON_SCHEMA } from '../../daemon/configuration/daemon-schema.ts';
import { CONFIGURATION_FILE, readConfiguration } from '../../daemon/configuration/read-configuration.ts';

/** Path of the file a command means, and whether it is there. */
export function configurationPath(named: string | undefined): { readonly path: string; readonly exists: boolean } {
  const path = resolve(named ?? CONFIGURATION_FILE);
  return { path, exists: existsSync(path) };
}

/** What is there, or nothing. Rejects with WHORL_E_CONFIGURATION when it is wrong. */
export async function currentConfiguration(named: string | undefined): Promise<DaemonConfiguration> {
  return configurationPath(named).exists ? (await readConfiguration(named)).configuration : {};
}

/** Writes it. Rejects with WHORL_E_CONFIGURATION, naming the field. */
export function writeConfiguration(named: string | undefined, configuration: DaemonConfiguration): string {
  const { path } = configurationPath(named);
  writeDurably(path, `${JSON.stringify(checkConfiguration(DAEMON_SCHEMA, configuration), null, 2)}\n`);
  return path;
}
