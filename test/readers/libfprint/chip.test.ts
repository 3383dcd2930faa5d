/** Readers that match inside, through libfprint's virtual chip: the suite of all devices, and what is libfprint's own. */

import { describe, expect, test } from 'vitest';
import type { EnrollStage } from '../../../src/adapters/matching-device.ts';
import { hasLibfprint } from '../../../src/composition/compose/libfprint-readers.ts';
import { WINBIO_FP_POOR_QUALITY, WINBIO_FP_TOO_SHORT } from '../../../src/core/constants.ts';
import { deviceSuite } from '../../../src/testkit/suites/device/device-suite.ts';
import { isFull } from '../full.ts';
import { virtualDevice } from './virtual-storage.ts';

const installed = await hasLibfprint();
const { signal } = new AbortController();
const NEW = { subFactor: 2, label: 'w-0001' } as const;

describe.skipIf(!installed)('a chip that libfprint drives (needs libfprint-2-2)', () => {
  const suite = deviceSuite(async () => {
    const { device, link, finger, close } = await virtualDevice();
    return {
      device,
      present: (number) => finger.present(`SCAN finger-${number}`),
      unplug: () => link.remove(),
      close,
    };
    // The virtual chip waits for a script before it clears itself; recordings of real ones show that.
  }, ['presentRejected', 'plant', 'fill', 'fault', 'picture', 'backup', 'count', 'feedback', 'clear']);
  const chosen = suite.filter(
    ({ skipped, title }) => skipped === undefined && (isFull || /device-(?:6|10|13|15|25)\b/.test(title)),
  );
  test.each(chosen)('$title', async ({ run }) => await run());

  test('tells why a touch was of no use, and goes on with the enrollment', async () => {
    const { device, finger, close } = await virtualDevice();
    try {
      await device.open({ signal });
      const stages: EnrollStage[] = [];
      for (const command of ['SCAN a', 'RETRY 1', 'SCAN a', 'RETRY 2', 'SCAN a', 'SCAN a', 'SCAN a'])
        finger.present(command);
      const outcome = await device.enroll(NEW, { signal, onStage: (stage) => void stages.push(stage) });
      expect(outcome.kind).toBe('enrolled');
      expect(stages.filter(({ kind }) => kind === 'rejected')).toEqual([
        { kind: 'rejected', detail: WINBIO_FP_TOO_SHORT },
        { kind: 'rejected', detail: WINBIO_FP_POOR_QUALITY },
      ]);
    } finally {
      await close();
    }
  });

  test('that is pulled ends what waits, and is gone', async () => {
    const { device, finger, close } = await virtualDevice();
    try {
      await device.open({ signal });
      const waiting = device.identify([], { signal });
      finger.present('UNPLUG');
      await expect(waiting).rejects.toMatchObject({ code: 'WINBIO_E_SENSOR_UNAVAILABLE' });
      expect(device.status).toBe('removed');
    } finally {
      await close();
    }
  });
});
