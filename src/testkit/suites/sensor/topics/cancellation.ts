/** Captures that are aborted. */

import assert from 'node:assert/strict';
import { rejectsWith } from '../../adapter-test.ts';
import { beginCapture } from '../begin-capture.ts';
import type { SensorClause } from '../sensor-clause.ts';

export const CANCELLATION: readonly SensorClause[] = [
  {
    id: 'A-056',
    what: 'a capture that is aborted ends with CANCELED and the reason',
    async check(sensor) {
      const capture = beginCapture(sensor);
      capture.abort('enough');
      await rejectsWith('WINBIO_E_CANCELED', () => capture.outcome);
      await assert.rejects(capture.outcome, { cause: 'enough' });
      const controller = new AbortController();
      controller.abort();
      await rejectsWith('WINBIO_E_CANCELED', () => sensor.capture({ purpose: 1 }, controller));
    },
  },
  {
    id: 'A-057',
    what: 'an abort after the end changes nothing',
    fingers: 2,
    async check(sensor) {
      const capture = beginCapture(sensor);
      await capture.outcome;
      capture.abort();
      assert.equal((await beginCapture(sensor).outcome).kind, 'sample');
    },
  },
  {
    id: 'A-205',
    what: 'captures aborted in quick succession lose no finger and see none twice',
    fingers: 1,
    async check(sensor) {
      let samples = 0;
      for (let i = 0; i < 50; i++) {
        const capture = beginCapture(sensor);
        capture.abort();
        const outcome = await capture.outcome.catch(() => undefined);
        if (outcome?.kind === 'sample') samples++;
      }
      // The finger may have been there before the first abort took effect.
      if (samples === 0 && (await beginCapture(sensor).outcome).kind === 'sample') samples++;
      assert.equal(samples, 1);
    },
  },
];
