/** `whorl match`: a matching node, and what is known of all of them. */

import { setTimeout as pause } from 'node:timers/promises';
import { matchingSetting } from '../../composition/matching/matching-setting.ts';
import { openRemoteSearch } from '../../composition/matching/open-remote-search.ts';
import { runMatcherNode } from '../../composition/matching/run-matcher-node.ts';
import { sharedKeys } from '../../composition/matching/shared-gallery.ts';
import { readConfiguration } from '../../daemon/configuration/read-configuration.ts';
import { createLogger } from '../../daemon/watching/log.ts';
import { type GalleryCoverage, galleryCoverage } from '../../matching/members/gallery-coverage.ts';
import { EXIT_NO } from '../exit-codes.ts';
import { columns, print } from '../print.ts';
import { stopSignal } from '../service/serve.ts';

/** Options of the commands. */
export interface MatchOptions {
  readonly config?: string;
  readonly name?: string;
  readonly json?: boolean;
}

/** How long others may take to load what a node gives up, milliseconds. */
const DRAIN_MS = 120_000;
/** Nodes say that they are alive when they are asked; this long is waited for them, milliseconds. */
const ROLL_MS = 1500;

/** Runs a node until SIGTERM or SIGINT; it then goes when others have its parts. A second one ends it at once. */
export async function match({ config, name, json = false }: MatchOptions): Promise<void> {
  const { configuration, folder } = await readConfiguration(config);
  const named =
    name === undefined || configuration.matching === undefined
      ? configuration
      : { ...configuration, matching: { ...configuration.matching, name } };
  const logger = createLogger(configuration.log?.level ?? 'info');
  const stop = stopSignal();
  await using matcher = await runMatcherNode(named, { folder, logger });
  const { node } = matcher;
  const started = { node: node.status.node, address: node.address, parts: node.status.parts };
  if (json) process.stdout.write(`${JSON.stringify(started)}\n`);
  else process.stdout.write(`matching as ${started.node}; whorl match status tells of all nodes; stop with Ctrl+C\n`);
  await stop;
  const ending = new AbortController();
  void stopSignal().then(() => ending.abort());
  const late = AbortSignal.timeout(DRAIN_MS);
  await node.drain({ signal: AbortSignal.any([ending.signal, late]) }).catch((thrown: unknown) => {
    logger.warn('this node goes while parts are held by nobody else', { message: String(thrown) });
  });
}

/** Prints nodes, parts, copies and lag; exits with 3 when some part is held by nobody. */
export async function matchStatus({ config, json = false }: MatchOptions): Promise<void> {
  const { configuration, folder } = await readConfiguration(config);
  const { parts } = matchingSetting(configuration);
  using keyring = await sharedKeys(configuration);
  await using search = await openRemoteSearch(configuration, { keyring, folder });
  await pause(ROLL_MS);
  const coverage = galleryCoverage(search.members, parts);
  const { connected, fault } = search.connection;
  print(json, { connected, fault, ...coverage }, connected ? inWords(coverage) : `no connection: ${fault}`);
  if (!connected || coverage.missing.length > 0) process.exitCode = EXIT_NO;
}

function inWords({ nodes, parts, copies, missing, references }: GalleryCoverage): string {
  const rows = nodes.map(({ node, state, held, references: size, behind, queue }) => [
    node,
    state,
    held,
    size,
    behind,
    queue,
  ]);
  const held = Object.entries(copies).map(([count, many]) => `${many} held ${count} times`);
  return [
    columns([['node', 'state', 'parts', 'references', 'changes behind', 'waiting'], ...rows]),
    `${parts} parts with ${references} references: ${held.join(', ')}`,
    ...(missing.length > 0 ? [`nobody holds ${missing.join(', ')}`] : []),
  ].join('\n');
}
