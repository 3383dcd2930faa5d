/** Composes the upkeep of a daemon. */

import { join, resolve } from 'node:path';
import type { Composition } from '../../composition/compose/compose.ts';
import type { Extension } from '../../composition/connection/extensions.ts';
import type { Logger } from '../../core/logger.ts';
import type { ConsoleLinks } from '../clients/console-links.ts';
import type { PairedClients } from '../clients/paired-clients.ts';
import type { Pairings } from '../clients/pairings.ts';
import type { DaemonConfiguration } from '../configuration/daemon-configuration.ts';
import { CONFIGURATION_FILE } from '../configuration/read-configuration.ts';
import { Backups } from './backups.ts';
import { HealthRecord } from './health-record.ts';
import { PairingDesk } from './pairing-desk.ts';
import { Settings } from './settings.ts';
import { upkeep } from './upkeep.ts';

const USUALLY_KEPT = 14;

/** What it is composed from. */
export interface KeepUpParts {
  /** As it was given, and as it was checked. */
  readonly given: DaemonConfiguration;
  readonly configuration: DaemonConfiguration;
  readonly options: {
    readonly folder?: string;
    readonly configurationFile?: string | undefined;
    readonly overridden?: readonly string[] | undefined;
    readonly onRestart?: ((options: { readonly acceptRollback: boolean }) => void) | undefined;
  };
  readonly logger: Logger;
  readonly pairings: Pairings;
  readonly paired: PairedClients;
  readonly links: ConsoleLinks;
}

/** Upkeep that goes on as long as it is not disposed of. */
export interface KeptUp extends Disposable {
  readonly extension: Extension;
}

/** Composes it. */
export function keepUp(composition: Composition, parts: KeepUpParts): KeptUp {
  const { configuration, options, logger, pairings, paired, links } = parts;
  const { folder = process.cwd(), configurationFile, overridden = [], onRestart } = options;
  using stack = new DisposableStack();
  const { log, engineThreads } = composition;
  const health = stack.use(new HealthRecord({ log, engine: engineThreads }));
  const backups = backupsOf(composition, configuration, folder, logger);
  if (backups !== undefined) stack.use(backups);
  const settings = new Settings({
    file: configurationFile ?? join(folder, CONFIGURATION_FILE),
    running: parts.given,
    overridden,
    canRestart: onRestart !== undefined,
  });
  const desk = new PairingDesk({ pairings, paired, links });
  // The answer leaves before the connections end.
  const restart = onRestart && ((wanted: { acceptRollback: boolean }) => void setTimeout(onRestart, 100, wanted));
  const owned = stack.move();
  return {
    extension: upkeep({ composition, settings, desk, backups, health, restart }),
    [Symbol.dispose]: () => owned.dispose(),
  };
}

function backupsOf(
  { backup: work, stateDirectory, keys }: Composition,
  { backups = {} }: DaemonConfiguration,
  folder: string,
  logger: Logger,
): Backups | undefined {
  if (work === undefined || stateDirectory === undefined || keys === undefined) return undefined;
  const { everyHours, keep = USUALLY_KEPT } = backups;
  return new Backups({
    directory: stateDirectory,
    folder: backups.folder === undefined ? join(stateDirectory, 'backups') : resolve(folder, backups.folder),
    work,
    keyring: keys,
    schedule: everyHours === undefined ? undefined : { everyHours, keep },
    logger,
  });
}
