/** polkit, which says what a client of the bus may do at fprintd. Source: polkit reference, org.freedesktop.PolicyKit1.Authority. */

import type { MessageBus } from 'dbus-native';

/** What can be allowed; the names of fprintd's actions behind `net.reactivated.fprint.device.`. */
export type FprintdPermission = 'verify' | 'enroll' | 'setusername';

/** What is asked. */
export interface PolkitQuestion {
  /** Name of the client on the bus. */
  readonly client: string;
  readonly permission: FprintdPermission;
  /** Whether polkit may ask the person at the screen for a password first. */
  readonly mayAskPerson: boolean;
}

/** Whether it is allowed; `ask`: it is if the person at the screen gives a password. */
export type PolkitAnswer = 'yes' | 'no' | 'ask';

const AUTHORITY = {
  destination: 'org.freedesktop.PolicyKit1',
  path: '/org/freedesktop/PolicyKit1/Authority',
  interface: 'org.freedesktop.PolicyKit1.Authority',
};

/** CheckAuthorizationFlags: polkit may ask the person. */
const ALLOW_USER_INTERACTION = 1;

/** The name of an action of fprintd. */
export function fprintdAction(permission: FprintdPermission): string {
  return `net.reactivated.fprint.device.${permission}`;
}

/** Asks polkit. Rejects with the error of the bus where none answers. */
export async function askPolkit(bus: MessageBus, question: PolkitQuestion): Promise<PolkitAnswer> {
  const { client, permission, mayAskPerson } = question;
  const subject = ['system-bus-name', [['name', ['s', client]]]];
  const flags = mayAskPerson ? ALLOW_USER_INTERACTION : 0;
  const body = [subject, fprintdAction(permission), [], flags, ''];
  const signature = '(sa{sv})sa{ss}us';
  const answer: unknown = await bus.invoke({ ...AUTHORITY, member: 'CheckAuthorization', signature, body });
  const [isAuthorized, isChallenge] = Array.isArray(answer) ? answer : [];
  if (isAuthorized === true) return 'yes';
  return isChallenge === true ? 'ask' : 'no';
}
