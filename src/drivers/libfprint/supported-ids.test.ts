/** What libfprint's table says of readers, and the rules for udev that are made of it. */

import { expect, test } from 'vitest';
import { parseKnownIds } from './supported-ids.ts';
import { udevRules } from './udev-rules.ts';

const TABLE = `# This file has been generated using fprint-list-udev-hwdb with all drivers enabled

# Supported by libfprint driver uru4000
usb:v05BAp000A*
usb:v045Ep00BC*
 ID_AUTOSUSPEND=1
 ID_PERSIST=0

# Known unsupported devices
usb:v04E8p730B*
 ID_AUTOSUSPEND=1
`;

test('a table has readers with their drivers, and readers without', () => {
  const known = parseKnownIds(TABLE);
  expect([...known]).toEqual([
    ['05ba:000a', { driver: 'uru4000' }],
    ['045e:00bc', { driver: 'uru4000' }],
    ['04e8:730b', {}],
  ]);
});

test('rules give readers that have a driver to a group, and no other device', () => {
  const rules = udevRules(parseKnownIds(TABLE), 'kiosk').split('\n');
  expect(rules.filter((line) => line.startsWith('SUBSYSTEM=="usb"'))).toEqual([
    'SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ATTR{idVendor}=="045e", ATTR{idProduct}=="00bc", GROUP="kiosk", MODE="0660"',
    'SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ATTR{idVendor}=="05ba", ATTR{idProduct}=="000a", GROUP="kiosk", MODE="0660"',
  ]);
});
