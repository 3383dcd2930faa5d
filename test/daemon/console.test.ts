/** The console's pages: who gets them, who is paired, and what administrators can ask over the connection. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { ServiceChannel } from '../../src/client/service-channel.ts';
import { WhorlService } from '../../src/client/whorl-service.ts';
import type { Daemon } from '../../src/daemon/daemon.ts';
import { connect, SYSTEM_DATABASE_ID } from '../../src/exports/whorl/index.ts';
import { decodeMinutiaeRecord } from '../../src/formats/index.ts';
import type { ClientMessage, ServiceMessage } from '../../src/protocol/messages.ts';
import { type WebSocketLike, webSocketTransport } from '../../src/protocol/web-socket-transport.ts';
import { startHere, temporaryFolder } from './start.ts';

let folder: ReturnType<typeof temporaryFolder>;
let daemon: Daemon;
let own: string;
beforeEach(async () => {
  folder = temporaryFolder();
  daemon = await startHere(folder.path, { http: { port: 0 } });
  own = daemon.url ?? '';
});
afterEach(async () => {
  await daemon[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const tokenOf = (address: string) => new URL(address).hash.replace('#pair=', '');

async function pair(token: string, { origin = own, cookie = '', key = '' } = {}) {
  const response = await fetch(`${own}/pair`, {
    method: 'POST',
    headers: { origin, cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ token, key }),
  });
  const answer = (await response.json()) as { key?: string };
  return { status: response.status, cookie: response.headers.get('set-cookie') ?? '', key: answer.key ?? '' };
}

/** Connects as the page does: with its key, while the browser names the origin and sends the cookie along. */
async function page(cookie: string, key: string, origin = own) {
  const socket = new WebSocket(`${own.replace('http', 'ws')}/connect`, {
    origin,
    headers: { cookie: cookie.split(';')[0] ?? '' },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (_, { statusCode }) => reject(new TypeError(`status ${statusCode}`)));
  });
  const channel = new ServiceChannel(
    webSocketTransport<ClientMessage, ServiceMessage>(
      socket as unknown as WebSocketLike,
      (content) => content as ServiceMessage,
    ),
  );
  await channel.greet(key);
  return new WhorlService(channel);
}

