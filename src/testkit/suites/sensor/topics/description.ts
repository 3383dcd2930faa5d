/** What a sensor says of itself. */

import assert from 'node:assert/strict';
import type { SensorClause } from '../sensor-clause.ts';

export const DESCRIPTION: readonly SensorClause[] = [
  {
    id: 'sensor-3',
    what: 'its description is complete',
    async check({ info }) {
      assert.ok(info.factor > 0 && info.deviceInstanceId.length > 0 && info.deviceInstanceId.length < 256);
      const texts = [info.description, info.manufacturer, info.model, info.serialNumber];
      assert.ok(texts.every((text) => text.length < 256));
    },
  },
];
