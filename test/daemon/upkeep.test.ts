/** What those who run a service do beside its fingers: settings, pairings, audit log, backups, health. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SILENT_LOGGER } from '../../src/core/logger.ts';
import { readConfiguration } from '../../src/daemon/configuration/read-configuration.ts';
import { type Daemon, startDaemon } from '../../src/daemon/daemon.ts';
import { connect, type Setting, type WhorlService } from '../../src/exports/whorl/index.ts';
import { startProcess, temporaryFolder } from './start.ts';

const folder = temporaryFolder();
const state = join(folder.path, 'state');
const file = join(folder.path, 'whorl.config.json');
const restarts: { readonly acceptRollback: boolean }[] = [];
let daemon: Daemon;
let service: WhorlService;

async function start(acceptRollback = false): Promise<void> {
  const { configuration } = await readConfiguration(file);
  daemon = await startDaemon(configuration, {
    folder: folder.path,
    configurationFile: file,
    logger: SILENT_LOGGER,
    acceptRollback,
    onRestart: (wanted) => restarts.push(wanted),
  });
  service = await connect({ address: daemon.address });
}

async function stop(): Promise<void> {
  await service.close();
  await daemon[Symbol.asyncDispose]();
}

beforeAll(async () => {
  writeFileSync(
    file,
    `{\n\t"state": { "directory": ${JSON.stringify(state)} },\n\t"engineThreads": 1,\n\t"http": { "port": 0 }\n}\n`,
  );
  await start();
});

afterAll(async () => {
  await stop();
  folder[Symbol.dispose]();
});

describe('settings', () => {
  const setting = async (key: string): Promise<Setting | undefined> =>
    (await service.upkeep.settings()).settings.find((each) => each.key === key);

  test('each says what it is, what it may be, and where its value is from', async () => {
    expect(await setting('engineThreads')).toMatchObject({
      kind: 'number',
      least: 1,
      most: 256,
      value: 1,
      source: 'file',
      line: 3,
      pending: false,
    });
    expect(await setting('policy.attempts.perReader')).toMatchObject({ kind: 'number', source: 'default' });
    expect(await setting('log.level')).toMatchObject({ kind: 'choice', choices: expect.arrayContaining(['warn']) });
    expect(await setting('keys')).toMatchObject({ locked: 'file-only' });
  });

  test('a change is written into the file, which keeps its look, and counts after a restart', async () => {
    const { revision } = await service.upkeep.settings();
    const { settings } = await service.upkeep.saveSettings({ 'policy.attempts.perReader': 3 }, revision);
    expect(settings.find(({ key }) => key === 'policy.attempts.perReader')).toMatchObject({ value: 3, pending: true });
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('\t"engineThreads": 1,\n');
    expect(JSON.parse(text).policy).toEqual({ attempts: { perReader: 3 } });
    const after = await service.upkeep.settings();
    await service.upkeep.saveSettings({ 'policy.attempts.perReader': null }, after.revision);
    expect(await setting('policy.attempts.perReader')).toMatchObject({ source: 'default', pending: false });
  });

  test.each([
    ['policy.attempts.perReader', 0, 'give 1 to 1000'],
    ['http.port', 'many', 'give 0 to 65535'],
    ['keys', { command: ['/bin/sh'] }, 'alone'],
    ['readers', [{ kind: 'module', module: './x.js' }], 'alone'],
    ['colour', 'red', 'no such setting'],
  ])('%s as %j is refused, and nothing is written', async (key, value, words) => {
    const before = readFileSync(file, 'utf8');
    const problems = await service.upkeep.checkSettings({ [key]: value });
    expect(problems[0]?.key).toBe(key);
    expect(problems[0]?.message).toContain(words);
    const { revision } = await service.upkeep.settings();
    const saved = service.upkeep.saveSettings({ [key]: value }, revision);
    await expect(saved).rejects.toMatchObject({ code: 'WHORL_E_CONFIGURATION' });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('two people do not overwrite each other', async () => {
    const { revision } = await service.upkeep.settings();
    await service.upkeep.saveSettings({ 'log.level': 'warn' }, revision);
    const late = service.upkeep.saveSettings({ 'log.level': 'info' }, revision);
    await expect(late).rejects.toMatchObject({ code: 'WHORL_E_CONFIGURATION' });
  });
});

describe('pairings', () => {
  test('a link pairs a browser with a name, a role and an end, and can be revoked', async () => {
    const link = await service.upkeep.pairingLink({ name: 'Reception', role: 'operator', days: 30 });
    const token = new URL(link).hash.slice('#pair='.length);
    const { origin } = new URL(link);
    const paired = await fetch(`${origin}/pair`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    expect(paired.status).toBe(200);
    const [pairing] = await service.upkeep.pairings();
    expect(pairing).toMatchObject({ name: 'Reception', role: 'operator', origin, connected: 0, own: false });
    expect((pairing?.expiresAtMs ?? 0) - (pairing?.createdAtMs ?? 0)).toBe(30 * 24 * 60 * 60 * 1000);
    const id = pairing?.id ?? '';
    expect(await service.upkeep.renamePairing(id, 'Front desk')).toBe(true);
    expect((await service.upkeep.pairings())[0]?.name).toBe('Front desk');
    expect(await service.upkeep.revokePairing(id)).toBe(true);
    expect(await service.upkeep.revokePairing(id)).toBe(false);
    expect(await service.upkeep.pairings()).toEqual([]);
  });

  test('a screen needs its door', async () => {
    const link = service.upkeep.pairingLink({ name: 'Tablet', role: 'screen' });
    await expect(link).rejects.toMatchObject({ code: 'E_INVALIDARG' });
  });
});

test('the audit log is read backwards, by pages, and its chain holds', async () => {
  const all = await service.upkeep.audit({ limit: 1000 });
  expect(all.items.map(({ number }) => number)).toEqual(all.items.map((_, i) => all.total - i));
  expect(all.items.map(({ action }) => action)).toContain('save-settings');
  const first = await service.upkeep.audit({ limit: 2 });
  const second = await service.upkeep.audit({ limit: 2, cursor: first.next ?? '' });
  expect([...first.items, ...second.items]).toEqual(all.items.slice(0, 4));
  const { items } = await service.upkeep.audit({ action: 'save-settings', limit: 1000 });
  expect(items.length).toBeGreaterThan(0);
  expect(new Set(items.map(({ action }) => action))).toEqual(new Set(['save-settings']));
  expect(await service.upkeep.verifyAudit()).toEqual({ lines: (await service.upkeep.audit()).total });
});

test('how the service was is remembered', async () => {
  expect(await service.upkeep.healthHistory('week')).toEqual([]);
  expect(await service.upkeep.job()).toEqual({ done: 0, total: 0 });
});

test('what can be added as a reader is listed', async () => {
  const found = await service.upkeep.findReaders();
  expect(found.at(-1)).toMatchObject({ kind: 'virtual', usable: true });
});

test('a backup is made, checked, put back in place of what came later, and removed', async () => {
  const { name, withKey } = await service.upkeep.makeBackup({ withKey: false });
  expect(withKey).toBe(false);
  expect(await service.upkeep.checkBackup(name)).toMatchObject({ problems: [] });
  await service.doors.set({ name: 'Later', reader: 'virtual', actions: [], enabled: false });
  await service.upkeep.restoreBackup(name);
  await expect.poll(() => restarts).toEqual([{ acceptRollback: true }]);
  await stop();
  await start(true);
  expect(await service.doors.list()).toEqual([]);
  expect((await service.upkeep.audit()).items.map(({ action }) => action)).toContain('restored');
  expect(existsSync(join(state, 'before-restore'))).toBe(true);
  const { backups } = await service.upkeep.backups();
  expect(backups.map((each) => each.name)).toEqual([name]);
  await service.upkeep.removeBackup(name);
  expect((await service.upkeep.backups()).backups).toEqual([]);
  await expect(service.upkeep.checkBackup('../keys')).rejects.toMatchObject({ code: 'E_INVALIDARG' });
});

test('a restart is asked for, unless it would not start again', async () => {
  restarts.length = 0;
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('"engineThreads": 1', '"engineThreads": 0'));
  await expect(service.upkeep.restart()).rejects.toMatchObject({
    code: 'WHORL_E_CONFIGURATION',
    message: expect.stringContaining('engineThreads'),
  });
  writeFileSync(file, text);
  await service.upkeep.restart();
  await expect.poll(() => restarts).toEqual([{ acceptRollback: false }]);
  await using embedded = await connect({ embedded: { state: 'memory' } });
  await expect(embedded.upkeep.settings()).rejects.toMatchObject({ code: 'E_NOTIMPL' });
});

test('whorl serve starts again with what the file says, and with the backup in place', async () => {
  using other = temporaryFolder();
  await using served = await startProcess(other.path, { policy: { attempts: { perReader: 4 } } });
  await using first = await connect({ address: served.address });
  const { identity } = await first.people.create({ name: 'Ada Lovelace' });
  const { name } = await first.upkeep.makeBackup({ withKey: false });
  await first.people.delete(identity);
  const { revision } = await first.upkeep.settings();
  await first.upkeep.saveSettings({ 'policy.attempts.perReader': 7 }, revision);
  const ended = new Promise<void>((resolve) => first.channel.onClose(resolve));
  await first.upkeep.restoreBackup(name);
  await ended;
  await using second = await connect({ address: served.address, waitMs: 20_000 });
  const setting = (await second.upkeep.settings()).settings.find(({ key }) => key === 'policy.attempts.perReader');
  expect(setting).toMatchObject({ value: 7, pending: false });
  expect((await second.people.list()).items.map((person) => person.name)).toEqual(['Ada Lovelace']);
});
