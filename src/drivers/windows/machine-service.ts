/** The service of a machine with Windows: what it is called, and where its files are. */

import { type Calls, loadCalls } from './win32.ts';
import { win32Fault } from './win32-fault.ts';

/** Its name by default, by which clients know it. */
export const SERVICE_NAME = 'Whorl';

const CALLS = {
  SHGetFolderPathW: [
    'shell32',
    'uint32_t SHGetFolderPathW(void *, int, void *, uint32_t, uint8_t *)',
    'https://learn.microsoft.com/windows/win32/api/shlobj_core',
  ],
} as const;

/** CSIDL_COMMON_APPDATA. `shlobj.h` */
const APPLICATION_DATA = 0x23;
const MOST_CHARACTERS = 260;
let loaded: Calls<typeof CALLS> | undefined;

/** What follows `whorl` in the names of its folder and its pipe: nothing for the one of the machine, so that it is found. */
export function suffixOf(name: string): string {
  return name.toLowerCase() === SERVICE_NAME.toLowerCase() ? '' : `-${name}`;
}

/**
 * Folder of its configuration and its log, with its state in one within: `whorl` in the application data of the
 * machine, or `whorl-` and its name for another one. Windows is asked, because
 * whoever starts a process chooses its `%ProgramData%`. Throws WHORL_E_CONFIGURATION without koffi, or the code of Windows.
 */
export function machineFolder(name = SERVICE_NAME): string {
  loaded ??= loadCalls('the folder of the service', CALLS).calls;
  const path = Buffer.alloc(2 * MOST_CHARACTERS);
  const error = loaded.SHGetFolderPathW(null, APPLICATION_DATA, null, 0, path) as number;
  if (error !== 0) throw win32Fault('the application data of the machine', error & 0xffff);
  const text = path.toString('utf16le');
  return `${text.slice(0, text.indexOf('\0'))}\\whorl${suffixOf(name)}`;
}
