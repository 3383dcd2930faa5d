/** Synthetic people at the readers of services. */

import { expect } from 'vitest';
import type { OwnerIdentity } from '../../src/core/identity.ts';
import type { SharedSite } from './shared-site.ts';

/** Enrolls the right index of a synthetic person; resolves to what the commit says. */
export async function enroll({ service }: SharedSite, person: number, owner: OwnerIdentity) {
  await using session = await service.openSession();
  await using enrollment = await session.beginEnrollment({ finger: 'right-index' });
  const reader = service.virtualReader();
  const steps = enrollment[Symbol.asyncIterator]();
  for (let impression = 1; ; impression++) {
    const [step] = await Promise.all([steps.next(), reader.touch({ person, finger: 'right-index', impression })]);
    if (step.done === true || step.value.kind === 'sufficient') break;
  }
  return await enrollment.commit({ owner });
}

/** Touches the reader with a finger of a synthetic person; resolves to what is said of it. */
export async function identify({ service }: SharedSite, person: number) {
  await using session = await service.openSession();
  const [outcome] = await Promise.all([
    session.identify(),
    service.virtualReader().touch({ person, finger: 'right-index', impression: 30 }),
  ]);
  return outcome;
}

/** Until the other service has taken in what this one told. */
export async function settled(condition: () => Promise<boolean>): Promise<void> {
  await expect.poll(condition, { timeout: 10_000, interval: 20 }).toBe(true);
}
