/** What a configuration decides, as clients and administrators see it. */

import { channel } from 'node:diagnostics_channel';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditFiles } from '../../src/composition/state/state-directory.ts';
import { verifyAuditLog } from '../../src/composition/state/verify-audit-log.ts';
import type { DaemonConfiguration } from '../../src/daemon/configuration/daemon-configuration.ts';
import { startDaemon } from '../../src/daemon/daemon.ts';
import { type ImpressionOptions, synthesizeFinger, synthesizeImpression } from '../../src/exports/fingerprint/index.ts';
import { connect, type WhorlService } from '../../src/exports/whorl/index.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { startHere, temporaryFolder } from './start.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder[Symbol.dispose]());

/** Anti-spoofing of an account: its setting, and who decided it. */
async function antiSpoofOf(service: WhorlService, sid: string) {
  const { WinBioOpenSession, WinBioGetProperty } = w.bindWinBio(service);
  const handle = w.out<number>();
  const [type, pool] = [w.WINBIO_TYPE_FINGERPRINT, w.WINBIO_POOL_SYSTEM];
  expect(await WinBioOpenSession(type, pool, 0, null, 0, w.WINBIO_DB_DEFAULT, handle)).toBe(w.S_OK);
  const value = w.out<Uint8Array | null>();
  const hr = await WinBioGetProperty(
    handle.value ?? 0,
    w.WINBIO_PROPERTY_TYPE_ACCOUNT,
    w.WINBIO_PROPERTY_ANTI_SPOOF_POLICY,
    0,
    w.toWinbioIdentity({ type: 'sid', sid }),
    0,
    value,
    w.out(),
  );
  expect(hr).toBe(w.S_OK);
  const words = new Uint32Array((value.value ?? new Uint8Array()).slice().buffer);
  return { action: words[0], source: words[1] };
}

const NOBODY = 'S-1-22-1-4321';
const SOMEBODY = 'S-1-22-1-4322';

test('the database of the system pool is listed first, wherever the configuration names it', async () => {
  const [own, system] = ['A3D9E6B2-7C41-4F0A-8B1E-92C5D47F6038', '6F0C4C1A-5E0B-4B55-9C8D-0F6A3B1C7E21'];
  await using daemon = await startHere(folder.path, {
    databases: [
      { id: own, pool: 'private' },
      { id: system, pool: 'system' },
    ],
  });
  await using service = await connect({ address: daemon.address });
  expect((await service.databases()).map(({ databaseId }) => databaseId)).toEqual([system, own]);
});

test.each([
  ['two of one name', [{ name: 'door' }, { name: 'door' }], /readers: each needs a name of its own/],
  ['a name that another has by default', [{}, { name: 'virtual' }], /readers: each needs a name of its own/],
  ['a number', [{ name: '2' }], /readers\[0\]\.name: give a name that is not a number/],
])('readers need names that tell them apart: %s', async (_, readers, says) => {
  const start = startHere(folder.path, { readers: readers.map((reader) => ({ kind: 'virtual', ...reader })) });
  await expect(start).rejects.toMatchObject({ code: 'WHORL_E_CONFIGURATION', message: expect.stringMatching(says) });
});

describe('policy', () => {
  test('is what the configuration says, with its source; the rest is by default', async () => {
    await using daemon = await startHere(folder.path, { policy: { logon: true, logonWindowMs: 100 } });
    await using service = await connect({ address: daemon.address });
    expect(await service.settings()).toEqual({
      enabled: { value: true, source: w.WINBIO_SETTING_SOURCE_DEFAULT },
      logon: { value: true, source: w.WINBIO_SETTING_SOURCE_LOCAL },
      domainLogon: { value: false, source: w.WINBIO_SETTING_SOURCE_DEFAULT },
    });
  });

  test('may turn the framework off', async () => {
    await using daemon = await startHere(folder.path, { policy: { enabled: false } });
    await using service = await connect({ address: daemon.address });
    await expect(service.openSession()).rejects.toMatchObject({ code: 'WINBIO_E_DISABLED' });
  });

  test('decides about fakes for one account, or for all of them', async () => {
    const policy = { antiSpoof: { everybody: false, accounts: { [SOMEBODY]: true } } };
    await using daemon = await startHere(folder.path, { policy });
    await using service = await connect({ address: daemon.address });
    const source = w.WINBIO_POLICY_ADMIN;
    expect(await antiSpoofOf(service, NOBODY)).toEqual({ action: w.WINBIO_ANTI_SPOOF_DISABLE, source });
    expect(await antiSpoofOf(service, SOMEBODY)).toEqual({ action: w.WINBIO_ANTI_SPOOF_ENABLE, source });
  });

  test('leaves that to the default unless it says something', async () => {
    await using daemon = await startHere(folder.path);
    await using service = await connect({ address: daemon.address });
    const source = w.WINBIO_POLICY_DEFAULT;
    expect(await antiSpoofOf(service, NOBODY)).toEqual({ action: w.WINBIO_ANTI_SPOOF_ENABLE, source });
  });
});

