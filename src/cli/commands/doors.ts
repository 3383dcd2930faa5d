/** Commands about doors. */

import { command } from '../command-entry.ts';
import type { DoorOptions } from '../doors/doors.ts';
import { hoursRule } from '../doors/weekly-hours.ts';
import type { ServiceCommandOptions } from '../service-command-options.ts';
import { freeText } from '../value-rules.ts';
import { ADDRESS, JSON_OUT } from './options.ts';

const GROUP = 'people and places';
const NAME = 'name of the door';

export const DOOR_COMMANDS = [
  command({
    name: 'doors',
    group: GROUP,
    description: 'the doors that the service watches: what they say, and what is not delivered yet',
    options: [ADDRESS, JSON_OUT],
    examples: ['whorl doors'],
    run: async (options: ServiceCommandOptions) => (await import('../doors/doors.ts')).listDoors(options),
  }),
  command({
    name: 'doors set',
    group: GROUP,
    description: 'add a door, or change the one of that name; administrators only',
    arguments: [['<name>', NAME, freeText]],
    options: [
      ['--reader <name>', 'required: its reader, by its name in the configuration', freeText],
      ['--group <names...>', 'groups whose members it opens for (default: everybody)', freeText],
      ['--hours <hours...>', "when it opens, such as '1-5 08:00-18:00' (default: always)", hoursRule],
      ['--webhook <urls...>', 'addresses that are asked to open, over HTTP', freeText],
      ['--off', 'keep it, and do not watch it'],
      ADDRESS,
      JSON_OUT,
    ],
    examples: ["whorl doors set Main --reader front --group Staff --hours '1-5 08:00-18:00'"],
    run: async (name: string, options: DoorOptions) => (await import('../doors/doors.ts')).setDoor(name, options),
  }),
  command({
    name: 'doors remove',
    group: GROUP,
    description: 'remove a door; administrators only',
    arguments: [['<name>', NAME, freeText]],
    options: [ADDRESS, JSON_OUT],
    examples: ['whorl doors remove Main'],
    run: async (name: string, options: ServiceCommandOptions) =>
      (await import('../doors/doors.ts')).removeDoor(name, options),
  }),
  command({
    name: 'doors follow',
    group: GROUP,
    description: 'print what a door says, as it says it',
    arguments: [['<name>', NAME, freeText]],
    options: [ADDRESS, JSON_OUT],
    examples: ['whorl doors follow Main'],
    run: async (name: string, options: ServiceCommandOptions) =>
      (await import('../doors/doors.ts')).followDoor(name, options),
  }),
  command({
    name: 'doors secret',
    group: GROUP,
    description: 'print what webhooks are signed with; administrators only',
    options: [ADDRESS, JSON_OUT],
    examples: ['whorl doors secret'],
    run: async (options: ServiceCommandOptions) => (await import('../doors/doors.ts')).doorSecret(options),
  }),
];
