/** What other systems are told when a door opens. */

import type { Door } from '../../core/door.ts';
import type { RecognisedPerson } from '../../core/person.ts';

/** How long a message may open a door, milliseconds: nobody waits longer, and nobody is there later. */
export const DOOR_MESSAGE_MS = 10_000;

/** The body of a webhook, the standard input of a command, the argument of a module. */
export interface DoorMessage {
  /** Tells messages apart. */
  readonly type: 'door.opened';
  /** The same at each attempt. */
  readonly id: string;
  /** Name of the door. */
  readonly door: string;
  /** Name of its reader. */
  readonly reader: string;
  /** Name of its reader to show. */
  readonly title: string;
  /** When somebody was recognised, ISO 8601, UTC. */
  readonly at: string;
  /** From when on nothing is to be opened, ISO 8601, UTC. */
  readonly expires: string;
  /** Who was recognised; absent for an identity that is in no directory. */
  readonly person?: Pick<RecognisedPerson, 'identity' | 'name' | 'number' | 'groups'>;
}

/** The message of an opening. */
export function doorMessage(
  { name, reader }: Pick<Door, 'name' | 'reader'>,
  { id, title, atMs, person }: { id: string; title: string; atMs: number; person: RecognisedPerson | undefined },
): DoorMessage {
  const { identity, name: who, number, groups } = person ?? {};
  return {
    type: 'door.opened',
    id,
    door: name,
    reader,
    title,
    at: new Date(atMs).toISOString(),
    expires: new Date(atMs + DOOR_MESSAGE_MS).toISOString(),
    ...(identity !== undefined &&
      who !== undefined && {
        person: { identity, name: who, groups: groups ?? [], ...(number !== undefined && { number }) },
      }),
  };
}
