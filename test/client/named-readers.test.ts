/** A session that names its readers hears of no other reader: embedded and over the socket. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connect, PRIVATE_DATABASE_ID, type WhorlService } from '../../src/exports/whorl/index.ts';
import { startHere } from '../daemon/start.ts';

const READERS = [
  { kind: 'virtual', name: 'front door' },
  { kind: 'virtual', name: 'back door' },
] as const;

/** Starts a service with two readers, and connects to it. */
const FACES = {
  async embedded(directory: string) {
    const embedded = { state: { directory }, engineThreads: 1, readers: READERS };
    const service = await connect({ embedded });
    return { service, end: () => service.close() };
  },
  async socket(directory: string) {
    const daemon = await startHere(directory, { readers: READERS });
    const service = await connect({ address: daemon.address });
    const end = async () => {
      await service.close();
      await daemon[Symbol.asyncDispose]();
    };
    return { service, end };
  },
} as const;

describe.each(Object.entries(FACES))('%s', (_, start) => {
  let directory: string;
  let service: WhorlService;
  let end: () => Promise<void>;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'whorl-readers-'));
    ({ service, end } = await start(directory));
  });
  afterEach(async () => {
    await end();
    rmSync(directory, { recursive: true, force: true });
  });

  const touch = (name: string) => service.virtualReader(name).touch({ person: 1, finger: 'right-index' });
  /** Unit that answers an identification once both readers are touched, the other one first. */
  async function answering(readers: readonly (string | number)[], [other, own]: readonly [string, string]) {
    await using session = await service.openSession({ readers });
    const identifying = session.identify({ deadlineMs: 4000 });
    expect(await touch(other)).toBe('lost');
    expect(await touch(own)).toBe('captured');
    return (await identifying).unitId;
  }

  test('units bear the names of their readers', async () => {
    expect((await service.units()).map(({ unitId, name }) => [unitId, name])).toEqual([
      [1, 'front door'],
      [2, 'back door'],
    ]);
    const { units } = await service.administration.health();
    expect(units.map(({ name }) => name)).toEqual(['front door', 'back door']);
  });

  test('only the readers it named answer, by name and by number', async () => {
    expect(await answering(['back door'], ['front door', 'back door'])).toBe(2);
    expect(await answering([2], ['front door', 'back door'])).toBe(2);
    expect(await answering(['front door'], ['back door', 'front door'])).toBe(1);
  });

  test('two sessions wait at two doors, each for its own', async () => {
    await using front = await service.openSession({ readers: ['front door'] });
    await using back = await service.openSession({ readers: ['back door'] });
    const located = Promise.all([front.locate({ deadlineMs: 4000 }), back.locate({ deadlineMs: 4000 })]);
    await touch('back door');
    await touch('front door');
    expect(await located).toEqual([1, 2]);
  });

  test('an enrollment goes to the reader it named, and no other unit can be addressed', async () => {
    await using session = await service.openSession({ readers: ['back door'] });
    const refused = {
      code: 'WINBIO_E_INCORRECT_SENSOR_POOL',
      unitId: 1,
      message: expect.stringContaining('front door'),
    };
    await expect(session.beginEnrollment({ finger: 'right-index', unitId: 1 })).rejects.toMatchObject(refused);
    await expect(session.lockUnit(1)).rejects.toMatchObject(refused);
    await expect(session.sampleHint(1)).rejects.toMatchObject(refused);
    await using enrollment = await session.beginEnrollment({ finger: 'right-index' });
    const step = enrollment.capture({ deadlineMs: 4000 });
    await touch('front door');
    await touch('back door');
    expect((await step).kind).toBe('more-needed');
    expect((await service.administration.health()).units.map(({ enrolling }) => enrolling)).toEqual([undefined, 2]);
  });

  test('monitors hear of the readers it named only', async () => {
    await using session = await service.openSession({ readers: ['back door'], access: ['raw'] });
    await using other = await service.openSession();
    const heard: number[] = [];
    const watching = (async () => {
      for await (const { unitId } of session.watchSamples()) {
        heard.push(unitId);
        break;
      }
    })();
    for (const name of ['front door', 'back door']) {
      const located = other.locate({ deadlineMs: 4000 });
      await touch(name);
      await located;
    }
    await watching;
    const unclaimed = session.unclaimedSamples({ signal: AbortSignal.timeout(4000) })[Symbol.asyncIterator]();
    const first = unclaimed.next();
    expect([await touch('front door'), await touch('back door')]).toEqual(['lost', 'captured']);
    heard.push((await first).value.unitId);
    await unclaimed.return?.();
    expect(heard).toEqual([2, 2]);
  });

  test.each([['side door'], [99]])('an unknown reader is refused at once, with what there is: %s', async (reader) => {
    const there = /there is no (reader named side door|unit 99); there are front door \(unit 1\), back door \(unit 2\)/;
    const refused = { code: 'WINBIO_E_INVALID_UNIT', message: expect.stringMatching(there) };
    await expect(service.openSession({ readers: [reader] })).rejects.toMatchObject(refused);
    const own = { pool: 'private', databaseId: PRIVATE_DATABASE_ID, readers: [reader] } as const;
    await expect(service.openSession(own)).rejects.toMatchObject(refused);
  });

  test('a private pool takes the readers it named', async () => {
    await using _ = await service.openSession({
      pool: 'private',
      databaseId: PRIVATE_DATABASE_ID,
      readers: ['back door'],
    });
    expect((await service.units()).map(({ poolType }) => poolType)).toEqual([1, 2]);
  });

  test('an unplugged reader ends what waits for it, and serves again under its name', async () => {
    await using session = await service.openSession({ readers: ['back door'] });
    await using byNumber = await service.openSession({ readers: [2] });
    const waiting = session.identify();
    const gone = expect(waiting).rejects.toMatchObject({ code: 'WINBIO_E_SENSOR_UNAVAILABLE' });
    await service.virtualReader('back door').unplug();
    await gone;
    await expect(session.identify()).rejects.toMatchObject({ code: 'WINBIO_E_SENSOR_UNAVAILABLE' });
    await using early = await service.openSession({ readers: ['back door'] });
    await service.virtualReader('back door').plug();
    while ((await service.units()).length < 2);
    for (const each of [session, early]) {
      const located = each.locate({ deadlineMs: 4000 });
      await touch('back door');
      expect(await located).toBe(3);
    }
    await expect(byNumber.identify()).rejects.toMatchObject({ code: 'WINBIO_E_SENSOR_UNAVAILABLE' });
  });
});
