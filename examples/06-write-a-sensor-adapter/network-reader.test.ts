/** The suite on the reader, in a test runner. Run it: node --test examples/06-write-a-sensor-adapter */

import { test } from 'node:test';
import { sensorSuite } from 'whorl/testkit';
import { lacks, rig } from './network-reader.rig.ts';

for (const { title, skipped, run } of sensorSuite(rig, lacks)) {
  test(title, { skip: skipped ?? false }, run);
}
