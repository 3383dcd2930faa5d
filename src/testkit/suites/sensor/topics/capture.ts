/** A capture: how it begins, waits and ends, and the sample it yields. */

import assert from 'node:assert/strict';
import { WINBIO_PURPOSE_IDENTIFY, WINBIO_PURPOSE_VERIFY } from '../../../../core/constants.ts';
import { decodeBir } from '../../../../formats/bir/bir.ts';
import { rejectsWith } from '../../adapter-test.ts';
import { beginCapture, NEVER, sampleOf } from '../begin-capture.ts';
import type { SensorClause } from '../sensor-clause.ts';

export const CAPTURE: readonly SensorClause[] = [
  {
    id: 'A-041',
    what: 'a capture waits for the finger without holding up its caller',
    async check(sensor) {
      const capture = beginCapture(sensor);
      assert.equal(await Promise.race([capture.outcome, 'still waiting']), 'still waiting');
      capture.abort();
      await rejectsWith('WINBIO_E_CANCELED', () => capture.outcome);
    },
  },
  {
    id: 'A-045',
    what: 'a capture without a legal purpose is refused and starts nothing',
    fingers: 1,
    async check(sensor) {
      for (const purpose of [0, 0x20, 0x100, -1]) {
        await rejectsWith('E_INVALIDARG', () => sensor.capture({ purpose }, { signal: NEVER }));
      }
      assert.equal((await beginCapture(sensor).outcome).kind, 'sample');
    },
  },
  {
    id: 'A-046',
    what: 'a second capture finds the device busy, and the first goes on',
    async check(sensor) {
      const capture = beginCapture(sensor);
      await rejectsWith('WINBIO_E_DEVICE_BUSY', () => beginCapture(sensor).outcome);
      capture.abort();
      await rejectsWith('WINBIO_E_CANCELED', () => capture.outcome);
    },
  },
  {
    id: 'A-052',
    what: 'a bad finger ends the capture as rejected, with its detail',
    needs: 'presentRejected',
    async check(sensor, rig) {
      const capture = beginCapture(sensor);
      rig.presentRejected(7);
      assert.deepEqual(await capture.outcome, { kind: 'rejected', detail: 7 });
    },
  },
  {
    id: 'A-064',
    what: 'a sample is a copy of its own',
    fingers: 2,
    async check(sensor) {
      const first = sampleOf(await beginCapture(sensor).outcome);
      const before = first.slice();
      sampleOf(await beginCapture(sensor).outcome).fill(0);
      assert.deepEqual(first, before);
    },
  },
  {
    id: 'sensor-1',
    what: 'a sample is a record with the purpose and factor of the capture',
    fingers: 2,
    async check(sensor) {
      for (const purpose of [WINBIO_PURPOSE_VERIFY, WINBIO_PURPOSE_IDENTIFY]) {
        const bir = decodeBir(sampleOf(await beginCapture(sensor, purpose).outcome));
        assert.equal(bir.header.purpose, purpose);
        assert.equal(bir.header.factor, sensor.info.factor);
        assert.ok(bir.standard !== undefined || bir.vendor !== undefined, 'the sample holds nothing');
      }
    },
  },
];
