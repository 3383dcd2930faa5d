/** The message bus of the system, through the package `dbus-native`, which is loaded with the first connection. */

import { once } from 'node:events';
import type { MessageBus } from 'dbus-native';
import { BiometricError } from '../../core/biometric-error.ts';

/** The bus itself, as a sender and as a destination; nobody else can have this name. */
export const BUS_NAME = 'org.freedesktop.DBus';
/** Number of signals among the types of messages. D-Bus specification, "Message format". */
export const SIGNAL = 4;

/** Where the system bus is unless DBUS_SYSTEM_BUS_ADDRESS says otherwise. D-Bus specification, "Well-known message bus instances". */
const WELL_KNOWN_ADDRESS = 'unix:path=/run/dbus/system_bus_socket';

/**
 * Connects to the system bus, or to the bus at `address`; its loss is told by the event `close` of the connection. `onFault`
 * hears of messages that could not be answered; by default nobody. Rejects with WHORL_E_CONFIGURATION where `dbus-native` is
 * not installed, WHORL_E_CONNECTION_LOST where no bus answers.
 */
export async function openSystemBus(address?: string, onFault: (fault: Error) => void = () => {}): Promise<MessageBus> {
  const busAddress = address ?? process.env.DBUS_SYSTEM_BUS_ADDRESS ?? WELL_KNOWN_ADDRESS;
  const { createClient } = await import('dbus-native').catch((cause: unknown) => {
    const text = 'the message bus needs the package dbus-native; install it: npm i dbus-native';
    throw new BiometricError('WHORL_E_CONFIGURATION', text, { cause });
  });
  // A call may wait for a finger; those that must not say how long they wait.
  const bus = createClient({ busAddress, timeout: 0 });
  bus.connection.on('handlerError', onFault);
  try {
    await once(bus.connection, 'connect');
    // After this the connection closes by itself, and says so.
    bus.connection.on('error', onFault);
    await bus.getId();
    return bus;
  } catch (cause) {
    await bus.close();
    const text = `no message bus answers at ${busAddress}: is dbus-daemon installed, and does it run?`;
    throw new BiometricError('WHORL_E_CONNECTION_LOST', text, { cause });
  }
}
