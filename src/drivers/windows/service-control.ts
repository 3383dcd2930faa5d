/** Services of Windows, by its service control manager. */

import { type Calls, loadCalls, type Pointer, requireWin32 } from './win32.ts';
import { win32Fault } from './win32-fault.ts';

const WINSVC = 'https://learn.microsoft.com/windows/win32/api/winsvc';

const CALLS = {
  OpenSCManagerW: ['advapi32', 'void *OpenSCManagerW(void *, void *, uint32_t)', WINSVC],
  OpenServiceW: ['advapi32', 'void *OpenServiceW(void *, str16, uint32_t)', WINSVC],
  CreateServiceW: [
    'advapi32',
    'void *CreateServiceW(void *, str16, str16, uint32_t, uint32_t, uint32_t, uint32_t, str16, void *, void *, void *, str16, void *)',
    WINSVC,
  ],
  ChangeServiceConfig2W: ['advapi32', 'bool ChangeServiceConfig2W(void *, uint32_t, void *)', WINSVC],
  DeleteService: ['advapi32', 'bool DeleteService(void *)', WINSVC],
  StartServiceW: ['advapi32', 'bool StartServiceW(void *, uint32_t, void *)', WINSVC],
  ControlService: ['advapi32', 'bool ControlService(void *, uint32_t, uint8_t *)', WINSVC],
  QueryServiceStatusEx: [
    'advapi32',
    'bool QueryServiceStatusEx(void *, int, uint8_t *, uint32_t, _Out_ uint32_t *)',
    WINSVC,
  ],
  CloseServiceHandle: ['advapi32', 'bool CloseServiceHandle(void *)', WINSVC],
} as const;

/** `winsvc.h`, `winnt.h`: rights, kinds, and what a service is configured with. */
const SC_MANAGER_CONNECT = 0x0001;
const SC_MANAGER_CREATE_SERVICE = 0x0002;
const RIGHTS = { status: 0x0004, start: 0x0014, stop: 0x0024, remove: 0x0001_0004 } as const;
const SERVICE_ALL_ACCESS = 0x000f_01ff;
const SERVICE_WIN32_OWN_PROCESS = 0x10;
const SERVICE_AUTO_START = 2;
const SERVICE_ERROR_NORMAL = 1;
const SERVICE_CONTROL_STOP = 1;
const SC_ACTION_RESTART = 1;
const ERROR_INVALID_LEVEL = 124;
const ERROR_SERVICE_DOES_NOT_EXIST = 1060;
const CONFIG = { description: 1, failureActions: 2, delayedStart: 3, preshutdown: 7 } as const;

/** How long Windows waits for a service when it shuts down, milliseconds. */
const PRESHUTDOWN_MS = 30_000;
/** A service that crashed is started again after these times, milliseconds; the last one counts for all that follow. */
const RESTARTS_MS = [1000, 5000, 60_000];
/** A crash is forgotten after a day, seconds. */
const FORGOTTEN_S = 86_400;

/** States of a service. `winsvc.h` */
export const SERVICE_STATES = {
  1: 'stopped',
  2: 'starting',
  3: 'stopping',
  4: 'running',
  5: 'continuing',
  6: 'pausing',
  7: 'paused',
} as const;

/** State of a service. */
export type ServiceState = (typeof SERVICE_STATES)[keyof typeof SERVICE_STATES];

/** What the service control manager says of a service. */
export interface ServiceStatus {
  readonly state: ServiceState;
  /** Process number; 0 while it does not run. */
  readonly pid: number;
  /** What it ended with, of winerror.h: 0 for success, 1066 for {@link serviceCode}, 1077 when it never ran. */
  readonly exitCode: number;
  /** A code of its own that it ended with. */
  readonly serviceCode: number;
  /** Grows while it starts or stops. */
  readonly checkpoint: number;
}

/** What is installed. */
export interface NewService {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly commandLine: string;
  /** `LocalSystem`, `NT AUTHORITY\LocalService`, `NT SERVICE\name`, or an account without a password of its own. */
  readonly account: string;
}

let loaded: { readonly koffi: typeof import('koffi').default; readonly calls: Calls<typeof CALLS> } | undefined;

function control() {
  loaded ??= loadCalls('services', CALLS, (koffi) => {
    koffi.struct('SERVICE_DESCRIPTIONW', { lpDescription: 'str16' });
    koffi.struct('SC_ACTION', { Type: 'int', Delay: 'uint32_t' });
    koffi.struct('SERVICE_FAILURE_ACTIONSW', {
      dwResetPeriod: 'uint32_t',
      lpRebootMsg: 'str16',
      lpCommand: 'str16',
      cActions: 'uint32_t',
      lpsaActions: 'SC_ACTION *',
    });
    koffi.struct('SERVICE_DELAYED_AUTO_START_INFO', { fDelayedAutostart: 'int' });
    koffi.struct('SERVICE_PRESHUTDOWN_INFO', { dwPreshutdownTimeout: 'uint32_t' });
  });
  return loaded;
}

