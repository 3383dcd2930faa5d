/** A matching node as a configuration describes it. */

import { BiometricError } from '../../core/biometric-error.ts';
import { type Logger, SILENT_LOGGER } from '../../core/logger.ts';
import { FingerprintEngine } from '../../fingerprint/engine/fingerprint-engine.ts';
import { MatcherNode } from '../../matching/node/matcher-node.ts';
import type { ServiceConfiguration } from '../configuration/service-configuration.ts';
import { EngineThreads } from '../threads/engine-threads.ts';
import { matchingSetting, openTransport } from './matching-setting.ts';
import { RingSeal } from './ring-seal.ts';
import { openSharedGallery } from './shared-gallery.ts';

/** What a node is made with beside the configuration. */
export interface MatcherOptions {
  /** What relative paths refer to. Default: the working directory. */
  readonly folder?: string | undefined;
  readonly logger?: Logger | undefined;
}

/** A node, with what it was built of. */
export interface ComposedMatcher extends AsyncDisposable {
  readonly node: MatcherNode;
}

/**
 * Starts a node: the parts that fall to it are loaded from then on. Rejects with WHORL_E_CONFIGURATION, WHORL_E_KEY_MISSING,
 * and with WHORL_E_OFFLINE when the shared database cannot be reached.
 */
export async function runMatcherNode(
  configuration: ServiceConfiguration,
  { folder = process.cwd(), logger = SILENT_LOGGER }: MatcherOptions = {},
): Promise<ComposedMatcher> {
  if (configuration.engine !== undefined) {
    throw new BiometricError('WHORL_E_CONFIGURATION', "engine: matching nodes search with Whorl's own; remove it");
  }
  const setting = matchingSetting(configuration);
  await using stack = new AsyncDisposableStack();
  const gallery = stack.use(await openSharedGallery(configuration, setting, logger));
  const threads = stack.use(new EngineThreads(configuration.engineThreads));
  const engine = stack.use(new FingerprintEngine({ runner: threads, rotation: configuration.searchRotation ?? 'any' }));
  const { databaseId, parts, name, matching } = setting;
  const node = stack.use(
    await MatcherNode.start({
      node: name,
      databaseId,
      parts,
      replicas: matching.replicas,
      mostParts: matching.mostParts,
      transport: stack.use(await openTransport(setting, { folder, logger })),
      seal: new RingSeal(gallery.keyring, databaseId),
      engine,
      source: gallery.source,
      // Two searches a thread: while one compares the few that are left, another one filters.
      lanes: 2 * threads.parallelism,
      logger,
    }),
  );
  const owned = stack.move();
  return { node, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
