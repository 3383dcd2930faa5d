/** `whorl doors ...`: the doors that the service watches. */

import { connect, type Door, type DoorState, type WhorlService } from '../../exports/whorl/index.ts';
import { EXIT_NO } from '../exit-codes.ts';
import { interruptSignal } from '../interruption.ts';
import { columns, print } from '../print.ts';
import type { ServiceCommandOptions } from '../service-command-options.ts';
import { weeklyHours } from './weekly-hours.ts';

/** Options of `doors set`. */
export interface DoorOptions extends ServiceCommandOptions {
  readonly reader: string;
  readonly group?: readonly string[];
  readonly hours?: readonly string[];
  readonly webhook?: readonly string[];
  readonly off?: boolean;
}

/** What a door says, in words. */
const ANSWERS: Readonly<Record<NonNullable<DoorState['last']>['kind'], string>> = {
  opened: 'opened',
  unknown: 'nobody that is known',
  'not-valid': 'may not now, or not here',
  rejected: 'no good sample',
  locked: 'locked after too many failures',
  failed: 'recognised, and what it should do did not work',
};

export async function listDoors(options: ServiceCommandOptions): Promise<void> {
  await using service = await to(options);
  const all = await service.doors.list();
  print(options.json, all, columns(all.map(rowOf)) || 'no doors: whorl doors set adds one');
}

export async function setDoor(name: string, options: DoorOptions): Promise<void> {
  const { reader, group, hours = [], webhook = [], off = false } = options;
  await using service = await to(options);
  const door: Door = {
    name,
    reader,
    ...(group && { groups: group }),
    ...(hours.length > 0 && { hours: hours.map(weeklyHours) }),
    actions: webhook.map((url) => ({ kind: 'webhook', url }) as const),
    enabled: !off,
  };
  const state = await service.doors.set(door);
  print(options.json, state, columns([rowOf(state)]));
}

/** Ends with 3 when there is no such door. */
export async function removeDoor(name: string, options: ServiceCommandOptions): Promise<void> {
  await using service = await to(options);
  const removed = await service.doors.remove(name);
  if (!removed) process.exitCode = EXIT_NO;
  print(options.json, { name, removed }, removed ? `${name} is removed` : `there is no door ${name}`);
}

export async function followDoor(name: string, options: ServiceCommandOptions): Promise<void> {
  await using service = await to(options);
  using interruption = interruptSignal();
  let shown = '';
  for await (const { door } of service.doors.follow(name, { signal: interruption.signal })) {
    const line = options.json === true ? JSON.stringify(door) : rowOf(door).slice(2).join('  ');
    if (line !== shown) process.stdout.write(`${line}\n`);
    shown = line;
  }
}

export async function doorSecret(options: ServiceCommandOptions): Promise<void> {
  await using service = await to(options);
  const secret = await service.doors.secret();
  print(options.json, { secret }, secret);
}

async function to({ address }: ServiceCommandOptions): Promise<WhorlService> {
  return await connect({ ...(address !== undefined && { address }) });
}

function rowOf({ name, title, state, last, undelivered }: DoorState): readonly string[] {
  const said =
    last === undefined ? '' : `${new Date(last.atMs).toLocaleTimeString()} ${last.name ?? ''} ${ANSWERS[last.kind]}`;
  return [name, `at ${title}`, state, said, undelivered === 0 ? '' : `${undelivered} not delivered yet`];
}
