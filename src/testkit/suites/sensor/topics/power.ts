/** Power changes. */

import { rejectsWith } from '../../adapter-test.ts';
import { beginCapture } from '../begin-capture.ts';
import type { SensorClause } from '../sensor-clause.ts';

export const POWER: readonly SensorClause[] = [
  {
    id: 'A-033',
    what: 'power changes may come during a capture',
    async check(sensor) {
      const capture = beginCapture(sensor);
      sensor.notifyPower('suspend');
      sensor.notifyPower('resume');
      capture.abort();
      await rejectsWith('WINBIO_E_CANCELED', () => capture.outcome);
      const next = beginCapture(sensor);
      next.abort();
      await rejectsWith('WINBIO_E_CANCELED', () => next.outcome);
    },
  },
];
