/** Web pages: pairing, origins, host names, and the same service behind a WebSocket. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { ServiceChannel } from '../../src/client/service-channel.ts';
import { WhorlService } from '../../src/client/whorl-service.ts';
import { unixUserSid } from '../../src/core/sid.ts';
import type { Daemon } from '../../src/daemon/daemon.ts';
import { connect, SYSTEM_DATABASE_ID } from '../../src/exports/whorl/index.ts';
import type { ClientMessage, ServiceMessage } from '../../src/protocol/messages.ts';
import { type WebSocketLike, webSocketTransport } from '../../src/protocol/web-socket-transport.ts';
import { pairingsOf, startHere, temporaryFolder } from './start.ts';

const ORIGIN = 'https://door.example';
/** The account that runs the tests; a pairing restricts what its pages may do. */
const OWN = unixUserSid(process.getuid?.() ?? 0);

let folder: ReturnType<typeof temporaryFolder>;
let daemon: Daemon;
beforeEach(async () => {
  folder = temporaryFolder();
  daemon = await startHere(folder.path, { http: { port: 0, origins: [ORIGIN] } });
});
afterEach(async () => {
  await daemon[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const pairings = () => pairingsOf(folder.path);
const token = (change: object = {}) =>
  pairings().add({ origin: ORIGIN, sid: OWN, administrator: false, mayEnroll: false, ...change }).token;

/** Acts as a page; a server library lets the test choose the origin. */
async function page(withToken: string, { origin = ORIGIN, host }: { origin?: string; host?: string } = {}) {
  const url = `${(daemon.url ?? '').replace('http', 'ws')}/connect`;
  const socket = new WebSocket(url, { origin, ...(host && { headers: { host } }) });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (_, { statusCode }) => reject(new TypeError(`status ${statusCode}`)));
    socket.once('error', reject);
  });
  const like = socket as unknown as WebSocketLike;
  const channel = new ServiceChannel(
    webSocketTransport<ClientMessage, ServiceMessage>(like, (content) => content as ServiceMessage),
  );
  await channel.greet(withToken);
  return new WhorlService(channel);
}

/** Status and text of a page, under a host name of the caller's choice. */
function fetchAs(path: string, host: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    get(`${daemon.url}${path}`, { headers: { host } }, (response) => {
      let text = '';
      response.on('data', (part) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    }).on('error', reject);
  });
}

