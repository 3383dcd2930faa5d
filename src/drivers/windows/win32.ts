/** The functions of Windows that are used, as koffi calls them. Loaded when first asked for, and never elsewhere. */

import { createRequire } from 'node:module';
import type { KoffiFunc } from 'koffi';
import { BiometricError } from '../../core/biometric-error.ts';

/** An address, or a handle. */
export type Pointer = bigint | null;

const LEARN = 'https://learn.microsoft.com/windows/win32/api';
const LIBUV = 'https://docs.libuv.org/en/v1.x';

/** Each function: its library, its prototype, and where that is documented. Node.js exports libuv itself. */
export const WIN32_CALLS = {
  GetCurrentProcess: ['kernel32', 'void *GetCurrentProcess()', `${LEARN}/processthreadsapi`],
  GetCurrentThread: ['kernel32', 'void *GetCurrentThread()', `${LEARN}/processthreadsapi`],
  CloseHandle: ['kernel32', 'bool CloseHandle(void *)', `${LEARN}/handleapi`],
  OpenProcess: ['kernel32', 'void *OpenProcess(uint32_t, bool, uint32_t)', `${LEARN}/processthreadsapi`],
  GetNamedPipeServerProcessId: [
    'kernel32',
    'bool GetNamedPipeServerProcessId(void *, _Out_ uint32_t *)',
    `${LEARN}/winbase`,
  ],
  GetKernelObjectSecurity: [
    'advapi32',
    'bool GetKernelObjectSecurity(void *, uint32_t, uint8_t *, uint32_t, _Out_ uint32_t *)',
    `${LEARN}/securitybaseapi`,
  ],
  GetLastError: ['kernel32', 'uint32_t GetLastError()', `${LEARN}/errhandlingapi`],
  OpenProcessToken: [
    'advapi32',
    'bool OpenProcessToken(void *, uint32_t, _Out_ void **)',
    `${LEARN}/processthreadsapi`,
  ],
  OpenThreadToken: [
    'advapi32',
    'bool OpenThreadToken(void *, uint32_t, bool, _Out_ void **)',
    `${LEARN}/processthreadsapi`,
  ],
  GetTokenInformation: [
    'advapi32',
    'bool GetTokenInformation(void *, int, uint8_t *, uint32_t, _Out_ uint32_t *)',
    `${LEARN}/securitybaseapi`,
  ],
  ImpersonateNamedPipeClient: ['advapi32', 'bool ImpersonateNamedPipeClient(void *)', `${LEARN}/namedpipeapi`],
  RevertToSelf: ['advapi32', 'bool RevertToSelf()', `${LEARN}/securitybaseapi`],
  LookupAccountSidW: [
    'advapi32',
    'bool LookupAccountSidW(void *, uint8_t *, uint8_t *, _Inout_ uint32_t *, uint8_t *, _Inout_ uint32_t *, _Out_ int *)',
    `${LEARN}/winbase`,
  ],
  LookupAccountNameW: [
    'advapi32',
    'bool LookupAccountNameW(void *, str16, uint8_t *, _Inout_ uint32_t *, uint8_t *, _Inout_ uint32_t *, _Out_ int *)',
    `${LEARN}/winbase`,
  ],
  uv_default_loop: ['node', 'void *uv_default_loop()', `${LIBUV}/loop.html`],
  uv_walk: ['node', 'void uv_walk(void *, WhorlWalk *, void *)', `${LIBUV}/loop.html`],
  uv_handle_get_type: ['node', 'int uv_handle_get_type(void *)', `${LIBUV}/handle.html`],
  uv_fileno: ['node', 'int uv_fileno(void *, _Out_ void **)', `${LIBUV}/handle.html`],
} as const satisfies CallTable;

/** Functions of libraries: each with its library, its prototype, and where that is documented. */
export type CallTable = Readonly<Record<string, readonly [library: string, prototype: string, source: string]>>;

// biome-ignore lint/suspicious/noExplicitAny: a C function takes what its prototype says, and koffi checks it.
type Call = KoffiFunc<(...values: any[]) => any>;

/** The functions of a table. */
export type Calls<Table extends CallTable> = Readonly<Record<keyof Table, Call>>;

/** The functions, and bytes at an address. */
export type Win32 = Calls<typeof WIN32_CALLS> & {
  readonly bytesAt: (address: bigint, length: number) => Uint8Array;
};

type Koffi = typeof import('koffi').default;

const INSTALL = 'npm install koffi';
let loaded: Win32 | undefined;

/** The functions; undefined without the optional package koffi, and on other systems. */
export function win32(): Win32 | undefined {
  if (process.platform !== 'win32') return undefined;
  loaded ??= load();
  return loaded;
}

/** The functions. Throws WHORL_E_CONFIGURATION, which names what needs them and the command that installs koffi. */
export function requireWin32(what: string): Win32 {
  const calls = win32();
  if (calls !== undefined) return calls;
  throw absent(what);
}

/**
 * Loads the functions of a table that only `what` needs; `declare` names the types in their prototypes. Call it once: a type
 * is declared once. Throws as {@link requireWin32} does.
 */
export function loadCalls<Table extends CallTable>(
  what: string,
  table: Table,
  declare: (koffi: Koffi) => void = () => {},
): { readonly koffi: Koffi; readonly calls: Calls<Table> } {
  const koffi = process.platform === 'win32' ? loadKoffi() : undefined;
  if (koffi === undefined) throw absent(what);
  declare(koffi);
  return { koffi, calls: bind(koffi, table) };
}

function absent(what: string): BiometricError {
  return new BiometricError('WHORL_E_CONFIGURATION', `${what}: Windows is asked with the package koffi: ${INSTALL}`);
}

function loadKoffi(): Koffi | undefined {
  try {
    // Not `import()`: the account of a process is asked for where nothing waits.
    return createRequire(import.meta.url)('koffi') as Koffi;
  } catch {
    return undefined;
  }
}

function bind<Table extends CallTable>(koffi: Koffi, table: Table): Calls<Table> {
  const libraryOf = (name: string) => koffi.load(name === 'node' ? null : `${name}.dll`);
  const names = new Set(Object.values(table).map(([library]) => library));
  const libraries = new Map([...names].map((name) => [name, libraryOf(name)]));
  const calls = Object.entries(table).map(([name, [library, prototype]]) => [
    name,
    libraries.get(library)?.func(prototype),
  ]);
  return Object.fromEntries(calls) as Calls<Table>;
}

function load(): Win32 | undefined {
  const koffi = loadKoffi();
  if (koffi === undefined) return undefined;
  koffi.proto('void WhorlWalk(void *handle, void *data)');
  return {
    ...bind(koffi, WIN32_CALLS),
    bytesAt: (address, length) => new Uint8Array(koffi.view(address, length)).slice(),
  };
}
