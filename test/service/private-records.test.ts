/** Records of a private pool belong to the account that made them. */

import { expect, test } from 'vitest';
import type { OwnerIdentity, Session } from '../../src/exports/whorl/index.ts';
import { createHost, type Host, type HostProcess } from '../../src/exports/whorl/testkit.ts';

const OTHER = 'S-1-5-21-1-2-3-1002';
const FINGER = 'right-index';

function open(host: Host, process: HostProcess): Promise<Session> {
  return process.service.openSession({ pool: 'private', databaseId: host.privateDatabaseId, unitIds: [2] });
}

/** Enrolls a finger in the private pool, and closes the session. */
async function enroll(host: Host, process: HostProcess, person: number): Promise<OwnerIdentity> {
  await using session = await open(host, process);
  await using enrollment = await session.beginEnrollment({ finger: FINGER, unitId: 2 });
  while (enrollment.percentComplete < 100) {
    const captured = enrollment.capture();
    await host.touch(person, 1);
    await captured;
  }
  const outcome = await enrollment.commit();
  if (outcome.kind !== 'stored') throw new TypeError(outcome.kind);
  return outcome.identity;
}

test('another account neither deletes nor lists them; their own and administrators do', async () => {
  await using host = await createHost({ readers: 2 });
  const owner = host.process({ mayEnroll: true });
  const stranger = host.process({ user: OTHER });
  const administrator = host.process({ user: 'S-1-5-21-1-2-3-1003', administrator: true });
  const first = await enroll(host, owner, 1);
  const second = await enroll(host, owner, 2);
  {
    await using session = await open(host, stranger);
    const target = { identity: first, finger: FINGER, unitId: 2 } as const;
    const denied = { code: 'E_ACCESSDENIED' };
    await expect(session.deleteTemplate(target)).rejects.toMatchObject(denied);
    await expect(session.deleteTemplate({ identity: first, unitId: 2 })).rejects.toMatchObject(denied);
    await expect(session.enrollments(first, { unitId: 2 })).rejects.toMatchObject(denied);
  }
  {
    await using session = await open(host, owner);
    expect(await session.enrollments(first, { unitId: 2 })).toHaveLength(1);
    expect(await session.deleteTemplate({ identity: first, finger: FINGER, unitId: 2 })).toBe(true);
  }
  await using session = await open(host, administrator);
  expect(await session.enrollments(second, { unitId: 2 })).toHaveLength(1);
  expect(await session.deleteTemplate({ identity: second, finger: FINGER, unitId: 2 })).toBe(true);
});
