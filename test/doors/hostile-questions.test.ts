/** Questions that no client of ours asks: each is refused with a code, and the service goes on. */

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isBiometricError } from '../../src/core/biometric-error.ts';
import { SILENT_LOGGER } from '../../src/core/logger.ts';
import { type Daemon, startDaemon } from '../../src/daemon/daemon.ts';
import { connect, type WhorlService } from '../../src/exports/whorl/index.ts';
import { temporaryFolder } from '../daemon/start.ts';

const folder = temporaryFolder();
let daemon: Daemon;
let service: WhorlService;

beforeAll(async () => {
  daemon = await startDaemon({ state: { directory: folder.path }, engineThreads: 1 }, { logger: SILENT_LOGGER });
  service = await connect({ address: daemon.address });
});

afterAll(async () => {
  await service.close();
  await daemon[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

/** Kinds that answer at once, with other fields than they have. */
const KINDS = [
  ['doors', ['set', 'remove', 'follow', 'nothing']],
  ['enrollments', ['begin', 'follow', 'save', 'discard', 'restart', 'nothing']],
  ['upkeep', ['save-settings', 'pairing-link', 'revoke-pairing', 'audit', 'restore-backup', 'nothing']],
  ['people', ['create', 'change', 'list', 'merge', 'nothing']],
  ['journal', ['list', 'correct', 'attendance', 'nothing']],
  ['places', ['change', 'forget', 'nothing']],
] as const;

test.each(KINDS)('%s refuses what is none of its questions', async (extension, kinds) => {
  const question = fc.record(
    {
      kind: fc.constantFrom(...kinds),
      name: fc.anything(),
      door: fc.anything(),
      identity: fc.anything(),
      query: fc.anything(),
      changes: fc.dictionary(fc.string(), fc.jsonValue()),
      token: fc.anything(),
    },
    { requiredKeys: ['kind'] },
  );
  await fc.assert(
    fc.asyncProperty(fc.oneof(question, fc.jsonValue()), async (body) => {
      const fault = await service.channel.ask(extension, JSON.parse(JSON.stringify(body ?? null))).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (fault !== undefined) expect(isBiometricError(fault), String(fault)).toBe(true);
    }),
    { numRuns: 100 },
  );
  expect(await service.administration.whoAmI()).toMatchObject({ administrator: true });
});
