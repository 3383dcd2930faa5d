/** The Application log of Windows, which administrators and their tools look at. */

import { type Calls, loadCalls, type Pointer, requireWin32 } from './win32.ts';
import { win32Fault } from './win32-fault.ts';

const LEARN = 'https://learn.microsoft.com/windows/win32/api';

const CALLS = {
  RegisterEventSourceW: ['advapi32', 'void *RegisterEventSourceW(void *, str16)', `${LEARN}/winbase`],
  ReportEventW: [
    'advapi32',
    'bool ReportEventW(void *, uint16_t, uint16_t, uint32_t, void *, uint16_t, uint32_t, str16 *, void *)',
    `${LEARN}/winbase`,
  ],
  DeregisterEventSource: ['advapi32', 'bool DeregisterEventSource(void *)', `${LEARN}/winbase`],
  RegCreateKeyExW: [
    'advapi32',
    'int32_t RegCreateKeyExW(void *, str16, uint32_t, void *, uint32_t, uint32_t, void *, _Out_ void **, void *)',
    `${LEARN}/winreg`,
  ],
  RegSetValueExW: [
    'advapi32',
    'int32_t RegSetValueExW(void *, str16, uint32_t, uint32_t, uint8_t *, uint32_t)',
    `${LEARN}/winreg`,
  ],
  RegCloseKey: ['advapi32', 'int32_t RegCloseKey(void *)', `${LEARN}/winreg`],
  RegDeleteKeyW: ['advapi32', 'int32_t RegDeleteKeyW(void *, str16)', `${LEARN}/winreg`],
} as const;

/** `winreg.h`, `winnt.h` */
const HKEY_LOCAL_MACHINE = 0xffff_ffff_8000_0002n;
const KEY_SET_VALUE = 0x0002;
const REG_EXPAND_SZ = 2;
const REG_DWORD = 4;
const ERROR_FILE_NOT_FOUND = 2;

/**
 * A file of Windows whose messages 1 to 1000 are the text that is given with them: that of eventcreate.exe, whose `/id` takes
 * these. https://learn.microsoft.com/windows-server/administration/windows-commands/eventcreate
 */
const MESSAGES = '%SystemRoot%\\System32\\EventCreate.exe';
/** Errors, warnings and information. */
const TYPES = 7;

/** Kinds of events, each with its number in the log. */
const EVENTS = { error: [1, 3], warning: [2, 2], information: [4, 1] } as const satisfies Record<
  string,
  readonly [type: number, id: number]
>;

/** Kind of an event. */
export type EventKind = keyof typeof EVENTS;

/** Longest text of an event, characters. */
const MOST_CHARACTERS = 31_839;

let loaded: Calls<typeof CALLS> | undefined;

function logCalls(): Calls<typeof CALLS> {
  loaded ??= loadCalls('the event log', CALLS).calls;
  return loaded;
}

/** A source of events. */
export class EventLog implements Disposable {
  #handle: Pointer;

  /** Opens it, also where it is not registered. Throws the code of Windows, WHORL_E_CONFIGURATION without koffi. */
  constructor(source: string) {
    this.#handle = logCalls().RegisterEventSourceW(null, source) as Pointer;
    if (this.#handle === null) {
      throw win32Fault('the event log cannot be opened', requireWin32('the event log').GetLastError());
    }
  }

  /** Writes an event; one that Windows does not take is dropped, as nothing waits for it. */
  write(kind: EventKind, text: string): void {
    if (this.#handle === null) return;
    const [type, id] = EVENTS[kind];
    logCalls().ReportEventW(this.#handle, type, 0, id, null, 1, 0, [text.slice(0, MOST_CHARACTERS)], null);
  }

  /** Closes it; idempotent. */
  [Symbol.dispose](): void {
    if (this.#handle !== null) logCalls().DeregisterEventSource(this.#handle);
    this.#handle = null;
  }
}

/** Says where the texts of a source are. Throws E_ACCESSDENIED, or the code of Windows. */
export function registerEventSource(source: string): void {
  const { RegCreateKeyExW, RegSetValueExW, RegCloseKey } = logCalls();
  const key: [Pointer] = [null];
  const path = keyOf(source);
  requireDone(RegCreateKeyExW(HKEY_LOCAL_MACHINE, path, 0, null, 0, KEY_SET_VALUE, null, key, null), source);
  try {
    const file = Buffer.from(`${MESSAGES}\0`, 'utf16le');
    const types = new Uint8Array(new Uint32Array([TYPES]).buffer);
    requireDone(RegSetValueExW(key[0], 'EventMessageFile', 0, REG_EXPAND_SZ, file, file.length), source);
    requireDone(RegSetValueExW(key[0], 'TypesSupported', 0, REG_DWORD, types, types.length), source);
  } finally {
    RegCloseKey(key[0]);
  }
}

/** Removes it; one that is not there is no fault. Throws E_ACCESSDENIED, or the code of Windows. */
export function removeEventSource(source: string): void {
  const error = logCalls().RegDeleteKeyW(HKEY_LOCAL_MACHINE, keyOf(source)) as number;
  if (error !== ERROR_FILE_NOT_FOUND) requireDone(error, source);
}

function keyOf(source: string): string {
  return `SYSTEM\\CurrentControlSet\\Services\\EventLog\\Application\\${source}`;
}

function requireDone(error: number, source: string): void {
  if (error !== 0) throw win32Fault(`the source ${source} of the event log cannot be changed`, error);
}
