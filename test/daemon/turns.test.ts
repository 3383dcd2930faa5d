/** Whose touch it is when several programs wait at the readers of one service. */

import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Daemon } from '../../src/daemon/daemon.ts';
import { connect, type WhorlService } from '../../src/exports/whorl/index.ts';
import { startHere, temporaryFolder } from './start.ts';

const READERS = ['door', 'desk'].map((name) => ({ kind: 'virtual', name, earlyTouch: 'kept' }) as const);
const SOON = { deadlineMs: 20_000 };

let folder: ReturnType<typeof temporaryFolder>;
let daemon: Daemon;
beforeEach(async () => {
  folder = temporaryFolder();
  daemon = await startHere(folder.path, { readers: READERS });
});
afterEach(async () => {
  await daemon[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const touch = (service: WhorlService, reader: string, impression = 1) =>
  service.virtualReader(reader).touch({ person: 1, finger: 'right-index', impression });

test('two programs at two readers: each has the touch at its own, whoever asked last', async () => {
  await using door = await connect({ address: daemon.address });
  await using desk = await connect({ address: daemon.address });
  await using atDoor = await door.openSession({ readers: ['door'] });
  await using atDesk = await desk.openSession({ readers: ['desk'] });
  const passing = atDoor.locate(SOON);
  const asking = atDesk.locate(SOON);
  expect(await touch(desk, 'door')).toBe('captured');
  expect(await passing).toBe(1);
  await touch(desk, 'desk');
  expect(await asking).toBe(2);
});

test('who enrolls has the touches, however many others ask in the meantime', async () => {
  await using desk = await connect({ address: daemon.address });
  await using session = await desk.openSession({ readers: ['desk'] });
  await using enrollment = await session.beginEnrollment({ finger: 'right-index' });
  await using crowd = await connect({ address: daemon.address });
  await using atDesk = await crowd.openSession({ readers: ['desk'] });
  const stop = new AbortController();
  for (let impression = 1, done = false; !done; impression++) {
    const step = enrollment.capture(SOON);
    // Asks after it, and goes on waiting.
    const waiting = atDesk.identify({ signal: stop.signal }).catch(({ code }) => code);
    await desk.units();
    await touch(desk, 'desk', impression);
    done = (await step).kind === 'sufficient';
    void waiting;
  }
  stop.abort();
  expect((await enrollment.commit()).kind).toBe('stored');
});