/**
 * Installs a service that starts with the machine, somewhat later than what is needed first, and again when it crashes; it
 * does not start it. Throws E_ACCESSDENIED, E_INVALIDARG, WHORL_E_CONFIGURATION without koffi, or the code of Windows.
 */
export function createService({ name, displayName, description, commandLine, account }: NewService): void {
  const { koffi, calls } = control();
  withManager(SC_MANAGER_CREATE_SERVICE, (manager) => {
    const what = `the service ${name} cannot be installed`;
    const service = requireDone(
      calls.CreateServiceW(
        manager,
        name,
        displayName,
        SERVICE_ALL_ACCESS,
        SERVICE_WIN32_OWN_PROCESS,
        SERVICE_AUTO_START,
        SERVICE_ERROR_NORMAL,
        commandLine,
        null,
        null,
        null,
        account,
        null,
      ),
      what,
    );
    try {
      const actions = RESTARTS_MS.map((Delay) => ({ Type: SC_ACTION_RESTART, Delay }));
      const parts = [
        [CONFIG.description, 'SERVICE_DESCRIPTIONW *', { lpDescription: description }],
        [
          CONFIG.failureActions,
          'SERVICE_FAILURE_ACTIONSW *',
          {
            dwResetPeriod: FORGOTTEN_S,
            lpRebootMsg: null,
            lpCommand: null,
            cActions: actions.length,
            lpsaActions: actions,
          },
        ],
        [CONFIG.delayedStart, 'SERVICE_DELAYED_AUTO_START_INFO *', { fDelayedAutostart: 1 }],
        [CONFIG.preshutdown, 'SERVICE_PRESHUTDOWN_INFO *', { dwPreshutdownTimeout: PRESHUTDOWN_MS }],
      ] as const;
      for (const [level, type, value] of parts) {
        if (calls.ChangeServiceConfig2W(service, level, koffi.as(value, type))) continue;
        const error = lastError();
        // Wine starts every service at once.
        if (error !== ERROR_INVALID_LEVEL) throw win32Fault(what, error);
      }
    } catch (thrown) {
      calls.DeleteService(service);
      throw thrown;
    } finally {
      calls.CloseServiceHandle(service);
    }
  });
}

/** Removes a service once it has ended and nobody looks at it any more. Throws as {@link createService} does. */
export function deleteService(name: string): void {
  withService(name, 'remove', 'be removed', (calls, service) => calls.DeleteService(service));
}

/** Asks that a service be started. Throws as {@link createService} does, also for one that runs. */
export function startService(name: string): void {
  withService(name, 'start', 'be started', (calls, service) => calls.StartServiceW(service, 0, null));
}

/** Asks a service to end. Throws as {@link createService} does, also for one that does not run. */
export function stopService(name: string): void {
  const status = new Uint8Array(28);
  withService(name, 'stop', 'be stopped', (calls, service) =>
    calls.ControlService(service, SERVICE_CONTROL_STOP, status),
  );
}

/** What a service does. Throws as {@link createService} does. */
export function queryService(name: string): ServiceStatus {
  const status = new DataView(new ArrayBuffer(36));
  withService(name, 'status', 'be looked at', (calls, service) =>
    calls.QueryServiceStatusEx(service, 0, new Uint8Array(status.buffer), status.byteLength, [0]),
  );
  const word = (i: number) => status.getUint32(4 * i, true);
  return {
    state: SERVICE_STATES[word(1) as keyof typeof SERVICE_STATES] ?? 'stopped',
    exitCode: word(3),
    serviceCode: word(4),
    checkpoint: word(5),
    pid: word(7),
  };
}

/** True once there is no such service. Throws as {@link createService} does. */
export function isUnknownService(name: string): boolean {
  const { calls } = control();
  return withManager(0, (manager) => {
    const service = calls.OpenServiceW(manager, name, RIGHTS.status) as Pointer;
    if (service === null) return lastError() === ERROR_SERVICE_DOES_NOT_EXIST;
    calls.CloseServiceHandle(service);
    return false;
  });
}

function withManager<T>(rights: number, use: (manager: Pointer) => T): T {
  const { calls } = control();
  const manager = requireDone(
    calls.OpenSCManagerW(null, null, SC_MANAGER_CONNECT | rights),
    'the service control manager cannot be asked',
  );
  try {
    return use(manager);
  } finally {
    calls.CloseServiceHandle(manager);
  }
}

function withService(
  name: string,
  right: keyof typeof RIGHTS,
  verb: string,
  use: (calls: Calls<typeof CALLS>, service: Pointer) => boolean,
): void {
  const { calls } = control();
  const what = `the service ${name} cannot ${verb}`;
  withManager(0, (manager) => {
    const service = requireDone(calls.OpenServiceW(manager, name, RIGHTS[right]), what);
    try {
      requireDone(use(calls, service), what);
    } finally {
      calls.CloseServiceHandle(service);
    }
  });
}

/** What a function returned, unless it failed; then Windows is asked why, before anything else is. */
function requireDone<T>(returned: T, what: string): T {
  if (returned) return returned;
  throw win32Fault(what, lastError());
}

function lastError(): number {
  return requireWin32('services').GetLastError();
}
