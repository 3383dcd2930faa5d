/** The reset of a USB device, which revives a reader that only replugging would. */

import { closeSync, constants, openSync } from 'node:fs';
import type { HelperStart } from '../helper-messages.ts';

/** `_IO('U', 20)`. Linux: usbdevice_fs.h. */
const USBDEVFS_RESET = 0x55_14;

/** Resets it; says whether the kernel did. */
export async function resetUsb({ bus, device }: NonNullable<HelperStart['usb']>): Promise<boolean> {
  const { default: koffi } = await import('koffi');
  const number = (value: number) => String(value).padStart(3, '0');
  const file = openSync(`/dev/bus/usb/${number(bus)}/${number(device)}`, constants.O_WRONLY);
  try {
    return koffi.load(null).func('int ioctl(int, unsigned long, int)')(file, USBDEVFS_RESET, 0) === 0;
  } finally {
    closeSync(file);
  }
}
