/**
 * The readers that are plugged in, found without touching them: drivers that are asked for their readers talk to every one,
 * also to one that another process works with.
 */

import { accessSync, constants } from 'node:fs';
import { opendir, readFile } from 'node:fs/promises';
import { type DriverSettings, settingsOf } from './driver-settings.ts';
import type { HelperStart } from './helper-messages.ts';
import { type KnownIds, knownIds } from './supported-ids.ts';

/** A reader that is plugged in. */
export interface FoundReader {
  /** Names it across restarts: as a plug-and-play path does. */
  readonly deviceInstanceId: string;
  /** The driver of libfprint; absent for one that has no free driver. */
  readonly driver?: string;
  readonly manufacturer: string;
  readonly product: string;
  readonly serialNumber: string;
  /** Vendor and product, as `05ba:000a`; absent for one that is not on USB. */
  readonly usbId?: string;
  /** Where it is now. */
  readonly usb?: NonNullable<HelperStart['usb']>;
  /** Its device file; absent for virtual ones. */
  readonly node?: string;
}

/** One that has a driver. */
export type DrivenReader = FoundReader & { readonly driver: string };

const USB_DEVICES = '/sys/bus/usb/devices';
const SPI_DEVICES = '/sys/class/spidev';

/** Virtual readers of libfprint, by the variable that makes one. */
const VIRTUAL_DRIVERS = {
  FP_VIRTUAL_IMAGE: 'virtual_image',
  FP_VIRTUAL_DEVICE: 'virtual_device',
  FP_VIRTUAL_DEVICE_STORAGE: 'virtual_device_storage',
} as const;

/** Readers of fingers that libfprint knows, by their device path; `known` is its table. Never rejects. */
export async function foundReaders(known?: KnownIds): Promise<readonly FoundReader[]> {
  const ids = known ?? (await knownIds()) ?? new Map();
  const found = [...(await onUsb(ids)), ...(await onSpi()), ...virtualReaders()];
  return named(found);
}

/** True when the reader has a driver. */
export function isDriven(found: FoundReader): found is DrivenReader {
  return found.driver !== undefined;
}

/** True when this process may use the reader. */
export function isPermitted({ node }: FoundReader): boolean {
  if (node === undefined) return true;
  try {
    accessSync(node, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** A reader in words. */
export function describeReader({ manufacturer, product, driver }: FoundReader): string {
  const settings: DriverSettings | undefined = driver === undefined ? undefined : settingsOf(driver);
  const own = [manufacturer, product].filter((word) => word !== '').join(' ');
  return own || settings?.family || 'fingerprint reader';
}

async function onUsb(ids: KnownIds): Promise<FoundReader[]> {
  const found: FoundReader[] = [];
  for (const name of await namesIn(USB_DEVICES)) {
    const read = async (file: string) => await textOf(`${USB_DEVICES}/${name}/${file}`);
    const [vendor, productId] = [await read('idVendor'), await read('idProduct')];
    const known = ids.get(`${vendor}:${productId}`);
    if (known === undefined) continue;
    const usb = { bus: Number(await read('busnum')), device: Number(await read('devnum')) };
    const number = (value: number) => String(value).padStart(3, '0');
    const serialNumber = await read('serial');
    found.push({
      deviceInstanceId: `USB\\VID_${vendor.toUpperCase()}&PID_${productId.toUpperCase()}\\${serialNumber || name}`,
      ...(known.driver !== undefined && { driver: known.driver }),
      manufacturer: await read('manufacturer'),
      product: await read('product'),
      serialNumber,
      usbId: `${vendor}:${productId}`,
      usb,
      node: `/dev/bus/usb/${number(usb.bus)}/${number(usb.device)}`,
    });
  }
  return found;
}

/** Any SPI device that programs may use might be a reader: libfprint alone tells, by the names of its firmware. */
async function onSpi(): Promise<FoundReader[]> {
  const names = await namesIn(SPI_DEVICES);
  return names.map((name) => ({
    deviceInstanceId: `SPI\\${name.toUpperCase()}`,
    driver: 'elanspi',
    manufacturer: '',
    product: '',
    serialNumber: '',
    node: `/dev/${name}`,
  }));
}

function virtualReaders(): FoundReader[] {
  return Object.entries(VIRTUAL_DRIVERS).flatMap(([variable, driver]) =>
    process.env[variable] === undefined
      ? []
      : [
          {
            deviceInstanceId: `LIBFPRINT\\${driver.toUpperCase()}`,
            driver,
            manufacturer: 'libfprint',
            product: driver,
            serialNumber: '',
          },
        ],
  );
}

/** Readers of one model may have one serial number; then their place tells them apart. */
function named(found: readonly FoundReader[]): readonly FoundReader[] {
  const sorted = found.toSorted((a, b) => (a.deviceInstanceId < b.deviceInstanceId ? -1 : 1));
  return sorted.map((each) => {
    const same = sorted.filter(({ deviceInstanceId }) => deviceInstanceId === each.deviceInstanceId);
    if (same.length === 1 || each.usb === undefined) return each;
    return { ...each, deviceInstanceId: `${each.deviceInstanceId}&${each.usb.bus}-${each.usb.device}` };
  });
}

/** Names in a folder; none when it is not there. */
async function namesIn(folder: string): Promise<readonly string[]> {
  const names: string[] = [];
  try {
    // Not readdir, which goes past the players of recordings.
    for await (const { name } of await opendir(folder)) names.push(name);
  } catch {
    return [];
  }
  return names.sort();
}

/** Text of an attribute; empty when it is not there. */
async function textOf(file: string): Promise<string> {
  return (await readFile(file, 'utf8').catch(() => '')).trim();
}
