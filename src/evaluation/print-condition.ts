/** In what condition the prints of a data set are compared: as they are, damaged, or as small sensors see them. */

import type { GreyImage } from '../core/grey-image.ts';
import { cropImage } from './crop-image.ts';
import { DAMAGE_KINDS, damageImage } from './damage/damage-image.ts';
import type { PrintConditionName } from './print-condition-names.ts';

/** What is done to an image; `number` tells the images of all data sets apart, and seeds the random numbers. */
export type Alteration = (image: GreyImage, number: number) => GreyImage;

/** What is done to the prints of either side. */
export interface PrintCondition {
  readonly probe: Alteration;
  readonly reference: Alteration;
  /**
   * Samples that the engine refuses count as misses, as the FVC protocol has it; elsewhere they are compared, since the
   * question is what comparison makes of them.
   */
  readonly refusedIsMissed?: boolean;
}

const whole: Alteration = (image) => image;
const damaged: Alteration = (image, number) => damageImage(image, damageKindOf(number), 1 + number);
const crop =
  (sidePx: number): Alteration =>
  (image, number) =>
    cropImage(image, sidePx, 1 + number);
const crop8 = crop(157);
const crop10 = crop(197);

/** Every condition by its name. Where both sides are alike each pair is compared once, elsewhere both ways. */
export const PRINT_CONDITIONS = {
  clean: { probe: whole, reference: whole, refusedIsMissed: true },
  damaged: { probe: damaged, reference: whole },
  '10mm': { probe: crop10, reference: crop10 },
  '8mm': { probe: crop8, reference: crop8 },
  '8mm-whole': { probe: crop8, reference: whole },
} as const satisfies Record<PrintConditionName, PrintCondition>;

/** Which damage an image of the condition `damaged` has. */
export function damageKindOf(number: number) {
  return DAMAGE_KINDS[number % DAMAGE_KINDS.length]!;
}
