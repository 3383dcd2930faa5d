/** Devices that fail or are taken away. */

import { rejectsWith } from '../../adapter-test.ts';
import { beginCapture } from '../begin-capture.ts';
import type { SensorClause } from '../sensor-clause.ts';

export const FAULTS: readonly SensorClause[] = [
  {
    id: 'A-235',
    what: 'a device that is taken away ends its capture',
    needs: 'unplug',
    async check(sensor, rig) {
      const capture = beginCapture(sensor);
      rig.unplug();
      await rejectsWith('WINBIO_E_SENSOR_UNAVAILABLE', () => capture.outcome);
      await rejectsWith('WINBIO_E_SENSOR_UNAVAILABLE', () => beginCapture(sensor).outcome);
    },
  },
  {
    id: 'sensor-2',
    what: 'a device that failed says so, and can capture again after a reset',
    needs: 'fault',
    async check(sensor, rig) {
      const capture = beginCapture(sensor);
      rig.fault();
      await rejectsWith('WINBIO_E_DEVICE_FAILURE', () => capture.outcome);
      await sensor.reset();
      const next = beginCapture(sensor);
      next.abort();
      await rejectsWith('WINBIO_E_CANCELED', () => next.outcome);
    },
  },
];
