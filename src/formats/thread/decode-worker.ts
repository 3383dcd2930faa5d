/** What the thread of a decoding runs: one file, then it is over. */

import { parentPort, workerData } from 'node:worker_threads';
import { type SerializedBiometricError, toBiometricError } from '../../core/biometric-error.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { decodeImage } from '../decode-image.ts';
import type { AssumedResolution } from '../image/choose-resolution.ts';
import type { ChosenImageOptions } from '../image/image-limits.ts';

/** What the thread is given. */
export interface DecodeTask {
  readonly bytes: Uint8Array;
  readonly options: Omit<ChosenImageOptions, 'onAssumedResolution'>;
}

/** What comes back: errors as data, because a thrown one would lose its code on the way. */
export type DecodeAnswer =
  | { readonly image: GreyImage; readonly assumed?: AssumedResolution }
  | { readonly error: SerializedBiometricError };

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
