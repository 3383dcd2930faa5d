/** Who calls over the bus, and what it may do: the rules that every client of the service has, and those of polkit beside them. */

import type { Message, MessageBus } from 'dbus-native';
import { findUser } from '../../composition/accounts/find-user.ts';
import { readUserDatabase } from '../../composition/accounts/user-database.ts';
import { type OwnerIdentity, sidIdentity } from '../../core/identity.ts';
import type { Logger } from '../../core/logger.ts';
import { unixUserSid } from '../../core/sid.ts';
import { askPolkit, type FprintdPermission, fprintdAction } from '../../drivers/fprintd/polkit.ts';
import { BUS_NAME, SIGNAL } from '../../drivers/fprintd/system-bus.ts';
import { isPrivileged, type Principal } from '../../service/access/principal.ts';
import { FprintFault, fprintFault } from './fprint-fault.ts';

/** What a call does. */
export type FprintAction = 'verify' | 'enroll';

/** A client of the bus, let in for one call. */
export interface FprintCaller {
  readonly principal: Principal;
  /** The account that the call is about; undefined for a name that no account has. */
  readonly owner: OwnerIdentity | undefined;
}

/** What a client asks for. */
interface Asked {
  /** For a user that is not its own account. */
  readonly isOther: boolean;
  /** One of these is enough. */
  readonly anyOf: readonly FprintAction[];
}

/** What callers are judged by. */
export interface FprintCallersParts {
  readonly bus: MessageBus;
  /** What an account may do. Rejects with E_ACCESSDENIED for one that is not let in. */
  readonly admit: (uid: number) => Promise<Principal>;
  /** Whether polkit has to agree. */
  readonly polkit: boolean;
  readonly logger: Logger;
}

const BUS = { destination: BUS_NAME, path: '/org/freedesktop/DBus', interface: BUS_NAME };

export class FprintCallers {
  readonly #parts: FprintCallersParts;

  constructor(parts: FprintCallersParts) {
    this.#parts = parts;
  }

  /**
   * Lets a client in that wants one of these actions for a user; an empty name is its own account. Who may enroll, and who
   * may name others, is decided by polkit where it is asked, which knows who sits at the machine and asks for passwords;
   * else by the rules of access. Rejects with PermissionDenied.
   */
  async admit(sender: string, userName: string, anyOf: readonly FprintAction[]): Promise<FprintCaller> {
    const uid = await this.#uidOf(sender);
    const principal = await this.#parts.admit(uid).catch((thrown: unknown) => {
      throw fprintFault(thrown);
    });
    const isOther = !(await isNameOf(userName, uid));
    const granted = this.#parts.polkit
      ? await this.#grantedByPolkit(sender, principal, { isOther, anyOf })
      : grantedByRules(principal, { isOther, anyOf });
    // Who may not name others does not make the service look for them, either.
    const owner = isOther ? await findUser(userName) : uid;
    return { principal: granted, owner: owner === undefined ? undefined : sidIdentity(unixUserSid(owner)) };
  }

  /** Resolves when the client leaves the bus, at once when it has; until then it holds a rule on the bus. */
  async untilGone(sender: string, signal: AbortSignal): Promise<void> {
    const { bus } = this.#parts;
    const rule = `type='signal',sender='${BUS_NAME}',interface='${BUS_NAME}',member='NameOwnerChanged',arg0='${sender}'`;
    const { promise, resolve } = Promise.withResolvers<void>();
    // Anybody may send a signal of this name; what the bus itself says counts.
    const told = ({ type, sender: from, member, body: [name, , owner] = [] }: Message) => {
      if (type !== SIGNAL || from !== BUS_NAME || member !== 'NameOwnerChanged') return;
      if (name === sender && owner === '') resolve();
    };
    bus.connection.on('message', told);
    signal.addEventListener('abort', () => resolve(), { once: true });
    try {
      await using _watching = await bus.watch(rule);
      // It may have left before the rule was there.
      await this.#uidOf(sender).catch(() => resolve());
      await promise;
    } catch {
      // The bus itself is gone, and all clients with it.
    } finally {
      bus.connection.off('message', told);
    }
  }

  async #uidOf(sender: string): Promise<number> {
    const { bus } = this.#parts;
    const question = { ...BUS, member: 'GetConnectionUnixUser', signature: 's', body: [sender] };
    const uid: unknown = await bus.invoke(question).catch((cause: unknown) => {
      throw new FprintFault('permissionDenied', 'the bus does not say who this is', { cause });
    });
    if (typeof uid === 'number') return uid;
    throw denied('the bus does not say who this is');
  }

  /** The account stays the one that asks. */
  async #grantedByPolkit(sender: string, principal: Principal, { isOther, anyOf }: Asked): Promise<Principal> {
    if (isOther) await this.#askPolkit(sender, ['setusername']);
    await this.#askPolkit(sender, anyOf);
    return { ...principal, mayEnroll: true, ...(isOther && { administrator: true }) };
  }

  /** One of the actions is enough. */
  async #askPolkit(sender: string, anyOf: readonly FprintdPermission[]): Promise<void> {
    for (const permission of anyOf) if (await this.#isAuthorized(sender, permission)) return;
    throw denied(`polkit does not allow ${anyOf.join(' or ')}`);
  }

  async #isAuthorized(client: string, permission: FprintdPermission): Promise<boolean> {
    const { bus, logger } = this.#parts;
    const answer = await askPolkit(bus, { client, permission, mayAskPerson: true }).catch((thrown: unknown) => {
      logger.warn('polkit does not answer', { action: fprintdAction(permission), reason: String(thrown) });
      return 'no';
    });
    return answer === 'yes';
  }
}

/** Whether a name is that of an account; an empty one is. */
async function isNameOf(userName: string, uid: number): Promise<boolean> {
  if (userName === '') return true;
  const listed = (await readUserDatabase()).userName(uid);
  return listed === undefined ? (await findUser(userName)) === uid : listed === userName;
}

/** Throws PermissionDenied for what the account may not. */
function grantedByRules(principal: Principal, { isOther, anyOf }: Asked): Principal {
  if (isOther && !isPrivileged(principal)) throw denied('only administrators may ask for other users');
  const mayEnroll = principal.mayEnroll || isPrivileged(principal);
  if (!anyOf.includes('verify') && !mayEnroll) throw denied('the account may not enroll (access.enroll)');
  return principal;
}

function denied(text: string): FprintFault {
  return new FprintFault('permissionDenied', text);
}
