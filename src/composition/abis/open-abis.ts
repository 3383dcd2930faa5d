/** The doors of a registry, as a configuration has them. */

import { createHash, timingSafeEqual } from 'node:crypto';
import { BiometricError } from '../../core/biometric-error.ts';
import { normalizeGuid } from '../../core/guid.ts';
import type { Logger } from '../../core/logger.ts';
import { passwordOf } from '../../storage/postgres/password-command.ts';
import type { Composition } from '../compose/compose.ts';
import type { AbisConfiguration, AbisHttpConfiguration } from '../configuration/abis-configuration.ts';
import { openTransport } from '../matching/matching-setting.ts';
import { Abis } from './abis.ts';
import { takeAbisRequests } from './abis-queue-door.ts';
import type { ReadCbeff } from './cbeff-content.ts';

/** What is needed beside the configuration. */
export interface OpenAbisParts {
  readonly composition: Pick<Composition, 'service' | 'engineThreads' | 'audit'>;
  /** Account of the service. */
  readonly sid: string;
  /** What relative paths refer to. */
  readonly folder: string;
  readonly readCbeff: ReadCbeff;
  readonly logger: Logger;
}

/** An open door. */
export interface OpenAbis extends AsyncDisposable {
  /** The answer to a request. */
  readonly answer: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** Whether the value of `Authorization` lets somebody in; undefined where nobody is let in over HTTP. */
  readonly admits: ((authorization: string | undefined) => boolean) | undefined;
}

/** How long the program that prints the token may take. */
const TOKEN_MS = 10_000;

/** Opens them. Rejects with WHORL_E_CONFIGURATION. */
export async function openAbis(
  { database, sources, http, queue }: AbisConfiguration,
  { composition, sid, folder, readCbeff, logger }: OpenAbisParts,
): Promise<OpenAbis> {
  await using stack = new AsyncDisposableStack();
  const { service, engineThreads, audit } = composition;
  const databaseId = normalizeGuid(database);
  const admits = http && admission(await tokenOf(http));
  const abis = stack.use(new Abis({ service, engineThreads, audit, databaseId, sid, sources, readCbeff, logger }));
  if (queue !== undefined) {
    const { name, servers, tls } = queue;
    const transport = stack.use(await openTransport({ matching: { servers, tls }, name }, { folder, logger }));
    stack.use(takeAbisRequests(abis, transport, { name, logger }));
    // What waits is answered while it can still be.
    stack.use(abis);
  }
  const owned = stack.move();
  return {
    answer: (bytes) => abis.answer(bytes),
    admits,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function tokenOf({ token, tokenCommand }: AbisHttpConfiguration): Promise<string> {
  const found = token ?? (await passwordOf(tokenCommand ?? [], TOKEN_MS, 'abis.http.tokenCommand'));
  if (/^[\x21-\x7e]{16,4096}$/.test(found)) return found;
  throw new BiometricError(
    'WHORL_E_CONFIGURATION',
    'abis.http.tokenCommand: print 16 to 4096 characters without blanks',
  );
}

/** Compares hashes, which takes as long for every token. */
function admission(token: string): (authorization: string | undefined) => boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  const expected = hash(`Bearer ${token}`);
  return (authorization) => timingSafeEqual(hash(authorization ?? ''), expected);
}
