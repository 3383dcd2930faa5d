/** What every sensor adapter must do: the sensor clauses of the adapter conformance list, for any test runner. */

import assert from 'node:assert/strict';
import type { ControlRequest } from '../adapters/control.ts';
import type { CaptureOutcome, SensorAdapter } from '../adapters/sensor-adapter.ts';
import { WINBIO_PURPOSE_IDENTIFY, WINBIO_PURPOSE_VERIFY } from '../core/constants.ts';
import { decodeBir } from '../formats/bir/bir.ts';
import { type AdapterTest, rejectsWith } from './adapter-test.ts';

/** A sensor to be tested, and what can be done to it; what is absent is not tested. */
export interface SensorRig {
  readonly sensor: SensorAdapter;
  /** The running capture sees a bad finger. */
  presentRejected?(detail: number): void;
  /** The running capture fails. */
  fault?(): void;
  /** The device is taken away. */
  unplug?(): void;
  /** A plain command that answers with what was sent. */
  readonly echoCode?: number;
  /** A command that only the privileged entry point knows, and one that only the plain one knows. */
  readonly privilegedCode?: number;
  readonly plainCode?: number;
  close(): Promise<void>;
}

/** Makes a sensor before which this many good fingers come, one a capture, and then none. */
export type SensorRigFactory = (fingers: number) => Promise<SensorRig>;

/** Parts of a rig that a factory may leave out. */
export type SensorRigCapability = 'presentRejected' | 'fault' | 'unplug' | 'echoCode' | 'privilegedCode' | 'plainCode';

const { signal: NEVER } = new AbortController();

