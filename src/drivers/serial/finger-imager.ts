/** What every module can do that hands out pictures, whatever it speaks. */

import type { BiometricError } from '../../core/biometric-error.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import type { RejectDetail } from '../../core/identifiers.ts';

/** What a module shows the person: touch now, that was good, that was bad, nothing. */
export type FingerLight = 'waiting' | 'good' | 'bad' | 'off';

/** A module that hands out pictures. Rejects with WINBIO_E_DEVICE_FAILURE, WINBIO_E_SENSOR_UNAVAILABLE. */
export interface FingerImager {
  /** The port. */
  readonly path: string;
  /** Its model, as a configuration names it. */
  readonly modelName: string;
  /** What the model is. */
  readonly model: { readonly manufacturer: string };
  /** Resolves when the line has ended, with the reason. */
  readonly ended: Promise<BiometricError>;
  /** Takes a picture of what is on the glass: undefined without a finger, else 0, or the detail of a bad touch. */
  takePicture(): Promise<RejectDetail | 0 | undefined>;
  /** The picture taken last; `progress` hears the share, 0 to 1. Rejects with WINBIO_E_CANCELED when aborted. */
  picture(signal?: AbortSignal, progress?: (share: number) => void): Promise<GreyImage>;
  /** Shows something, where it has a light. */
  light(shown: FingerLight): Promise<void>;
  /** Makes the line as fast as both ends can, and returns the rate. */
  hurry(): Promise<number>;
  /** Leaves it as it was found and closes the line; idempotent. Never rejects. */
  close(): Promise<void>;
}
