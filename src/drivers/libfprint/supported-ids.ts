/** Which USB ids libfprint knows: its own table, as it is installed, so that it is that of the installed version. */

import { readFile } from 'node:fs/promises';

/** What libfprint says of an id. */
export type KnownId = { readonly driver: string } | { readonly driver?: undefined };

/** By vendor and product, as `05ba:000a`; without a driver for readers that are known and have no free one. */
export type KnownIds = ReadonlyMap<string, KnownId>;

/** Where Debian's libfprint keeps it; systemd has brought one of its own since. */
const FILES = ['60-autosuspend-libfprint-2.hwdb', '60-autosuspend-fingerprint-reader.hwdb'];
const FOLDERS = ['/usr/lib/udev/hwdb.d', '/lib/udev/hwdb.d', '/etc/udev/hwdb.d'];

/** Reads the table; undefined where none is installed. */
export async function knownIds(): Promise<KnownIds | undefined> {
  for (const folder of FOLDERS) {
    for (const file of FILES) {
      const text = await readFile(`${folder}/${file}`, 'utf8').catch(() => undefined);
      if (text !== undefined) return parseKnownIds(text);
    }
  }
  return undefined;
}

/** Sections that begin `# Supported by libfprint driver elan` or `# Known unsupported devices`, with a line an id. */
export function parseKnownIds(text: string): KnownIds {
  const known = new Map<string, KnownId>();
  let section: KnownId | undefined;
  for (const line of text.split('\n')) {
    const driver = /^# Supported by libfprint driver (\S+)/.exec(line)?.[1];
    if (driver !== undefined) section = { driver };
    else if (/^# Known unsupported/.test(line)) section = {};
    const [, vendor, product] = /^usb:v([\dA-F]{4})p([\dA-F]{4})/i.exec(line) ?? [];
    if (section && vendor && product) known.set(`${vendor}:${product}`.toLowerCase(), section);
  }
  return known;
}
