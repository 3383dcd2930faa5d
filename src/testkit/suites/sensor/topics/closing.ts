/** A closed sensor. */

import { rejectsWith } from '../../adapter-test.ts';
import { beginCapture } from '../begin-capture.ts';
import type { SensorClause } from '../sensor-clause.ts';

export const CLOSING: readonly SensorClause[] = [
  {
    id: 'A-071',
    what: 'closing ends the capture first, and is done once',
    async check(sensor) {
      const capture = beginCapture(sensor);
      const ended = rejectsWith('WINBIO_E_CANCELED', () => capture.outcome);
      await Promise.all([sensor.close(), sensor.close()]);
      await ended;
      await rejectsWith('WINBIO_E_INVALID_DEVICE_STATE', () => beginCapture(sensor).outcome);
      await rejectsWith('WINBIO_E_INVALID_DEVICE_STATE', () => sensor.reset());
      sensor.notifyPower('suspend');
    },
  },
];
