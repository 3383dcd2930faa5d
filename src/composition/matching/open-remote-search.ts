/** What a service searches with whose gallery matching nodes hold. */

import { type Logger, SILENT_LOGGER } from '../../core/logger.ts';
import { MatchCoordinator } from '../../matching/coordinator/match-coordinator.ts';
import type { Keyring } from '../../storage/sealed/keyring.ts';
import type { ServiceConfiguration } from '../configuration/service-configuration.ts';
import { matchingSetting, openTransport } from './matching-setting.ts';
import { RingSeal } from './ring-seal.ts';

/** What it is made with beside the configuration. */
export interface RemoteSearchParts {
  /** Keys that seal templates; the nodes have the same. */
  readonly keyring: Keyring;
  /** What relative paths refer to. Default: the working directory. */
  readonly folder?: string | undefined;
  readonly logger?: Logger | undefined;
}

/**
 * A coordinator of the database that `matching` is about; it connects by itself, and need not be connected when this
 * resolves. Rejects with WHORL_E_CONFIGURATION.
 */
export async function openRemoteSearch(
  configuration: ServiceConfiguration,
  { keyring, folder = process.cwd(), logger = SILENT_LOGGER }: RemoteSearchParts,
): Promise<MatchCoordinator> {
  const setting = matchingSetting(configuration);
  const { databaseId, parts, matching } = setting;
  return new MatchCoordinator({
    databaseId,
    parts,
    transport: await openTransport(setting, { folder, logger }),
    seal: new RingSeal(keyring, databaseId),
    deadlineMs: matching.deadlineMs,
    hedgeAfterMs: matching.hedge?.afterMs,
    hedgeShare: matching.hedge?.share,
    logger,
  });
}
