/** Modules as slow as real ones: the suites at both rates, ten thousand commands through a bad wire, and figures. */

import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { SerialDevices } from '../../../src/devices/serial/serial-devices.ts';
import { ZfmModule } from '../../../src/drivers/serial/zfm/zfm-module.ts';
import { connect } from '../../../src/exports/whorl/index.ts';
import { SerialSensors } from '../../../src/sensors/serial/serial-sensors.ts';
import { openPseudoTerminal } from '../../../src/testkit/serial/pseudo-terminal.ts';
import { ZfmEmulator } from '../../../src/testkit/serial/zfm-emulator.ts';
import { deviceSuite } from '../../../src/testkit/suites/device/device-suite.ts';
import { sensorSuite } from '../../../src/testkit/suites/sensor/sensor-suite.ts';
import { temporaryFolder } from '../../daemon/start.ts';
import { HASTY_CLOCK } from '../../support/hasty-clock.ts';
import { isFull } from '../full.ts';
import { NO_PORTS } from './whorl-at-module.ts';

const SLOW_MS = 600_000;
const RATES = [57_600, 921_600] as const;
const isWanted = isFull;

describe.skipIf(!isWanted).each(RATES)('a paced module that takes up to %i baud (npm run test:readers)', (rate) => {
  const sensors = sensorSuite(
    async (fingers) => {
      const emulator = new ZfmEmulator({ paced: true, highestBaudRate: rate });
      const source = await SerialSensors.start({ port: 'emulated', open: emulator.open });
      const { sensor } = source;
      if (sensor === undefined) throw source.fault;
      for (let i = 0; i < fingers; i++) emulator.touch(i);
      return {
        sensor,
        presentRejected: () => emulator.touchBadly(),
        fault: () => emulator.failNext(0x18),
        unplug: () => emulator.unplug(),
        close: () => source.close(),
      };
    },
    ['echoCode', 'privilegedCode', 'plainCode'],
  );
  const devices = deviceSuite(async () => {
    const emulator = new ZfmEmulator({ paced: true, model: 'r503', capacity: 20, baudRate: rate });
    const source = await SerialDevices.start({ port: 'emulated', model: 'r503', baud: rate, open: emulator.open });
    const { device } = source;
    if (device === undefined) throw source.fault;
    return {
      device,
      present: (finger) => emulator.touch(finger),
      presentRejected: () => emulator.touchBadly(0x06),
      plant: async (finger) => ({ id: `slot-${emulator.plant(finger)}`, handle: new Uint8Array() }),
      fill: async () => emulator.fill(),
      unplug: () => emulator.unplug(),
      fault: () => emulator.failNext(0x18),
      close: () => source.close(),
    };
  });
  const all = [...sensors, ...devices].filter(({ skipped }) => skipped === undefined);
  test.each(all)('$title', { timeout: SLOW_MS }, async ({ run }) => await run());
});

test.skipIf(!isWanted)(
  'of 10,000 searches through noise, pieces and wrong bytes none is answered wrongly',
  { timeout: SLOW_MS },
  async () => {
    const emulator = new ZfmEmulator({ capacity: 20 });
    const [known, other] = [3, 4];
    const slot = emulator.plant(known);
    const module = await ZfmModule.find(await emulator.open('emulated', 57_600), { clock: HASTY_CLOCK });
    Object.assign(emulator.faults, { noise: 0.2, split: true, wrongByte: 0.02 });
    let answered = 0;
    let failed = 0;
    for (const finger of [known, other]) {
      emulator.touch(finger);
      const prepared = async () => {
        while ((await module.takePicture()) !== 0);
        return await module.extract(1);
      };
      expect(await prepared()).toBe(0);
      for (let i = 0; i < 5000; i++) {
        const found = await module.search(1, 0, 20).catch(() => 'failed' as const);
        if (found === 'failed') failed += 1;
        else {
          answered += 1;
          expect(found?.slot).toBe(finger === known ? slot : undefined);
        }
      }
    }
    process.stdout.write(`10,000 searches: ${answered} answered, ${failed} ended with a code, none wrong\n`);
    expect(answered).toBeGreaterThan(9900);
    await module.close();
  },
);

test.skipIf(!isWanted || NO_PORTS !== undefined).each([
  ['image', 57_600],
  ['image', 921_600],
  ['module', 57_600],
] as const)('figures: finger down to identified, %s at %i baud', { timeout: SLOW_MS }, async (mode, rate) => {
  using folder = temporaryFolder();
  const port = `${folder.path}/module`;
  const emulator = new ZfmEmulator({ paced: true, highestBaudRate: rate });
  await using terminal = await openPseudoTerminal(port);
  using _ = emulator.attach(terminal.stream);
  await using service = await connect({
    embedded: { state: 'memory', readers: [{ kind: 'serial', port, mode }], engineThreads: 1 },
  });
  await using session = await service.openSession();
  const enrollment = await session.beginEnrollment({ finger: 'right-index' });
  const touching = setInterval(() => emulator.fingersWaiting === 0 && emulator.touch(1), 10);
  for await (const step of enrollment) expect(step.kind).not.toBe('rejected');
  await enrollment.commit();
  clearInterval(touching);
  emulator.lift();
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const outcome = session.identify();
    // Longer than a finger counts as the one before.
    await delay(1200);
    const downMs = performance.now();
    emulator.touch(1);
    expect((await outcome).kind).toBe('identified');
    times.push(performance.now() - downMs);
  }
  times.sort((a, b) => a - b);
  process.stdout.write(
    `${mode}, ${rate} baud: finger down to identified ${times.map((each) => Math.round(each)).join(', ')} ms\n`,
  );
});
