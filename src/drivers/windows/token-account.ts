/** The account that a process or a thread of Windows acts for, as its access token has it. */

import { sidFromBytes } from '../../core/sid.ts';
import { type Pointer, requireWin32, type Win32, win32 } from './win32.ts';

/** An account, and the groups that count for it now. */
export interface TokenAccount {
  readonly sid: string;
  /** SIDs of its groups that are enabled: those of an administrator who is not elevated lack the administrators. */
  readonly groups: readonly string[];
}

/** Well-known SIDs. https://learn.microsoft.com/windows/win32/secauthz/well-known-sids */
export const ADMINISTRATORS_SID = 'S-1-5-32-544';
/** Of tokens that came over the network. */
export const NETWORK_SID = 'S-1-5-2';

/** `winnt.h`: access to a process and a token, the classes that are asked for, and attributes of a group. */
const PROCESS_QUERY_LIMITED_INFORMATION = 0x1000;
const TOKEN_QUERY = 0x0008;
const TOKEN_USER = 1;
const TOKEN_GROUPS = 2;
const SE_GROUP_ENABLED = 0x0004;
const SE_GROUP_USE_FOR_DENY_ONLY = 0x0010;
/** SID_AND_ATTRIBUTES, and where those of TOKEN_GROUPS begin, on 64-bit Windows. */
const ENTRY_BYTES = 16;
const FIRST_GROUP = 8;
const MOST_BYTES = 65_536;

/**
 * The account of this process, or of another one; undefined where this account may not ask, without the package koffi, and on
 * other systems.
 */
export function processAccount(pid?: number): TokenAccount | undefined {
  const calls = win32();
  if (calls === undefined) return undefined;
  if (pid === undefined) return accountOf(calls, calls.GetCurrentProcess());
  const process: Pointer = calls.OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, false, pid);
  if (process === null) return undefined;
  try {
    return accountOf(calls, process);
  } finally {
    calls.CloseHandle(process);
  }
}

/** True for a process of an elevated administrator; false where Windows cannot be asked. */
export function isElevated(): boolean {
  return processAccount()?.groups.includes(ADMINISTRATORS_SID) ?? false;
}

function accountOf(calls: Win32, process: Pointer): TokenAccount | undefined {
  const token: [Pointer] = [null];
  if (!calls.OpenProcessToken(process, TOKEN_QUERY, token)) return undefined;
  return readAndClose(calls, token[0]);
}

/**
 * The account of the client of a named pipe, by impersonation; undefined where Windows does not say, such as before the client
 * has sent anything. This thread is itself again when it returns.
 */
export function pipeClientAccount(pipe: bigint): TokenAccount | undefined {
  const calls = requireWin32('clients of a pipe');
  if (!calls.ImpersonateNamedPipeClient(pipe)) return undefined;
  try {
    const token: [Pointer] = [null];
    if (!calls.OpenThreadToken(calls.GetCurrentThread(), TOKEN_QUERY, true, token)) return undefined;
    return readAndClose(calls, token[0]);
  } finally {
    // To go on as another account would be worse than not to go on.
    if (!calls.RevertToSelf()) process.abort();
  }
}

function readAndClose(calls: Win32, token: Pointer): TokenAccount | undefined {
  try {
    const user = informationOf(calls, token, TOKEN_USER);
    const groups = informationOf(calls, token, TOKEN_GROUPS);
    if (user === undefined || groups === undefined) return undefined;
    const count = groups.getUint32(0, true);
    const entries = Array.from({ length: count }, (_, i) => entryAt(calls, groups, FIRST_GROUP + ENTRY_BYTES * i));
    const counts = (attributes: number) =>
      (attributes & SE_GROUP_ENABLED) !== 0 && (attributes & SE_GROUP_USE_FOR_DENY_ONLY) === 0;
    return {
      sid: entryAt(calls, user, 0).sid,
      groups: entries.filter(({ attributes }) => counts(attributes)).map(({ sid }) => sid),
    };
  } finally {
    calls.CloseHandle(token);
  }
}

function informationOf(calls: Win32, token: Pointer, kind: number): DataView | undefined {
  const buffer = new Uint8Array(MOST_BYTES);
  return calls.GetTokenInformation(token, kind, buffer, MOST_BYTES, [0]) ? new DataView(buffer.buffer) : undefined;
}

/** A SID_AND_ATTRIBUTES; its SID lies in the same buffer, at the address that it names. */
function entryAt(calls: Win32, view: DataView, offset: number): { readonly sid: string; readonly attributes: number } {
  const address = view.getBigUint64(offset, true);
  const count = calls.bytesAt(address, 2)[1] ?? 0;
  return { sid: sidFromBytes(calls.bytesAt(address, 8 + 4 * count)), attributes: view.getUint32(offset + 8, true) };
}
