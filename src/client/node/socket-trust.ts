/** Whether a socket that nobody named belongs to a service that this user can trust. As strict as sshd with its files. */

import { type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { MACHINE_ADDRESS } from '../../protocol/service-address.ts';

const WRITABLE_BY_OTHERS = 0o022;

/**
 * Why the service behind a socket is not to be trusted: the socket or its folder belongs to another user, or others may
 * replace it. Undefined when there is nothing against it, or the system has no such owners.
 */
export function distrustOf(address: string): string | undefined {
  const own = process.getuid?.();
  if (own === undefined) return undefined;
  const folder = statOf(dirname(address));
  const socket = statOf(address);
  // What is not there cannot be reached either.
  if (folder === undefined || socket === undefined) return undefined;
  const trusted = new Set([own, 0, ...machineOwner()]);
  for (const [path, { uid }] of [[dirname(address), folder] as const, [address, socket] as const]) {
    if (!trusted.has(uid)) return `${path} belongs to the user ${uid}`;
  }
  if ((folder.mode & WRITABLE_BY_OTHERS) !== 0) return `other users may change ${dirname(address)}`;
  return undefined;
}

/** Only root can make the folder of the machine's service, and has given it to whom it runs as. */
function machineOwner(): number[] {
  const folder = statOf(dirname(MACHINE_ADDRESS));
  return folder === undefined ? [] : [folder.uid];
}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}
