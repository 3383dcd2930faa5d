/** What fprintd tells on the bus, and its coming and going. */

import type { Message, MessageBus } from 'dbus-native';
import { FPRINT_NAME } from './fprint-interface.ts';
import { BUS_NAME, SIGNAL } from './system-bus.ts';

/** A signal of fprintd. */
export interface FprintdSignal {
  /** Of which object. */
  readonly path: string;
  /** Its name. */
  readonly member: string;
  /** What it tells. */
  readonly body: readonly unknown[];
}

/** Another program owns fprintd's name; unique names, empty for nobody. */
export interface OwnerChange {
  readonly before: string;
  readonly after: string;
}

/** Hears of it. */
export interface FprintdListener {
  told(signal: FprintdSignal): void;
  ownerChanged(change: OwnerChange): void;
}

/**
 * Listens until the connection ends. Anybody may send a signal to a connection, and put any interface and path on it: those
 * of the owner of fprintd's name alone are heard, or a stranger could say that a finger matches. Rejects with the error of
 * the bus.
 */
export async function watchFprintd(bus: MessageBus, listener: FprintdListener): Promise<void> {
  let owner = '';
  bus.connection.on('message', ({ type, sender, path, member, body }: Message) => {
    if (type !== SIGNAL || path === undefined || member === undefined || body === undefined) return;
    if (sender === BUS_NAME && member === 'NameOwnerChanged' && body[0] === FPRINT_NAME) {
      owner = String(body[2]);
      listener.ownerChanged({ before: String(body[1]), after: owner });
    } else if (sender === owner) listener.told({ path, member, body });
  });
  await bus.addMatch(`type='signal',sender='${BUS_NAME}',member='NameOwnerChanged',arg0='${FPRINT_NAME}'`);
  await bus.addMatch(`type='signal',sender='${FPRINT_NAME}'`);
  // Nobody owns the name while the bus has yet to start fprintd; then its change is told.
  if (await bus.nameHasOwner(FPRINT_NAME)) owner ||= await bus.getNameOwner(FPRINT_NAME);
}