/** The suite; `lacks` names what the factory's rigs cannot do, and those tests are marked as skipped. */
export function sensorSuite(
  factory: SensorRigFactory,
  lacks: readonly SensorRigCapability[] = [],
): readonly AdapterTest[] {
  const withSensor = (
    id: string,
    what: string,
    fingers: number,
    check: (sensor: SensorAdapter, rig: Required<SensorRig>) => Promise<void>,
    needs?: SensorRigCapability,
  ): AdapterTest => ({
    id,
    title: `${id}: ${what}`,
    ...(needs !== undefined && lacks.includes(needs) && { skipped: `the sensor has no ${needs}` }),
    async run() {
      const rig = await factory(fingers);
      try {
        await check(rig.sensor, rig as Required<SensorRig>);
      } finally {
        await rig.close();
      }
    },
  });

  return [
    withSensor('A-033', 'power changes may come during a capture', 0, async (sensor) => {
      const capture = begin(sensor);
      sensor.notifyPower('suspend');
      sensor.notifyPower('resume');
      capture.abort();
      await rejectsWith('WINBIO_E_CANCELED', () => capture.outcome);
      const next = begin(sensor);
      next.abort();
      await rejectsWith('WINBIO_E_CANCELED', () => next.outcome);
    }),
    withSensor('A-041', 'a capture waits for the finger without holding up its caller', 0, async (sensor) => {
      const capture = begin(sensor);
      assert.equal(await Promise.race([capture.outcome, 'still waiting']), 'still waiting');
      capture.abort();
      await rejectsWith('WINBIO_E_CANCELED', () => capture.outcome);
    }),
    withSensor('A-045', 'a capture without a legal purpose is refused and starts nothing', 1, async (sensor) => {
      for (const purpose of [0, 0x20, 0x100, -1]) {
        await rejectsWith('E_INVALIDARG', () => sensor.capture({ purpose }, { signal: NEVER }));
      }
      assert.equal((await begin(sensor).outcome).kind, 'sample');
    }),
    withSensor('A-046', 'a second capture finds the device busy, and the first goes on', 0, async (sensor) => {
      const capture = begin(sensor);
      await rejectsWith('WINBIO_E_DEVICE_BUSY', () => begin(sensor).outcome);
      capture.abort();
      await rejectsWith('WINBIO_E_CANCELED', () => capture.outcome);
    }),
    withSensor(
      'A-052',
      'a bad finger ends the capture as rejected, with its detail',
      0,
      async (sensor, rig) => {
        const capture = begin(sensor);
        rig.presentRejected(7);
        assert.deepEqual(await capture.outcome, { kind: 'rejected', detail: 7 });
      },
      'presentRejected',
    ),
    withSensor('A-056', 'a capture that is aborted ends with CANCELED and the reason', 0, async (sensor) => {
      const capture = begin(sensor);
      capture.abort('enough');
      await rejectsWith('WINBIO_E_CANCELED', () => capture.outcome);
      await assert.rejects(capture.outcome, { cause: 'enough' });
      const controller = new AbortController();
      controller.abort();
      await rejectsWith('WINBIO_E_CANCELED', () => sensor.capture({ purpose: 1 }, controller));
    }),
    withSensor('A-057', 'an abort after the end changes nothing', 2, async (sensor) => {
      const capture = begin(sensor);
      await capture.outcome;
      capture.abort();
      assert.equal((await begin(sensor).outcome).kind, 'sample');
    }),
    withSensor('A-064', 'a sample is a copy of its own', 2, async (sensor) => {
      const first = sampleOf(await begin(sensor).outcome);
      const before = first.slice();
      sampleOf(await begin(sensor).outcome).fill(0);
      assert.deepEqual(first, before);
    }),
    withSensor('A-071', 'closing ends the capture first, and is done once', 0, async (sensor) => {
      const capture = begin(sensor);
      const ended = rejectsWith('WINBIO_E_CANCELED', () => capture.outcome);
      await Promise.all([sensor.close(), sensor.close()]);
      await ended;
      await rejectsWith('WINBIO_E_INVALID_DEVICE_STATE', () => begin(sensor).outcome);
      await rejectsWith('WINBIO_E_INVALID_DEVICE_STATE', () => sensor.reset());
      sensor.notifyPower('suspend');
    }),
    withSensor(
      'A-170',
      'an answer that does not fit is refused',
      0,
      async (sensor, rig) => {
        const send = Uint8Array.of(1, 2, 3);
        const ok = await sensor.control(command(rig.echoCode, false, send, 3), { signal: NEVER });
        assert.deepEqual(ok.received, send);
        const small = command(rig.echoCode, false, send, 2);
        await rejectsWith('E_NOT_SUFFICIENT_BUFFER', () => sensor.control(small, { signal: NEVER }));
      },
      'echoCode',
    ),
    withSensor('A-171', 'an unknown control code is refused', 0, async (sensor) => {
      for (const privileged of [false, true]) {
        const request = command(0x7fff_fffe, privileged);
        await rejectsWith('E_INVALIDARG', () => sensor.control(request, { signal: NEVER }));
      }
    }),
    withSensor(
      'A-174',
      'a privileged command cannot be reached through the plain entry point',
      0,
      async (sensor, rig) => {
        await sensor.control(command(rig.privilegedCode, true), { signal: NEVER });
        const plain = command(rig.privilegedCode, false);
        await rejectsWith('E_INVALIDARG', () => sensor.control(plain, { signal: NEVER }));
      },
      'privilegedCode',
    ),
    withSensor(
      'A-174',
      'a plain command cannot be reached through the privileged entry point',
      0,
      async (sensor, rig) => {
        await sensor.control(command(rig.plainCode, false), { signal: NEVER });
        const privileged = command(rig.plainCode, true);
        await rejectsWith('E_INVALIDARG', () => sensor.control(privileged, { signal: NEVER }));
      },
      'plainCode',
    ),
    withSensor('A-205', 'captures aborted in quick succession lose no finger and see none twice', 1, async (sensor) => {
      let samples = 0;
      for (let i = 0; i < 50; i++) {
        const outcome = await begin(sensor, new AbortController(), true).outcome.catch(() => undefined);
        if (outcome?.kind === 'sample') samples++;
      }
      // The finger may have been there before the first abort took effect.
      if (samples === 0 && (await begin(sensor).outcome).kind === 'sample') samples++;
      assert.equal(samples, 1);
    }),
    withSensor(
      'A-235',
      'a device that is taken away ends its capture',
      0,
      async (sensor, rig) => {
        const capture = begin(sensor);
        rig.unplug();
        await rejectsWith('WINBIO_E_SENSOR_UNAVAILABLE', () => capture.outcome);
        await rejectsWith('WINBIO_E_SENSOR_UNAVAILABLE', () => begin(sensor).outcome);
      },
      'unplug',
    ),
    withSensor('sensor-1', 'a sample is a record with the purpose and factor of the capture', 2, async (sensor) => {
      for (const purpose of [WINBIO_PURPOSE_VERIFY, WINBIO_PURPOSE_IDENTIFY]) {
        const bir = decodeBir(sampleOf(await begin(sensor, new AbortController(), false, purpose).outcome));
        assert.equal(bir.header.purpose, purpose);
        assert.equal(bir.header.factor, sensor.info.factor);
        assert.ok(bir.standard !== undefined || bir.vendor !== undefined, 'the sample holds nothing');
      }
    }),
    withSensor(
      'sensor-2',
      'a device that failed says so, and can capture again after a reset',
      0,
      async (sensor, rig) => {
        const capture = begin(sensor);
        rig.fault();
        await rejectsWith('WINBIO_E_DEVICE_FAILURE', () => capture.outcome);
        await sensor.reset();
        const next = begin(sensor);
        next.abort();
        await rejectsWith('WINBIO_E_CANCELED', () => next.outcome);
      },
      'fault',
    ),
    withSensor('sensor-3', 'its description is complete', 0, async ({ info }) => {
      assert.ok(info.factor > 0 && info.deviceInstanceId.length > 0 && info.deviceInstanceId.length < 256);
      const texts = [info.description, info.manufacturer, info.model, info.serialNumber];
      assert.ok(texts.every((text) => text.length < 256));
    }),
  ];
}

interface Running {
  readonly outcome: Promise<CaptureOutcome>;
  abort(reason?: unknown): void;
}

function begin(
  sensor: SensorAdapter,
  controller = new AbortController(),
  abortAtOnce = false,
  purpose: number = WINBIO_PURPOSE_IDENTIFY,
): Running {
  const outcome = sensor.capture({ purpose }, { signal: controller.signal });
  if (abortAtOnce) controller.abort();
  // Whoever looks at the outcome later still sees it; nobody's having looked yet is no error.
  outcome.catch(() => {});
  return { outcome, abort: (reason) => controller.abort(reason) };
}

function sampleOf(outcome: CaptureOutcome): Uint8Array {
  if (outcome.kind !== 'sample') assert.fail('expected a sample');
  return outcome.sample;
}

function command(
  code: number,
  privileged: boolean,
  sendBuffer = new Uint8Array(),
  receiveBufferSize = 64,
): ControlRequest {
  return { code, privileged, sendBuffer, receiveBufferSize };
}
