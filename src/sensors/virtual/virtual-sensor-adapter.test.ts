import { test } from 'vitest';
import { sampleImage } from '../../../test/support/grey-images.ts';
import { sensorSuite } from '../../testkit/suites/sensor/sensor-suite.ts';
import { VIRTUAL_CONTROL_CAPTURE_COUNT, VIRTUAL_CONTROL_ECHO, VIRTUAL_CONTROL_STATUS } from './virtual-control.ts';
import { VirtualReader } from './virtual-reader.ts';

const suite = sensorSuite(async (fingers) => {
  const reader = new VirtualReader({ earlyTouch: 'kept' });
  for (let i = 0; i < fingers; i++) reader.present(sampleImage(20 + i, 30));
  return {
    sensor: reader.sensor!,
    presentRejected: (detail) => reader.presentRejected(detail),
    fault: () => reader.fault(),
    unplug: () => reader.unplug(),
    echoCode: VIRTUAL_CONTROL_ECHO,
    privilegedCode: VIRTUAL_CONTROL_CAPTURE_COUNT,
    plainCode: VIRTUAL_CONTROL_STATUS,
    close: () => reader.close(),
  };
});
for (const { title, skipped, run } of suite) test.skipIf(skipped)(title, run);
