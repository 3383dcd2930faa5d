/** Enrollments that the service keeps: touches outlive pages and plugs, and a template goes to the person it is for. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomGuid } from '../../src/core/guid.ts';
import { guidIdentity } from '../../src/core/identity.ts';
import type { KeptEnrollment, KeptEnrollmentStage } from '../../src/core/kept-enrollment.ts';
import { connect, type WhorlService } from '../../src/exports/whorl/index.ts';

let service: WhorlService;

beforeAll(async () => {
  const readers = [{ kind: 'virtual', name: 'desk' } as const, { kind: 'virtual', name: 'door' } as const];
  service = await connect({ embedded: { state: 'memory', engineThreads: 1, readers } });
});

afterAll(() => service.close());

async function until(token: string, ...stages: readonly KeptEnrollmentStage[]): Promise<KeptEnrollment> {
  for await (const kept of service.enrollments.follow(token)) if (stages.includes(kept.stage)) return kept;
  throw new Error('the enrollment ended');
}

/** Touches until the template is complete. */
async function complete(token: string, person: number, reader = 'desk'): Promise<KeptEnrollment> {
  for (let impression = 1; impression <= 12; impression += 1) {
    const before = await until(token, 'touch', 'complete');
    if (before.stage === 'complete') return before;
    await service.virtualReader(reader).touch({ person, finger: 'right-index', impression });
    await expect
      .poll(async () => (await until(token, 'touch', 'complete')).lastTouch?.number)
      .toBe((before.lastTouch?.number ?? 0) + 1);
  }
  throw new Error('the template was not completed');
}

test('a person is enrolled by an account that is not hers', async () => {
  const { identity } = await service.people.create({ name: 'Ada Lovelace' });
  const { token, reader, name } = await service.enrollments.begin({ identity, subFactor: 2, reader: 'desk' });
  expect({ reader, name }).toEqual({ reader: 'desk', name: 'Ada Lovelace' });
  const full = await complete(token, 1);
  expect(full.percentComplete).toBe(100);
  expect((await service.enrollments.save(token)).stage).toBe('saved');
  await using session = await service.openSession({ readers: ['door'] });
  const pending = session.identify();
  await service.virtualReader('door').touch({ person: 1, finger: 'right-index', impression: 40 });
  expect(await pending).toMatchObject({ kind: 'identified', identity, person: { name: 'Ada Lovelace' } });
});

test('an unplugged reader costs no touch', async () => {
  const { identity } = await service.people.create({ name: 'Grace Hopper' });
  const { token } = await service.enrollments.begin({ identity, subFactor: 2, reader: 'desk' });
  await until(token, 'touch');
  await service.virtualReader('desk').touch({ person: 2, finger: 'right-index', impression: 1 });
  await expect.poll(async () => (await until(token, 'touch')).lastTouch?.number).toBe(1);
  const before = await until(token, 'touch');
  await service.virtualReader('desk').unplug();
  await until(token, 'waiting');
  await service.virtualReader('desk').plug();
  const after = await until(token, 'touch');
  expect(after.percentComplete).toBe(before.percentComplete);
  expect(after.percentComplete).toBeGreaterThan(0);
  await complete(token, 2);
  expect((await service.enrollments.save(token)).stage).toBe('saved');
});

test('a finger that somebody has is named, and can be saved for nobody else', async () => {
  const { identity } = await service.people.create({ name: 'Ada King' });
  const { token } = await service.enrollments.begin({ identity, subFactor: 2, reader: 'desk' });
  await complete(token, 1);
  const { stage, duplicate } = await service.enrollments.save(token);
  expect(stage).toBe('duplicate');
  expect(duplicate).toMatchObject({ name: 'Ada Lovelace', subFactor: 2 });
  await service.enrollments.discard(token);
  await expect(service.enrollments.save(token)).rejects.toMatchObject({ code: 'WHORL_E_NO_SUCH_ENROLLMENT' });
});

test('another reader begins from nothing', async () => {
  const { identity } = await service.people.create({ name: 'Edsger Dijkstra' });
  const { token } = await service.enrollments.begin({ identity, subFactor: 2, reader: 'desk' });
  await until(token, 'touch');
  await service.virtualReader('desk').touch({ person: 3, finger: 'right-index', impression: 1 });
  await expect.poll(async () => (await until(token, 'touch')).lastTouch?.number).toBe(1);
  expect(await service.enrollments.restart(token, 'door')).toMatchObject({ reader: 'door', percentComplete: 0 });
  await complete(token, 3, 'door');
  expect((await service.enrollments.list()).map((each) => each.token)).toEqual([token]);
  await service.enrollments.discard(token);
  expect(await service.enrollments.list()).toEqual([]);
});

test('what cannot be begun says why', async () => {
  const { identity } = await service.people.create({ name: 'Alan Turing' });
  const begin = (change: object) => service.enrollments.begin({ identity, subFactor: 2, ...change });
  await expect(begin({ reader: 'nowhere' })).rejects.toMatchObject({ code: 'WINBIO_E_INVALID_UNIT' });
  await expect(begin({ subFactor: 0 })).rejects.toMatchObject({ code: 'E_INVALIDARG' });
  await expect(begin({ databaseId: randomGuid() })).rejects.toMatchObject({ code: 'WINBIO_E_DATABASE_CANT_FIND' });
  await expect(begin({ identity: guidIdentity(randomGuid()) })).rejects.toMatchObject({
    code: 'WHORL_E_NO_SUCH_PERSON',
  });
});
