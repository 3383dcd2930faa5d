/** This process as a service of Windows: what the service control manager tells it, and what it tells back. */

import { BiometricError } from '../../core/biometric-error.ts';
import { type Calls, loadCalls, type Pointer } from './win32.ts';

const WINSVC = 'https://learn.microsoft.com/windows/win32/api/winsvc';

const CALLS = {
  StartServiceCtrlDispatcherW: ['advapi32', 'bool StartServiceCtrlDispatcherW(SERVICE_TABLE_ENTRYW *)', WINSVC],
  RegisterServiceCtrlHandlerExW: [
    'advapi32',
    'void *RegisterServiceCtrlHandlerExW(str16, WhorlServiceHandler *, void *)',
    WINSVC,
  ],
  SetServiceStatus: ['advapi32', 'bool SetServiceStatus(void *, uint8_t *)', WINSVC],
} as const;

/** `winsvc.h` */
const SERVICE_WIN32_OWN_PROCESS = 0x10;
const STATE = { stopped: 1, starting: 2, stopping: 3, running: 4 } as const;
/** Controls that are taken: STOP, SESSIONCHANGE, PRESHUTDOWN, which comes before SHUTDOWN and leaves more time. */
const ACCEPTED = 0x01 | 0x80 | 0x100;
const CONTROL = { stop: 1, interrogate: 4, shutdown: 5, sessionChange: 14, preshutdown: 15 } as const;
const NO_ERROR = 0;
const ERROR_CALL_NOT_IMPLEMENTED = 120;
const ERROR_SERVICE_SPECIFIC_ERROR = 1066;

/** How long Windows waits for the next sign of progress, milliseconds. */
const PATIENCE_MS = 20_000;
const SIGN_OF_PROGRESS_MS = 1000;

/** What a service hears. */
export interface ServiceListener {
  /** Windows ends the service, or shuts down. */
  stop(): void;
  /** Somebody logged on or off, locked or unlocked a session, or the console shows another one. */
  sessionsChanged(): void;
}

/** A service that runs in this process. */
export class ServiceProcess {
  readonly #calls: Calls<typeof CALLS>;
  #handle: Pointer = null;
  #state: keyof typeof STATE = 'starting';
  #checkpoint = 0;
  #alarm: NodeJS.Timeout | undefined;

  private constructor(calls: Calls<typeof CALLS>) {
    this.#calls = calls;
  }

  /**
   * Resolves once the service control manager has begun the service, which is then `starting`. Rejects with E_FAIL in a
   * process that it did not start, WHORL_E_CONFIGURATION without koffi.
   */
  static async begin(name: string, listener: ServiceListener): Promise<ServiceProcess> {
    const { koffi, calls } = loadCalls('a service', CALLS, (types) => {
      types.proto('void WhorlServiceMain(uint32_t count, void *values)');
      types.proto('uint32_t WhorlServiceHandler(uint32_t control, uint32_t event, void *data, void *context)');
      types.struct('SERVICE_TABLE_ENTRYW', { lpServiceName: 'str16', lpServiceProc: 'WhorlServiceMain *' });
    });
    const service = new ServiceProcess(calls);
    const { promise, resolve, reject } = Promise.withResolvers<ServiceProcess>();
    const handler = koffi.register(
      (control: number) => service.#told(control, listener),
      koffi.pointer('WhorlServiceHandler'),
    );
    const main = koffi.register(() => {
      service.#handle = calls.RegisterServiceCtrlHandlerExW(name, handler, null);
      service.#move('starting');
      resolve(service);
    }, koffi.pointer('WhorlServiceMain'));
    const table = [
      { lpServiceName: name, lpServiceProc: main },
      { lpServiceName: null, lpServiceProc: null },
    ];
    // It returns when the service has stopped, and has a thread of libuv's pool until then.
    calls.StartServiceCtrlDispatcherW.async(table, (fault: unknown, ran: boolean) => {
      const text = 'Windows did not start this process as a service: whorl service start does';
      if (fault || !ran) reject(new BiometricError('E_FAIL', text, { cause: fault }));
    });
    return await promise;
  }

  /** The service does its work. */
  running(): void {
    this.#move('running');
  }

  /** The service is about to end. Without effect when it is already. */
  stopping(): void {
    if (this.#state !== 'stopped') this.#move('stopping');
  }

  /** The service has ended; with a code of its own when it failed. Idempotent: the first counts. */
  stopped(serviceCode = 0): void {
    if (this.#state !== 'stopped') this.#move('stopped', serviceCode);
  }

  /** Runs on the thread of JavaScript; Windows waits until it returns. */
  #told(control: number, listener: ServiceListener): number {
    switch (control) {
      case CONTROL.stop:
      case CONTROL.shutdown:
      case CONTROL.preshutdown:
        this.stopping();
        listener.stop();
        return NO_ERROR;
      case CONTROL.sessionChange:
        listener.sessionsChanged();
        return NO_ERROR;
      case CONTROL.interrogate:
        return NO_ERROR;
      default:
        return ERROR_CALL_NOT_IMPLEMENTED;
    }
  }

  #move(state: keyof typeof STATE, serviceCode = 0): void {
    this.#state = state;
    this.#checkpoint = 0;
    clearInterval(this.#alarm);
    const isUnderWay = state === 'starting' || state === 'stopping';
    // A timer of the thread that works: when that hangs, Windows sees no progress.
    if (isUnderWay) this.#alarm = setInterval(() => this.#tell(0), SIGN_OF_PROGRESS_MS).unref();
    this.#tell(serviceCode);
  }

  #tell(serviceCode: number): void {
    const isUnderWay = this.#state === 'starting' || this.#state === 'stopping';
    if (isUnderWay) this.#checkpoint += 1;
    const status = new Uint32Array([
      SERVICE_WIN32_OWN_PROCESS,
      STATE[this.#state],
      this.#state === 'running' ? ACCEPTED : 0,
      serviceCode === 0 ? NO_ERROR : ERROR_SERVICE_SPECIFIC_ERROR,
      serviceCode,
      this.#checkpoint,
      isUnderWay ? PATIENCE_MS : 0,
    ]);
    this.#calls.SetServiceStatus(this.#handle, new Uint8Array(status.buffer));
  }
}
