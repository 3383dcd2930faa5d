/** Rules for udev that let a group use the readers, made from libfprint's own table. */

import type { FoundReader } from './found-readers.ts';
import type { KnownIds } from './supported-ids.ts';

/** The group that Whorl's service belongs to. */
export const READER_GROUP = 'whorl';

/** Where an administrator puts them. */
export const RULES_FILE = '/etc/udev/rules.d/70-whorl-readers.rules';

/** How somebody comes to use a reader whose device file is not open to them. */
export function accessRemedy({ node = '' }: FoundReader): string {
  return `this user may not use it; run: whorl readers udev | sudo tee ${RULES_FILE}; sudo udevadm control --reload; sudo udevadm trigger --settle ${node}, and add the user to the group ${READER_GROUP}`;
}

/** One line for each reader that has a driver; `group` gets its device file. */
export function udevRules(known: KnownIds, group: string = READER_GROUP): string {
  const lines = [
    `# Readers that libfprint drives, for the group ${group}. Made by: whorl readers udev`,
    `# groupadd --system ${group}; udevadm control --reload; udevadm trigger`,
  ];
  for (const [id, { driver }] of [...known].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (driver === undefined) continue;
    const [vendor, product] = id.split(':');
    const match = `SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ATTR{idVendor}=="${vendor}", ATTR{idProduct}=="${product}"`;
    lines.push(`${match}, GROUP="${group}", MODE="0660"`);
  }
  lines.push(`SUBSYSTEM=="spidev", GROUP="${group}", MODE="0660"`, '');
  return lines.join('\n');
}
