/** What goes to the thread of a decoding, and what comes back. */

import type { SerializedBiometricError } from '../../core/biometric-error.ts';
import type { GreyImage } from '../../core/grey-image.ts';
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
