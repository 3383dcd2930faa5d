/** Names of accounts and groups of Windows, local ones and those of a domain. */

import { sidFromBytes, sidToBytes } from '../../core/sid.ts';
import { requireWin32 } from './win32.ts';

/** A name, as `DOMAIN\name` has it. */
export interface AccountName {
  readonly name: string;
  /** The domain, the computer of a local account, or an authority such as `NT AUTHORITY`. */
  readonly domain: string;
}

/** Longest name of an account or a domain with its end, characters; longest SID, bytes. */
const NAME_CHARACTERS = 512;
const SID_BYTES = 68;

/** The name of a SID; undefined when no account has it. Throws WHORL_E_CONFIGURATION without koffi. */
export function nameOfSid(sid: string): AccountName | undefined {
  const calls = requireWin32('names of accounts');
  const [name, domain] = [new Uint8Array(2 * NAME_CHARACTERS), new Uint8Array(2 * NAME_CHARACTERS)];
  const [nameLength, domainLength] = [[NAME_CHARACTERS], [NAME_CHARACTERS]];
  const found = calls.LookupAccountSidW(null, sidToBytes(sid), name, nameLength, domain, domainLength, [0]);
  return found ? { name: textOf(name, nameLength), domain: textOf(domain, domainLength) } : undefined;
}

/**
 * The SID of `name` or `DOMAIN\name`; undefined when there is none. A domain may take seconds to answer, in a thread of its
 * own. Rejects with WHORL_E_CONFIGURATION without koffi.
 */
export async function sidOfName(name: string): Promise<string | undefined> {
  const { LookupAccountNameW } = requireWin32('names of accounts');
  const [sid, domain] = [new Uint8Array(SID_BYTES), new Uint8Array(2 * NAME_CHARACTERS)];
  const { promise, resolve, reject } = Promise.withResolvers<boolean>();
  LookupAccountNameW.async(
    null,
    name,
    sid,
    [SID_BYTES],
    domain,
    [NAME_CHARACTERS],
    [0],
    (fault: unknown, found: boolean) => (fault ? reject(fault) : resolve(found)),
  );
  return (await promise) ? sidFromBytes(sid) : undefined;
}

function textOf(characters: Uint8Array, [length = 0]: readonly number[]): string {
  return Buffer.from(characters.buffer, 0, 2 * length).toString('utf16le');
}
