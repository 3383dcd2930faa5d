/** Comparisons, and pictures. */

import assert from 'node:assert/strict';
import { WINBIO_FP_POOR_QUALITY } from '../../../../core/constants.ts';
import { rejectsWith } from '../../adapter-test.ts';
import { enrolled, NEVER } from '../begin-operation.ts';
import type { DeviceClause } from '../device-clause.ts';

const options = { signal: NEVER };

export const COMPARISON: readonly DeviceClause[] = [
  {
    id: 'device-20',
    what: 'a finger is verified against its print, and not against another',
    needs: 'verify',
    async check(device, { present }) {
      const { print } = await enrolled(device, present, 1);
      present(1);
      assert.equal((await device.verify(print, options)).kind, 'match');
      present(2);
      assert.equal((await device.verify(print, options)).kind, 'no-match');
    },
  },
  {
    id: 'device-21',
    what: 'a finger is identified among all prints',
    needs: 'identify',
    async check(device, { present }) {
      const one = await enrolled(device, present, 1);
      const other = await enrolled(device, present, 2);
      for (const [finger, { print }] of [[2, other] as const, [1, one] as const]) {
        present(finger);
        const outcome = await device.identify('all', options);
        assert.equal(outcome.kind === 'match' && outcome.print.id, print.id);
      }
      present(3);
      assert.equal((await device.identify('all', options)).kind, 'no-match');
    },
  },
  {
    id: 'device-22',
    what: 'a print that was not asked for does not match',
    needs: 'identify',
    async check(device, { present }) {
      const one = await enrolled(device, present, 1);
      const other = await enrolled(device, present, 2);
      present(2);
      assert.equal((await device.identify([one.print], options)).kind, 'no-match');
      present(2);
      const found = await device.identify([one.print, other.print], options);
      assert.equal(found.kind === 'match' && found.print.id, other.print.id);
    },
  },
  {
    id: 'device-23',
    what: 'an identification among no prints waits for a touch, and is no match',
    needs: 'identify',
    async check(device, { present }) {
      let ended = false;
      const outcome = device.identify([], options).finally(() => {
        ended = true;
      });
      await new Promise<void>((resolve) => setImmediate(resolve));
      assert.equal(ended, false);
      present(1);
      assert.equal((await outcome).kind, 'no-match');
    },
  },
  {
    id: 'device-24',
    what: 'a bad touch is an answer with its detail',
    needs: 'presentRejected',
    async check(device, { present, presentRejected }) {
      const { print } = await enrolled(device, present, 1);
      presentRejected(WINBIO_FP_POOR_QUALITY);
      const outcome = device.info.capabilities.includes('identify')
        ? await device.identify([print], options)
        : await device.verify(print, options);
      assert.deepEqual(outcome, { kind: 'rejected', detail: WINBIO_FP_POOR_QUALITY });
    },
  },
  {
    id: 'device-25',
    what: 'a print that is gone is NO_SUCH_RECORD to a verification',
    needs: 'delete',
    async check(device, { present }) {
      const { print } = await enrolled(device, present, 1);
      await device.delete(print, options);
      if (!device.info.capabilities.includes('verify')) return;
      present(1);
      await rejectsWith('WINBIO_E_DATABASE_NO_SUCH_RECORD', () => device.verify(print, options));
    },
  },
  {
    id: 'device-26',
    what: 'a picture has pixels and a resolution',
    needs: 'picture',
    async check(device, { present }) {
      present(1);
      const outcome = await device.capturePicture(options);
      if (outcome.kind !== 'picture') assert.fail('expected a picture');
      const { widthPx, heightPx, resolutionPpi, pixels } = outcome.image;
      assert.equal(pixels.length, widthPx * heightPx);
      assert.ok(resolutionPpi > 0);
    },
  },
];
