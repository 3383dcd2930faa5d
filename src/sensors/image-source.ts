/** Where the image of a finger comes from. */

import type { GreyImage } from '../core/grey-image.ts';

/** An image, or something that makes one when a finger is presented. */
export type ImageSource = GreyImage | (() => GreyImage | Promise<GreyImage>);