describe('a web page', () => {
  test('that is paired identifies a finger, bytes and all', async () => {
    await using service = await page(token({ administrator: true }));
    await using session = await service.openSession({ access: ['raw'] });
    const capture = session.capture();
    await service.virtualReader().touch({ person: 1, finger: 'right-index' });
    const outcome = await capture;
    expect(outcome.kind).toBe('captured');
    if (outcome.kind === 'captured') expect(outcome.sample.length).toBeGreaterThan(10_000);
  });

  test('has the rights of its pairing, and no more', async () => {
    await using service = await page(token());
    await using session = await service.openSession();
    const enrollment = session.beginEnrollment({ finger: 'right-index' });
    await expect(enrollment).rejects.toMatchObject({ code: 'E_ACCESSDENIED' });
    const touch = service.virtualReader().touch({ person: 1, finger: 'right-index' });
    await expect(touch).rejects.toMatchObject({ code: 'E_ACCESSDENIED' });
  });

  test('without a token, with another one, or with one that was revoked, is told so', async () => {
    const refused = { code: 'E_ACCESSDENIED', stage: 'authorize' };
    await expect(page('')).rejects.toMatchObject(refused);
    await expect(page('c29tZXRoaW5nIGVsc2U')).rejects.toMatchObject(refused);
    const { pairing, token: once } = pairings().add({
      origin: ORIGIN,
      sid: OWN,
      administrator: false,
      mayEnroll: false,
    });
    await (await page(once)).close();
    expect([pairings().remove(pairing.id), pairings().remove(pairing.id)]).toEqual([true, false]);
    await expect(page(once)).rejects.toMatchObject(refused);
  });

  test('is disconnected when its pairing is revoked, or is no longer valid', async () => {
    const { pairing, token: given } = pairings().add({
      origin: ORIGIN,
      sid: OWN,
      administrator: true,
      mayEnroll: true,
    });
    const service = await page(given);
    // The service looks at the file twice a second.
    await new Promise((resolve) => setTimeout(resolve, 600));
    const lost = new Promise((resolve) => service.channel.onClose(() => resolve('closed')));
    pairings().remove(pairing.id);
    expect(await lost).toBe('closed');
    await expect(page(given)).rejects.toMatchObject({ code: 'E_ACCESSDENIED' });
    const log = readFileSync(`${folder.path}/audit.log`, 'utf8');
    expect(log).toContain('"action":"pair"');
    expect(log).toContain('"action":"unpair"');
    const { token: expired } = pairings().add({
      origin: ORIGIN,
      sid: OWN,
      administrator: true,
      mayEnroll: true,
      days: -1,
    });
    await expect(page(expired)).rejects.toMatchObject({ code: 'E_ACCESSDENIED' });
  });

  test('as a screen follows its door, and may do nothing else', async () => {
    await using owner = await connect({ address: daemon.address });
    await owner.doors.set({
      name: 'Main',
      reader: 'virtual',
      actions: [{ kind: 'webhook', url: 'http://127.0.0.1:9/' }],
    });
    await owner.doors.set({ name: 'Other', reader: 'virtual', actions: [], enabled: false });
    await using screen = await page(token({ administrator: true, mayEnroll: true, role: 'screen', door: 'Main' }));
    expect(await screen.administration.whoAmI()).toMatchObject({
      administrator: false,
      operator: false,
      screen: 'Main',
    });
    for await (const { door } of screen.doors.follow('Main')) {
      // What the door does is not for who stands before it.
      expect(door).toMatchObject({ name: 'Main', actions: [] });
      break;
    }
    const denied = { code: 'E_ACCESSDENIED' };
    await expect(screen.doors.follow('Other').next()).rejects.toMatchObject(denied);
    await expect(screen.openSession()).rejects.toMatchObject(denied);
    await expect(screen.units()).rejects.toMatchObject(denied);
    await expect(screen.people.list()).rejects.toMatchObject(denied);
    await expect(screen.journal.list()).rejects.toMatchObject(denied);
    await expect(screen.upkeep.settings()).rejects.toMatchObject(denied);
    await expect(screen.channel.ask('console', {})).rejects.toMatchObject(denied);
  });

  test('as an operator looks after people, and sets up nothing', async () => {
    await using operator = await page(token({ mayEnroll: true, role: 'operator' }));
    expect(await operator.administration.whoAmI()).toMatchObject({ administrator: false, operator: true });
    const { identity } = await operator.people.create({ name: 'Ada Lovelace' });
    const { token: enrollment } = await operator.enrollments.begin({ identity, subFactor: 2 });
    await operator.enrollments.discard(enrollment);
    expect((await operator.journal.list()).items.map(({ kind }) => kind)).toContain('created');
    const denied = { code: 'E_ACCESSDENIED' };
    // Whose finger an account has may log on as it.
    const account = { type: 'sid', sid: 'S-1-22-1-4711' } as const;
    await operator.people.create({ name: 'An account', identity: account });
    await expect(operator.people.merge({ from: identity, into: account })).rejects.toMatchObject(denied);
    await expect(operator.people.delete(account)).rejects.toMatchObject(denied);
    await expect(
      operator.people.deleteFinger(account, { databaseId: SYSTEM_DATABASE_ID, subFactor: 2 }),
    ).rejects.toMatchObject(denied);
    await expect(operator.enrollments.begin({ identity: account, subFactor: 2 })).rejects.toMatchObject(denied);
    await operator.people.delete(identity);
    await expect(operator.upkeep.settings()).rejects.toMatchObject(denied);
    await expect(operator.doors.remove('Main')).rejects.toMatchObject(denied);
    await expect(operator.places.change('virtual', { title: 'Door' })).rejects.toMatchObject(denied);
    await expect(operator.journal.forget(identity)).rejects.toMatchObject(denied);
    await expect(operator.administration.health()).rejects.toMatchObject(denied);
  });

  test('may do what its account may now, whatever it could when it was paired', async () => {
    const listed = { users: ['4242'], administrators: ['4242'] };
    const socket = `${folder.path}/whorl.sock`;
    const start = (access: object) => startHere(folder.path, { http: { port: 0, origins: [ORIGIN] }, socket, access });
    const given = token({ sid: 'S-1-22-1-4242', administrator: true, mayEnroll: true });
    await expect(page(given)).rejects.toMatchObject({ code: 'E_ACCESSDENIED', stage: 'authorize' });
    for (const [access, rights] of [
      [listed, { administrator: true, mayEnroll: true }],
      [
        { users: ['4242'], enroll: ['4242'] },
        { administrator: false, mayEnroll: true },
      ],
      [{ users: ['4242'] }, { administrator: false, mayEnroll: false }],
    ] as const) {
      await daemon[Symbol.asyncDispose]();
      daemon = await start(access);
      await using service = await page(given);
      expect(await service.administration.whoAmI()).toEqual({
        sid: 'S-1-22-1-4242',
        ...rights,
        operator: rights.administrator,
      });
    }
  });

  test('has no pairing that was written without the key of the service; a new key keeps those that were', async () => {
    const { token: real } = pairingsOf(folder.path).add({
      origin: ORIGIN,
      sid: OWN,
      administrator: false,
      mayEnroll: false,
    });
    await using service = await connect({ address: daemon.address });
    await service.channel.ask('administration', { kind: 'rotate-keys' });
    expect(pairingsOf(folder.path).find(real, ORIGIN)).toMatchObject({ administrator: false });
    const file = join(folder.path, 'keys', 'pairings.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"administrator": false', '"administrator": true'));
    expect(() => pairingsOf(folder.path).find(real, ORIGIN)).toThrowError(/was not written by this service/);
    await expect(page(real)).rejects.toMatchObject({ code: 'WHORL_E_CONFIGURATION' });
  });

  test('an account has so many pairings at most, and the oldest makes room', () => {
    const first = token();
    for (let i = 0; i < 50; i++) token();
    expect(pairings().list()).toHaveLength(50);
    expect(pairings().find(first, ORIGIN)).toBeUndefined();
  });

  test('of an origin that is not listed does not get as far as its token', async () => {
    const stolen = token();
    await expect(page(stolen, { origin: 'https://evil.example' })).rejects.toThrow('status 403');
  });

  test('cannot use a token of another origin', async () => {
    const stolen = token({ origin: 'https://other.example' });
    await expect(page(stolen)).rejects.toMatchObject({ code: 'E_ACCESSDENIED' });
  });

  test('whose name was made to point at this machine is not served', async () => {
    await expect(page(token(), { host: 'evil.example' })).rejects.toThrow('status 403');
    expect((await fetchAs('/health', 'evil.example')).status).toBe(403);
    expect(await fetchAs('/health', 'localhost')).toEqual({ status: 200, text: '{"status":"ok"}' });
  });

  test('tokens are kept as hashes alone', async () => {
    const secret = token();
    for (const name of readdirSync(`${folder.path}/keys`)) {
      expect(readFileSync(`${folder.path}/keys/${name}`, 'utf8')).not.toContain(secret);
    }
  });

  test('metrics count by kind and code', async () => {
    await using service = await page(token());
    await service.units();
    const { text } = await fetchAs('/metrics', 'localhost');
    expect(text).toContain('whorl_requests_total{kind="enum-biometric-units",code="S_OK"} 1');
    expect(text).toContain('whorl_request_seconds_bucket{kind="enum-biometric-units",le="+Inf"} 1');
    expect(text).toContain('whorl_request_seconds_count{kind="enum-biometric-units"} 1');
    expect(text).toContain('whorl_connections 1');
  });
});
