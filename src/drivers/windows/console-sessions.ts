/** Sessions of Windows, in which people are logged on: which of them is at the console, and which are locked. */

import { type Calls, loadCalls, type Pointer, requireWin32 } from './win32.ts';

const LEARN = 'https://learn.microsoft.com/windows/win32/api';

const CALLS = {
  WTSGetActiveConsoleSessionId: ['kernel32', 'uint32_t WTSGetActiveConsoleSessionId()', `${LEARN}/winbase`],
  GetNamedPipeClientSessionId: [
    'kernel32',
    'bool GetNamedPipeClientSessionId(void *, _Out_ uint32_t *)',
    `${LEARN}/winbase`,
  ],
  WTSQuerySessionInformationW: [
    'wtsapi32',
    'bool WTSQuerySessionInformationW(void *, uint32_t, int, _Out_ void **, _Out_ uint32_t *)',
    `${LEARN}/wtsapi32`,
  ],
  WTSFreeMemory: ['wtsapi32', 'void WTSFreeMemory(void *)', `${LEARN}/wtsapi32`],
} as const;

/** WTSSessionInfoEx; where the flags are in its WTSINFOEX, and what they are in a locked session. `wtsapi32.h` */
const SESSION_INFORMATION = 25;
const FLAGS_AT = 16;
const LOCKED = 0;

/** The session of services, which is at no console. */
const SERVICES = 0;

let loaded: Calls<typeof CALLS> | undefined;

function sessionCalls(): Calls<typeof CALLS> {
  loaded ??= loadCalls('sessions', CALLS).calls;
  return loaded;
}

/** The session of the client of a named pipe; undefined when Windows does not say. Throws WHORL_E_CONFIGURATION without koffi. */
export function pipeClientSession(pipe: bigint): number | undefined {
  const session: [number] = [0];
  return sessionCalls().GetNamedPipeClientSessionId(pipe, session) ? session[0] : undefined;
}

/**
 * True for a session whose programs may have touches: it is at the console and not locked. Services are in front of nobody, and
 * have their turn as everywhere. Where Windows does not say whether a session is locked, it is not. Throws as
 * {@link pipeClientSession} does.
 */
export function isSessionInFront(session: number): boolean {
  if (session === SERVICES) return true;
  return session === sessionCalls().WTSGetActiveConsoleSessionId() && !isLocked(session);
}

function isLocked(session: number): boolean {
  const { WTSQuerySessionInformationW, WTSFreeMemory } = sessionCalls();
  const [block, length]: [[Pointer], [number]] = [[null], [0]];
  if (!WTSQuerySessionInformationW(null, session, SESSION_INFORMATION, block, length)) return false;
  const [address] = block;
  if (address === null) return false;
  try {
    return isLockedInformation(requireWin32('sessions').bytesAt(address, length[0]));
  } finally {
    WTSFreeMemory(address);
  }
}

/** Whether the bytes of a WTSINFOEX are those of a locked session. */
export function isLockedInformation(bytes: Uint8Array): boolean {
  if (bytes.length < FLAGS_AT + 4) return false;
  return new DataView(bytes.buffer, bytes.byteOffset).getInt32(FLAGS_AT, true) === LOCKED;
}
