/** Where the image of a finger comes from. */

import type { GreyImage } from '../core/grey-image.ts';

/**
 * An image, or a function that makes one when a finger is presented. A function that throws or rejects fails the
 * capture: with the code of a BiometricError, else with WINBIO_E_DEVICE_FAILURE.
 */
export type ImageSource = GreyImage | (() => GreyImage | Promise<GreyImage>);
