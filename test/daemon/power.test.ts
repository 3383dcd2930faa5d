/** What a daemon does when the machine goes to sleep and wakes up. */

import { expect, test } from 'vitest';
import { connect } from '../../src/exports/whorl/index.ts';
import { startHere, temporaryFolder } from './start.ts';

const READER = { kind: 'virtual', name: 'desk', earlyTouch: 'kept' } as const;
const TOUCH = { person: 1, finger: 'right-index', impression: 1 } as const;

test('sleep ends an enrollment with a code of its own, and after it the reader reads again', async () => {
  using folder = temporaryFolder();
  await using daemon = await startHere(folder.path, { readers: [READER] });
  await using service = await connect({ address: daemon.address });
  await using session = await service.openSession();
  const enrollment = await session.beginEnrollment({ finger: 'right-index' });
  const step = enrollment.capture().catch(({ code }) => code);
  await service.units();
  await daemon.notifyPower('suspend');
  expect(await step).toBe('WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND');
  await daemon.notifyPower('resume');
  const located = session.locate({ deadlineMs: 20_000 });
  await service.virtualReader('desk').touch(TOUCH);
  expect(await located).toBe(1);
});
