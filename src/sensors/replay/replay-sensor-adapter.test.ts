import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'vitest';
import { sampleImage } from '../../../test/support/grey-images.ts';
import { encodePng } from '../../formats/image/png-writer.ts';
import { sensorSuite } from '../../testkit/suites/sensor/sensor-suite.ts';
import { ReplayReader } from './replay-reader.ts';

const lacks = ['presentRejected', 'fault', 'unplug', 'echoCode', 'privilegedCode', 'plainCode'] as const;
const suite = sensorSuite(async (fingers) => {
  const folder = await mkdtemp(join(tmpdir(), 'whorl-replay-'));
  // One more than asked for, played before the test, because a folder without files is refused.
  for (let i = 0; i <= fingers; i++) await writeFile(join(folder, `${i}.png`), encodePng(sampleImage(20 + i, 30)));
  const reader = await ReplayReader.open(folder);
  await reader.sensor.capture({ purpose: 1 }, new AbortController());
  return {
    sensor: reader.sensor,
    close: async () => {
      await reader.close();
      await rm(folder, { recursive: true });
    },
  };
}, lacks);
for (const { title, skipped, run } of suite) test.skipIf(skipped)(title, run);