describe('the console', () => {
  test('comes with headers that let nothing in from elsewhere', async () => {
    const { headers } = await fetch(`${own}/`);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    // WebAssembly may be compiled, since pictures are compared in the page; no text becomes a script or a style.
    expect(headers.get('content-security-policy')).not.toMatch(/'unsafe-/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('is paired by its address, once, and from then on by its cookie', async () => {
    const token = tokenOf(await daemon.consoleAddress());
    const { status, cookie, key } = await pair(token);
    expect([status, key]).toEqual([200, expect.stringMatching(/^[\w-]{21}$/)]);
    expect(cookie).toMatch(/^whorl-console-\d+=[\w-]{22}; .*HttpOnly; SameSite=Strict$/);
    expect((await pair(token)).status).toBe(403);
    await using service = await page(cookie, key);
    expect(await service.administration.whoAmI()).toMatchObject({ administrator: true, mayEnroll: true });
  });

  test('keeps the pairing a browser has', async () => {
    const { cookie, key } = await pair(tokenOf(await daemon.consoleAddress()));
    const known = { cookie: cookie.split(';')[0] ?? '', key };
    expect(await pair(tokenOf(await daemon.consoleAddress()), known)).toEqual({ status: 200, cookie: '', key });
  });

  test('is not paired from another origin, nor by what is no token', async () => {
    const token = tokenOf(await daemon.consoleAddress());
    expect((await pair(token, { origin: 'https://evil.example' })).status).toBe(400);
    expect((await pair('guess')).status).toBe(403);
    const { cookie, key } = await pair(token);
    // Another port of this host receives the cookie but never the key; a thief of the key has no cookie.
    for (const [half, other] of [
      [cookie, ''],
      ['', key],
      ['', ''],
    ] as const) {
      await expect(page(half, other)).rejects.toMatchObject({ code: 'E_ACCESSDENIED', stage: 'authorize' });
    }
    await expect(page(cookie, key, 'https://evil.example')).rejects.toThrow('status 403');
  });

  test('is reached through the socket with the rights of whoever asks', async () => {
    await using service = await connect({ address: daemon.address });
    const { cookie, key } = await pair(tokenOf(await service.administration.consoleAddress()));
    await using browser = await page(cookie, key);
    expect(await browser.administration.whoAmI()).toEqual(await service.administration.whoAmI());
  });
});

describe('administration', () => {
  test('of a service without pages has no address', async () => {
    await using service = await connect({ embedded: { state: 'memory' } });
    await expect(service.administration.consoleAddress()).rejects.toMatchObject({ code: 'E_NOTIMPL' });
  });

  test('tells what units do and what was answered', async () => {
    await using service = await connect({ address: daemon.address });
    await using session = await service.openSession();
    const identified = session.identify();
    const before = await service.administration.health();
    expect(before).toMatchObject({ connections: 1, handles: 1, waiting: 1 });
    expect(before.units).toMatchObject([
      { state: 'capturing', waiting: ['identify'], locked: false, virtualReader: 'virtual' },
    ]);
    await service.virtualReader().presentRejected(5);
    await identified;
    const { answered, units } = await service.administration.health({ after: before.answered.at(-1)?.number ?? 0 });
    expect(answered.map(({ kind }) => kind)).toEqual(['identify']);
    expect(units).toMatchObject([{ state: 'idle', waiting: [], lastReject: 5 }]);
    await service.virtualReader().preview({ person: 1, finger: 'right-index' });
    const { engine } = await service.administration.health();
    expect(engine.busyMs).toBeGreaterThan(before.engine.busyMs + 10);
  });

  test('lists owners and exports their templates, accounted for', async () => {
    await using service = await connect({ address: daemon.address });
    await using session = await service.openSession();
    await using enrollment = await session.beginEnrollment({ finger: 'left-ring' });
    for (let impression = 1, more = true; more; impression++) {
      const step = enrollment.capture();
      await service.virtualReader().touch({ person: 2, finger: 'left-ring', impression });
      more = (await step).kind !== 'sufficient';
    }
    const { identity } = await enrollment.commit();
    const { administration } = service;
    expect(await administration.owners(SYSTEM_DATABASE_ID)).toEqual([{ identity, subFactors: [9] }]);
    const wanted = { databaseId: SYSTEM_DATABASE_ID, identity, subFactor: 9 };
    const record = await administration.exportTemplate({ ...wanted, format: 'iso-19794-2-2005' });
    expect(decodeMinutiaeRecord(record).views[0]?.minutiae.length).toBeGreaterThan(10);
    expect((await administration.exportTemplate({ ...wanted, format: 'whorl' })).length).toBeGreaterThan(500);
    await expect(administration.exportTemplate({ ...wanted, format: 'bmp' })).rejects.toMatchObject({
      code: 'E_INVALIDARG',
    });
    await expect(administration.exportTemplate({ ...wanted, subFactor: 1, format: 'whorl' })).rejects.toMatchObject({
      code: 'WINBIO_E_DATABASE_NO_SUCH_RECORD',
    });
    const { readFileSync } = await import('node:fs');
    expect(readFileSync(`${folder.path}/audit.log`, 'utf8').match(/export-template/g)).toHaveLength(2);
  });

  test('is for administrators', async () => {
    await using service = await connect({ embedded: { state: 'memory', application: { administrator: false } } });
    const { administration } = service;
    expect(Object.keys(await administration.status()).sort()).toEqual(['faults', 'uptimeSeconds', 'version']);
    expect((await administration.whoAmI()).administrator).toBe(false);
    for (const asked of [
      () => administration.health(),
      () => administration.owners(SYSTEM_DATABASE_ID),
      () =>
        administration.exportTemplate({
          databaseId: SYSTEM_DATABASE_ID,
          identity: { type: 'sid', sid: 'S-1-5-18' },
          subFactor: 1,
          format: 'whorl',
        }),
    ]) {
      await expect(asked()).rejects.toMatchObject({ code: 'E_ACCESSDENIED' });
    }
  });

  test('is told where things lie, and others are not', async () => {
    const state = { directory: folder.path };
    const places = async (administrator: boolean) => {
      const only = { state, readers: [], application: { administrator } };
      await using service = await connect({ embedded: only });
      const databases = (await service.databases()).map(({ filePath }) => filePath);
      return JSON.stringify([databases, await service.administration.status()]).split(folder.path).length - 1;
    };
    await daemon[Symbol.asyncDispose]();
    expect(await places(true)).toBeGreaterThan(1);
    const broken = `${folder.path}/databases/${SYSTEM_DATABASE_ID.toLowerCase()}.db`;
    (await import('node:fs')).writeFileSync(broken, 'no database');
    expect(await places(false)).toBe(0);
  });

  test('sees what a placed finger looks like without a touch', async () => {
    await using service = await connect({ address: daemon.address });
    const reader = service.virtualReader();
    const finger = { person: 4, finger: 'right-index', impression: 1 } as const;
    const middle = await reader.preview({ ...finger, placement: { shiftXMm: 0, shiftYMm: 0, rotationDeg: 0 } });
    const right = await reader.preview({ ...finger, placement: { shiftXMm: 5, shiftYMm: 0, rotationDeg: 0 } });
    const centre = ({ pixels, widthPx }: typeof middle) => {
      let [dark, sum] = [0, 0];
      pixels.forEach((pixel, i) => {
        if (pixel >= 128) return;
        dark += 1;
        sum += i % widthPx;
      });
      return sum / dark;
    };
    expect(centre(right) - centre(middle)).toBeGreaterThan(50);
    expect((await service.administration.health()).units[0]?.state).toBe('idle');
    await expect(reader.touch({ ...finger, placement: { pressure: 2 } })).rejects.toMatchObject({
      code: 'E_INVALIDARG',
    });
  });
});
