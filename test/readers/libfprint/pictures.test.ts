/** Readers of pictures, through libfprint's virtual one: the suite of all sensors, and what is libfprint's own. */

import { describe, expect, test } from 'vitest';
import { hasLibfprint } from '../../../src/composition/compose/libfprint-readers.ts';
import { WINBIO_FP_POOR_QUALITY, WINBIO_FP_TOO_SHORT, WINBIO_PURPOSE_VERIFY } from '../../../src/core/constants.ts';
import { decodeFingerprintSample } from '../../../src/formats/index.ts';
import { sensorSuite } from '../../../src/testkit/suites/sensor/sensor-suite.ts';
import { isFull } from '../full.ts';
import { errorMessage, fingerPicture, pictureMessage, retryMessage, virtualSensor } from './virtual-image.ts';

const installed = await hasLibfprint();
const { signal } = new AbortController();
const REQUEST = { purpose: WINBIO_PURPOSE_VERIFY };
/** What a virtual reader can show of libfprint's four reasons, and no other detail. */
const LACKS = ['presentRejected', 'fault', 'echoCode', 'privilegedCode', 'plainCode'] as const;

describe.skipIf(!installed)('a reader of pictures that libfprint drives (needs libfprint-2-2)', () => {
  const suite = sensorSuite(async (fingers) => {
    const { sensor, link, close } = await virtualSensor(fingers);
    return { sensor, unplug: () => link.remove(), close };
  }, LACKS);
  const chosen = suite.filter(
    ({ skipped, title }) => skipped === undefined && (isFull || /A-0(?:33|57|71)/.test(title)),
  );
  test.each(chosen)('$title', async ({ run }) => await run());

  test('hands out the pixels that were shown, rejects a bad touch with its reason, and survives its process', async () => {
    const { sensor, link, show, close } = await virtualSensor(0);
    try {
      for (const [reason, detail] of [
        [1, WINBIO_FP_TOO_SHORT],
        [2, WINBIO_FP_POOR_QUALITY],
      ] as const) {
        show(retryMessage(reason));
        expect(await sensor.capture(REQUEST, { signal })).toEqual({ kind: 'rejected', detail });
      }
      const waiting = sensor.capture(REQUEST, { signal });
      await new Promise<void>((resolve) => link.watch({ needed: resolve }));
      show(pictureMessage(fingerPicture()));
      const before = link.pid;
      process.kill(before!, 'SIGKILL');
      const outcome = await waiting;
      expect(link.pid).not.toBe(before);
      if (outcome.kind !== 'sample') throw new TypeError(outcome.kind);
      expect(Buffer.compare(decodeFingerprintSample(outcome.sample).pixels, fingerPicture().pixels)).toBe(0);
      show(errorMessage(0));
      await expect(sensor.capture(REQUEST, { signal })).rejects.toMatchObject({ code: 'WINBIO_E_DEVICE_FAILURE' });
    } finally {
      await close();
    }
  });

  test('that libfprint takes for too hot goes on in a new process, and nobody notices', async () => {
    const { sensor, link, show, close } = await virtualSensor(0);
    try {
      show(errorMessage(0x101));
      const waiting = sensor.capture(REQUEST, { signal });
      await new Promise<void>((resolve) => link.watch({ needed: resolve }));
      const before = link.pid;
      show(pictureMessage(fingerPicture()));
      expect((await waiting).kind).toBe('sample');
      expect(link.pid).not.toBe(before);
    } finally {
      await close();
    }
  });

  test('that is pulled ends what waits', async () => {
    const { sensor, show, close } = await virtualSensor(0);
    try {
      show(errorMessage(0x100));
      await expect(sensor.capture(REQUEST, { signal })).rejects.toMatchObject({ code: 'WINBIO_E_SENSOR_UNAVAILABLE' });
    } finally {
      await close();
    }
  });
});