describe('an engine of a module', () => {
  const configured = (source: string) => {
    writeFileSync(join(folder.path, 'engine.mjs'), source);
    const directory = join(folder.path, 'state');
    return startDaemon(
      { state: { directory }, engine: { module: './engine.mjs' }, log: { level: 'silent' } },
      { folder: folder.path },
    );
  };
  const scripted = JSON.stringify(new URL('../../src/exports/whorl/testkit.ts', import.meta.url).href);
  const adapters = JSON.stringify(new URL('../../src/exports/fingerprint/adapters.ts', import.meta.url).href);

  test('takes the place of ours', async () => {
    await using daemon = await configured(`
      import { defineAdapter } from ${adapters};
      import { ScriptedEngine } from ${scripted};
      export const adapter = defineAdapter({ kind: 'engine', name: 'scripted', version: '1', contract: '1.0', capabilities: [], create: () => new ScriptedEngine({ samples: 1 }) });
    `);
    await using service = await connect({ address: daemon.address });
    const [database] = await service.databases();
    expect(database?.dataFormat).not.toBe('5B0C6A4E-93D1-4F27-A8C5-0E7D41B26F93');
    await using session = await service.openSession();
    const image = { widthPx: 60, heightPx: 60, resolutionPpi: 500, pixels: new Uint8Array(3600).fill(9) };
    const [outcome] = await Promise.all([session.identify(), service.virtualReader().present(image)]);
    expect(outcome.kind).toMatch(/unknown-identity|rejected/);
  });

  test('that is none is refused with its name', async () => {
    await expect(configured('export default 1;')).rejects.toMatchObject({
      code: 'WHORL_E_CONFIGURATION',
      message: expect.stringContaining('./engine.mjs'),
    });
  });
});

describe('templates that learn', () => {
  const master = synthesizeFinger(61);
  /** Enrolls the upper part of a finger, shows all of it once, and then asks for the lower part. */
  async function lowerPart(change: DaemonConfiguration): Promise<string> {
    await using daemon = await startHere(folder.path, {
      readers: [{ kind: 'virtual', earlyTouch: 'kept' }],
      ...change,
    });
    await using service = await connect({ address: daemon.address });
    await using session = await service.openSession();
    const present = (options: ImpressionOptions) =>
      service.virtualReader().present(synthesizeImpression(master, options));
    const identify = async (options: ImpressionOptions) =>
      (await Promise.all([session.identify(), present(options)]))[0];
    await using enrollment = await session.beginEnrollment({ finger: 'right-index' });
    for (let seed = 1, done = false; !done; seed++) {
      const touch = present({ seed, shiftYPx: 110 + 5 * seed, heightPx: 200 });
      done = (await Promise.all([enrollment.capture(), touch]))[0].kind === 'sufficient';
    }
    await enrollment.commit();
    expect((await identify({ seed: 4, shiftYPx: 0 })).kind).toBe('identified');
    return (await identify({ seed: 7, shiftYPx: -60, heightPx: 200 })).kind;
  }

  test('do so when the configuration says it, and it is in the audit log', async () => {
    expect(await lowerPart({ updateTemplates: true })).toBe('identified');
    const actions = readFileSync(join(folder.path, 'audit.log'), 'utf8').trim().split('\n');
    expect(actions.map((line) => JSON.parse(line).action)).toContain('update-template');
    const { log, key } = auditFiles(folder.path);
    expect((await verifyAuditLog(log, key)).brokenAt).toBeUndefined();
    // What was learned is in the database, sealed like everything else.
    await using daemon = await startHere(folder.path);
    await using service = await connect({ address: daemon.address });
    await using session = await service.openSession();
    const image = synthesizeImpression(master, { seed: 8, shiftYPx: -60, heightPx: 200 });
    const [again] = await Promise.all([session.identify(), service.virtualReader().present(image)]);
    expect(again.kind).toBe('identified');
  });

  test('do not otherwise', async () => {
    expect(await lowerPart({})).toBe('unknown-identity');
    expect(readFileSync(join(folder.path, 'audit.log'), 'utf8')).not.toContain('update-template');
  });
});

test('diagnostics channels tell what was asked and how it ended, and nothing of anybody', async () => {
  const heard: [string, unknown][] = [];
  const listen = (message: unknown, name: string | symbol) => heard.push([String(name), message]);
  const channels = ['connection:opened', 'request:asked', 'request:answered', 'connection:closed'];
  for (const name of channels) channel(`whorl:${name}`).subscribe(listen);
  try {
    await using daemon = await startHere(folder.path);
    {
      await using service = await connect({ address: daemon.address });
      await using session = await service.openSession();
      const image = { widthPx: 300, heightPx: 300, resolutionPpi: 500, pixels: new Uint8Array(90_000).fill(200) };
      await Promise.all([session.identify(), service.virtualReader().present(image)]);
    }
  } finally {
    for (const name of channels) channel(`whorl:${name}`).unsubscribe(listen);
  }
  // Earlier clients may still be disconnecting.
  const opened = heard.find(([name]) => name === 'whorl:connection:opened')?.[1] as { readonly connection: number };
  const own = heard.filter(([, message]) => (message as typeof opened).connection === opened.connection);
  expect(own[0]).toEqual(['whorl:connection:opened', opened]);
  expect(own.at(-1)).toEqual(['whorl:connection:closed', opened]);
  const { connection } = opened;
  expect(own).toContainEqual(['whorl:request:asked', { connection, id: expect.any(Number), kind: 'identify' }]);
  expect(own).toContainEqual([
    'whorl:request:answered',
    { connection, id: expect.any(Number), code: 'WINBIO_E_BAD_CAPTURE', unitId: 1 },
  ]);
  expect(JSON.stringify(heard)).not.toMatch(/S-1-|pixels/);
});
