/** What a configuration says about matching, and what is wrong with it. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkConfiguration } from '../../src/composition/configuration/check-configuration.ts';
import { SERVICE_SCHEMA } from '../../src/composition/configuration/schema/service-schema.ts';
import type { ServiceConfiguration } from '../../src/composition/configuration/service-configuration.ts';
import { matchingSetting } from '../../src/composition/matching/matching-setting.ts';
import { openRemoteSearch } from '../../src/composition/matching/open-remote-search.ts';
import { runMatcherNode } from '../../src/composition/matching/run-matcher-node.ts';
import { KeyStore } from '../../src/composition/state/key-store.ts';
import { checkReferences } from '../../src/daemon/configuration/check-references.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'whorl-matching-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const SERVERS = ['tls://127.0.0.1:1'];
const shared = { site: 'north.1', postgres: { url: 'postgres://whorl@127.0.0.1:1/whorl' } };
const configured = (matching: object, rest: object = { shared }): ServiceConfiguration =>
  checkConfiguration(SERVICE_SCHEMA, { ...rest, matching });

test('has defaults for all but the servers', () => {
  expect(matchingSetting(configured({ servers: SERVERS }))).toMatchObject({ parts: 64, name: 'north-1' });
});

test.each<[string, object, object, RegExp]>([
  ['no servers', {}, { shared }, /matching.servers: give addresses such as tls:/],
  ['another address', { servers: ['http://n1'] }, { shared }, /give addresses such as tls:/],
  [
    'parts that are no power of two',
    { servers: SERVERS, parts: 48 },
    { shared },
    /matching.parts: give a power of two/,
  ],
  ['half a certificate', { servers: SERVERS, tls: { key: 'k' } }, { shared }, /give certificate and key/],
  ['a share above 1', { servers: SERVERS, hedge: { share: 5 } }, { shared }, /matching.hedge.share: give 0 to 1/],
  ['another field', { servers: SERVERS, part: 4 }, { shared }, /matching.part: there is no such field/],
])('%s is refused', (_, matching, rest, message) => {
  expect(() => configured(matching, rest)).toThrow(message);
});

test.each<[string, object, object, RegExp]>([
  ['without a shared database', { servers: SERVERS }, {}, /give `shared` as well/],
  [
    'of a database that is not there',
    { servers: SERVERS, database: 'C0000000-0000-4000-8000-00000000000C' },
    { shared },
    /not among `databases`/,
  ],
  [
    'with a certificate that is not there',
    { servers: SERVERS, tls: { ca: 'ca.crt' } },
    { shared },
    /ca.crt does not exist/,
  ],
])('%s it is refused before anything begins', async (_, matching, rest, message) => {
  await expect(checkReferences(configured(matching, rest), folder)).rejects.toThrow(message);
});

test('a node makes no master key', async () => {
  const state = { directory: join(folder, 'state') };
  const node = runMatcherNode({ ...configured({ servers: SERVERS }), state });
  await expect(node).rejects.toMatchObject({ code: 'WHORL_E_KEY_MISSING' });
});

test('a service begins without its nodes, and says why they cannot be asked', async () => {
  const keysFolder = join(folder, 'keys');
  using keyring = await KeyStore.open(
    { command: [process.execPath, '-p', '"ab".repeat(32)'] },
    {
      keysFolder,
      databasesFolder: folder,
    },
  );
  await using search = await openRemoteSearch(configured({ servers: SERVERS, deadlineMs: 300 }), { keyring });
  const probe = Uint8Array.of(1);
  const through = { incarnation: 'one', change: 1, token: 't' };
  const { signal } = new AbortController();
  const asked = search.search({ kind: 'identify', probe, through, signal });
  await expect(asked).rejects.toMatchObject({ code: 'WHORL_E_OFFLINE' });
  expect(search.connection).toMatchObject({ connected: false });
});
