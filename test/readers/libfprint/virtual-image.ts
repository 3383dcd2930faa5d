/** Shows fingers to libfprint's virtual reader of pictures: `virtual_image` of Debian's build. */

import type { AdapterOptions, CaptureRequest, SensorAdapter } from '../../../src/adapters/sensor-adapter.ts';
import type { GreyImage } from '../../../src/core/grey-image.ts';
import type { Logger } from '../../../src/core/logger.ts';
import { synthesizeFinger } from '../../../src/fingerprint/synthesis/master-finger.ts';
import { synthesizeImpression } from '../../../src/fingerprint/synthesis/synthesize-impression.ts';
import { LibfprintSensor } from '../../../src/sensors/libfprint/libfprint-sensor.ts';
import { tellVirtual, virtualLink } from './virtual-storage.ts';

/** A picture as the driver takes it: width, height, pixels. */
export function pictureMessage({ widthPx, heightPx, pixels }: GreyImage): Uint8Array {
  return Buffer.concat([words(widthPx, heightPx), pixels]);
}

/** The touch ends with a reason to try again. libfprint: FpDeviceRetry. */
export const retryMessage = (reason: number): Uint8Array => words(-1, reason);

/** The reader reports an error. libfprint: FpDeviceError. */
export const errorMessage = (code: number): Uint8Array => words(-2, code);

/** One finger; always the same picture for the same seeds. */
export function fingerPicture(finger = 7, impression = 1): GreyImage {
  return synthesizeImpression(synthesizeFinger(finger), { seed: impression });
}

/** A virtual reader as a sensor. `fingers` good ones come, one a capture; one whose capture is canceled is still there. */
export async function virtualSensor(fingers: number, logger?: Logger) {
  const made = await virtualLink('FP_VIRTUAL_IMAGE', logger);
  const { link, socket } = made;
  const sensor = new LibfprintSensor(link);
  let left = fingers;
  const shown: Uint8Array[] = [];
  const capture = sensor.capture.bind(sensor);
  link.watch({
    needed: () => {
      const message = shown.shift() ?? (left > 0 ? pictureMessage(fingerPicture()) : undefined);
      if (message !== undefined) void tellVirtual(socket, message);
    },
  });
  const watched: SensorAdapter = Object.assign(sensor, {
    async capture(request: CaptureRequest, options: AdapterOptions) {
      const outcome = await capture(request, options);
      if (outcome.kind === 'sample') left -= 1;
      return outcome;
    },
  });
  return {
    sensor: watched,
    link,
    socket,
    show: (message: Uint8Array) => void shown.push(message),
    async close() {
      await sensor.close();
      await made[Symbol.asyncDispose]();
    },
  };
}

function words(...values: readonly number[]): Uint8Array {
  return new Uint8Array(Int32Array.from(values).buffer);
}
