/** The journal as it is sent to other systems: in order, signed, at least once, across restarts and days of silence. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect, type WhorlService } from '../../src/exports/whorl/index.ts';
import { type HookReceiver, hookReceiver } from './hook-receiver.ts';

const directory = mkdtempSync(join(tmpdir(), 'whorl-feed-'));
let receiver: HookReceiver;

beforeAll(async () => {
  receiver = await hookReceiver();
});

afterAll(async () => {
  await receiver[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true, force: true });
});

async function start(): Promise<WhorlService> {
  const service = await connect({
    embedded: {
      state: { directory },
      engineThreads: 1,
      webhooks: [{ name: 'sheet', url: receiver.url, kinds: ['created'] }],
    },
  });
  receiver.secret = await service.doors.secret();
  return service;
}

const names = () =>
  receiver.received.map(({ body }) => (body as { line: { person: { name: string } } }).line.person.name);

test('lines come in order and signed; what could not be delivered comes later, after a restart too', async () => {
  {
    await using service = await start();
    await service.people.create({ name: 'Before' });
    await expect.poll(names, { timeout: 10_000 }).toContain('Before');
    expect(receiver.received.every(({ signed }) => signed)).toBe(true);
    receiver.status = 500;
    receiver.received.length = 0;
    await service.people.create({ name: 'While it was down' });
    await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBeGreaterThan(0);
  }
  receiver.status = 204;
  receiver.received.length = 0;
  await using service = await start();
  await service.people.create({ name: 'After' });
  await expect.poll(names, { timeout: 10_000 }).toEqual(['While it was down', 'After']);
  expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(2);
});
