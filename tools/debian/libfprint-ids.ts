/** USB ids of libfprint's drivers, in the shape that rules for udev are made of. */

import type { KnownIds } from '../../src/drivers/libfprint/supported-ids.ts';
import { LIBFPRINT_USB_IDS } from '../docs/libfprint-usb-ids.ts';

/** By vendor and product, as `05ba:000a`. The package is the same wherever it is built, so that the table is the repository's. */
export function libfprintIds(): KnownIds {
  const known = new Map<string, { readonly driver: string }>();
  for (const [driver, vendors] of Object.entries(LIBFPRINT_USB_IDS)) {
    for (const vendor of vendors.split('; ')) {
      const [id = '', products = ''] = vendor.split(': ');
      for (const product of products.split(' ')) known.set(`${id}:${product}`, { driver });
    }
  }
  return known;
}
