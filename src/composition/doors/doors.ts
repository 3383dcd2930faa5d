/** The doors of a service: those of its configuration and those that were set since; and what is asked about them. */

import { z } from 'zod';
import { BiometricError } from '../../core/biometric-error.ts';
import type { Door, DoorState, DoorView } from '../../core/door.ts';
import type { Logger } from '../../core/logger.ts';
import { requireReaders } from '../../core/named-readers.ts';
import { S_OK } from '../../core/result-constants.ts';
import { requireRight } from '../../service/access/access.ts';
import { accountFor } from '../../service/access/account-for.ts';
import type { Audit } from '../../service/access/audit.ts';
import { isPrivileged, type Principal } from '../../service/access/principal.ts';
import type { Service } from '../../service/service.ts';
import { DOOR_SCHEMA } from '../configuration/schema/door-schema.ts';
import type { Extension } from '../connection/extensions.ts';
import { readQuestion } from '../connection/read-question.ts';
import type { Residents } from '../residents/residents.ts';
import { DoorWatch, type DoorWatchParts } from './door-watch.ts';
import { type DoorsFile, readDoors, writeDoors } from './stored-doors.ts';

/** What doors need. */
export interface DoorsParts
  extends Pick<DoorWatchParts, 'service' | 'folder' | 'secretOf' | 'shownAs' | 'write' | 'sid'> {
  readonly service: Service;
  readonly residents: Residents;
  readonly logger: Logger;
  readonly audit: Audit;
  /** Doors of the configuration, which are changed there. */
  readonly configured: readonly Door[];
  /** Where others are kept; undefined for state in memory. */
  readonly file: DoorsFile | undefined;
}

const name = z.string().max(256);
const QUESTION = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('list') }),
  z.strictObject({ kind: z.literal('set'), door: DOOR_SCHEMA }),
  z.strictObject({ kind: z.literal('remove'), name }),
  z.strictObject({ kind: z.literal('follow'), name, number: z.int().min(0) }),
  z.strictObject({ kind: z.literal('secret') }),
]);

export class Doors implements AsyncDisposable {
  readonly #parts: DoorsParts;
  readonly #watched = new Map<string, DoorWatch>();
  #stored: readonly Door[] = [];
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(parts: DoorsParts) {
    this.#parts = parts;
  }

  /** Begins to watch. Throws WHORL_E_CONFIGURATION when the file of doors is damaged. */
  start(): void {
    const { configured, file } = this.#parts;
    const names = new Set(configured.map((door) => door.name));
    this.#stored = readDoors(file).filter((door) => !names.has(door.name));
    for (const door of configured) this.#watch(door, true);
    for (const door of this.#stored) this.#watch(door, false);
  }

  /** Answers the client that shows and changes them. */
  readonly extension: Extension = async (body, principal) => {
    const question = readQuestion('doors', QUESTION, body);
    switch (question.kind) {
      case 'list':
        requireRight('people', principal);
        return this.#list();
      case 'follow':
        return await this.#follow(question.name, question.number, principal);
      case 'set':
        requireRight('set-up', principal);
        return await this.#alone(() => this.#set(question.door as Door, principal));
      case 'remove':
        requireRight('set-up', principal);
        return await this.#alone(() => this.#remove(question.name, principal));
      case 'secret':
        requireRight('set-up', principal);
        return this.#parts.secretOf();
      default:
        return question satisfies never;
    }
  };

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lastChange.catch(() => undefined);
    await Promise.all([...this.#watched.values()].map((watch) => watch[Symbol.asyncDispose]()));
    this.#watched.clear();
  }

  #list(): readonly DoorState[] {
    const states = [...this.#watched.values()].map((watch) => watch.state);
    return states.sort((a, b) => a.name.localeCompare(b.name));
  }

  /** A screen follows its own door; those who look after people follow any. */
  async #follow(wanted: string, number: number, principal: Principal): Promise<DoorView> {
    if (principal.screen !== wanted) requireRight('people', principal);
    const watch = this.#watched.get(wanted);
    if (watch === undefined) throw this.#unknown(wanted, principal);
    await watch.changes.after(number);
    return { number: watch.changes.number, door: forViewer(watch.state, principal) };
  }

  async #set(door: Door, principal: Principal): Promise<DoorState> {
    if (this.#watched.get(door.name)?.configured === true) throw ofFile(door.name);
    const programs = door.actions.some(({ kind }) => kind !== 'webhook');
    if (programs) {
      const text = 'doors: door.actions: commands and modules are for the configuration file alone; give webhooks';
      throw new BiometricError('E_INVALIDARG', text);
    }
    const { service } = this.#parts;
    requireReaders([door.reader], service.activity, service.readerNames);
    await this.#changed('set-door', principal, [
      ...this.#stored.filter(({ name: other }) => other !== door.name),
      door,
    ]);
    await this.#watched.get(door.name)?.[Symbol.asyncDispose]();
    return this.#watch(door, false).state;
  }

  async #remove(wanted: string, principal: Principal): Promise<boolean> {
    const watch = this.#watched.get(wanted);
    if (watch === undefined) return false;
    if (watch.configured) throw ofFile(wanted);
    await this.#changed(
      'remove-door',
      principal,
      this.#stored.filter(({ name: other }) => other !== wanted),
    );
    this.#watched.delete(wanted);
    await watch[Symbol.asyncDispose]();
    return true;
  }

  async #changed(action: string, { sid }: Principal, doors: readonly Door[]): Promise<void> {
    await accountFor(this.#parts.audit, { action, sid, hresult: S_OK }, () => writeDoors(this.#parts.file, doors));
    this.#stored = doors;
  }

  #watch(door: Door, configured: boolean): DoorWatch {
    const { residents, sid, ...parts } = this.#parts;
    const client = residents.connect({ sid, administrator: true, mayEnroll: false, remote: false });
    const watch = new DoorWatch(door, configured, { ...parts, sid, client });
    this.#watched.set(door.name, watch);
    return watch;
  }

  /** One change at a time. */
  async #alone<T>(change: () => Promise<T>): Promise<T> {
    const next = this.#lastChange.catch(() => undefined).then(change);
    this.#lastChange = next;
    return await next;
  }

  #unknown(wanted: string, principal: Principal): BiometricError {
    const there = isPrivileged(principal) ? `; there are ${[...this.#watched.keys()].join(', ') || 'none'}` : '';
    return new BiometricError('E_INVALIDARG', `there is no door named ${wanted}${there}`);
  }
}

/** What a door does is not for the screen beside it. */
function forViewer(state: DoorState, principal: Principal): DoorState {
  return isPrivileged(principal) ? state : { ...state, actions: [] };
}

function ofFile(wanted: string): BiometricError {
  return new BiometricError('E_INVALIDARG', `the door ${wanted} is one of the configuration file: change it there`);
}
