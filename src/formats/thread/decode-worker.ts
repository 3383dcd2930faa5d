/** What the thread of a decoding runs: one file, then it is over. */

import { parentPort, workerData } from 'node:worker_threads';
import { toBiometricError } from '../../core/biometric-error.ts';
import { decodeImage } from '../decode-image.ts';
import type { AssumedResolution } from '../image/choose-resolution.ts';
import type { DecodeAnswer, DecodeTask } from './decode-task.ts';

const answer = decode(workerData as DecodeTask);
parentPort?.postMessage(answer, 'image' in answer ? [answer.image.pixels.buffer as ArrayBuffer] : []);

function decode({ bytes, options }: DecodeTask): DecodeAnswer {
  try {
    let assumed: AssumedResolution | undefined;
    const onAssumedResolution = (found: AssumedResolution) => {
      assumed = found;
    };
    const image = decodeImage(bytes, { ...options, onAssumedResolution });
    return { image, ...(assumed !== undefined && { assumed }) };
  } catch (thrown) {
    return { error: toBiometricError(thrown).serialize() };
  }
}
