/** `whorl service`: the service of a machine with Windows, installed, removed, started, stopped and looked at. */

import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { takeMachineFolder } from '../../composition/state/machine-folder.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { codeName } from '../../core/codes.ts';
import { commandLineOf } from '../../drivers/windows/command-line.ts';
import { registerEventSource, removeEventSource } from '../../drivers/windows/event-log.ts';
import { machineFolder, SERVICE_NAME, suffixOf } from '../../drivers/windows/machine-service.ts';
import { serviceAccount } from '../../drivers/windows/service-account.ts';
import {
  createService,
  deleteService,
  isUnknownService,
  queryService,
  type ServiceState,
  type ServiceStatus,
  startService,
  stopService,
} from '../../drivers/windows/service-control.ts';
import { EXIT_NO } from '../exit-codes.ts';
import { interruptSignal } from '../interruption.ts';
import { requireServiceProgram } from './require-service-program.ts';

/** Options of all of them. */
export interface WindowsServiceOptions {
  readonly name?: string;
  /** How long to wait for what was asked for. */
  readonly seconds?: number;
  readonly json?: boolean;
}

/** Options of `whorl service install`. */
export interface InstallOptions extends WindowsServiceOptions {
  readonly config?: string;
  readonly account?: string;
}

const PATIENCE_S = 60;
const LOOK_AGAIN_MS = 100;

/** The service has ended with a code of its own. `winerror.h` */
const ERROR_SERVICE_SPECIFIC_ERROR = 1066;

/**
 * Installs the service and gives it its folder; it starts with the machine, or by {@link start}. Rejects with E_NOTIMPL on other
 * systems, E_ACCESSDENIED for who is no administrator, E_INVALIDARG for an account that cannot be, WHORL_E_CONFIGURATION for a
 * configuration that cannot be, and for a program or a folder that others may change. What was begun is undone.
 */
export async function install({ name = SERVICE_NAME, config, account, json = false }: InstallOptions): Promise<void> {
  requireWindows();
  const file = config === undefined ? undefined : resolve(config);
  if (file !== undefined) {
    const { readConfiguration } = await import('../../daemon/configuration/read-configuration.ts');
    await readConfiguration(file);
  }
  const runsAs = await serviceAccount(account, name);
  const program = [process.execPath, resolve(process.argv[1] ?? '')] as const;
  for (const each of program) requireServiceProgram(each, runsAs.sid, 'program');
  if (file !== undefined) requireServiceProgram(file, runsAs.sid, 'configuration');
  const args = ['serve', '--windows-service', name, ...(file === undefined ? [] : ['--config', file])];
  const commandLine = commandLineOf(program[0], [program[1], ...args]);
  // Only an administrator gets beyond this.
  createService({
    name,
    displayName: suffixOf(name) === '' ? 'Whorl biometric service' : `Whorl biometric service (${name})`,
    description: 'Fingerprint readers, templates and sessions for the programs of this machine.',
    commandLine,
    account: runsAs.name,
  });
  const folder = machineFolder(name);
  try {
    takeMachineFolder(folder, runsAs.sid);
    registerEventSource(name);
  } catch (thrown) {
    deleteService(name);
    throw thrown;
  }
  const report = { name, account: runsAs.name, folder, commandLine };
  const lines = [
    `installed the service ${name}, which runs as ${runsAs.name}`,
    `configuration, log and state in ${folder}`,
    `start it with whorl service start${optionOf(name)}; it starts with the machine from now on`,
  ];
  print(json, report, lines);
}

/** Ends the service, if it runs, and removes it; its state stays. Rejects as {@link install} and {@link stop} do. */
export async function remove({
  name = SERVICE_NAME,
  seconds = PATIENCE_S,
  json = false,
}: WindowsServiceOptions): Promise<void> {
  requireWindows();
  await ended(name, seconds);
  deleteService(name);
  removeEventSource(name);
  await until(seconds, `the service ${name} is being removed`, () => isUnknownService(name));
  const folder = machineFolder(name);
  print(json, { name, folder }, [`removed the service ${name}; its state stays in ${folder}`]);
}

/**
 * Starts the service, unless it runs, and waits until it serves. Rejects with the code that the service ended with when it could not start;
 * WHORL_E_DEADLINE, WINBIO_E_CANCELED after Ctrl+C, and as {@link install} does.
 */
export async function start({
  name = SERVICE_NAME,
  seconds = PATIENCE_S,
  json = false,
}: WindowsServiceOptions): Promise<void> {
  requireWindows();
  if (queryService(name).state === 'stopped') startService(name);
  const status = await until(seconds, `the service ${name} is starting`, () => {
    const now = queryService(name);
    if (now.state === 'stopped') throw endOf(name, now);
    return now.state === 'running' && now;
  });
  print(json, { name, ...told(status) }, [`the service ${name} runs as process ${status.pid}`]);
}

/** Ends the service, unless it has ended: operations canceled, notices sent, databases closed. Rejects as {@link start} does. */
export async function stop({
  name = SERVICE_NAME,
  seconds = PATIENCE_S,
  json = false,
}: WindowsServiceOptions): Promise<void> {
  requireWindows();
  const status = await ended(name, seconds);
  print(json, { name, ...told(status) }, [`the service ${name} has ended`]);
}

/** Prints what the service does; the exit code is 3 unless it runs. Rejects as {@link install} does. */
export async function status({ name = SERVICE_NAME, json = false }: WindowsServiceOptions): Promise<void> {
  requireWindows();
  const now = queryService(name);
  const { code } = told(now);
  const process_ = now.pid === 0 ? '' : ` as process ${now.pid}`;
  const end = code === undefined ? '' : `; it ended with ${code}: the Application log of Windows says why`;
  print(json, { name, ...told(now) }, [`the service ${name} is ${now.state}${process_}${end}`]);
  if (now.state !== 'running') process.exitCode = EXIT_NO;
}

function requireWindows(): void {
  if (process.platform === 'win32') return;
  const text =
    'whorl service is for Windows: under systemd, the unit systemd/whorl.service of @whorl/daemon, or the package of Debian, does it (docs/guides/systemd.md)';
  throw new BiometricError('E_NOTIMPL', text);
}

async function ended(name: string, seconds: number): Promise<ServiceStatus> {
  let isAsked = false;
  return await until(seconds, `the service ${name} is ending`, () => {
    const now = queryService(name);
    // One that is starting hears of nothing yet.
    if (!isAsked && (now.state === 'running' || now.state === 'paused')) {
      stopService(name);
      isAsked = true;
    }
    return now.state === 'stopped' && now;
  });
}

/** Looks until there is an answer; a line on a terminal says what is waited for. */
async function until<T>(seconds: number, what: string, look: () => T | false): Promise<T> {
  using interruption = interruptSignal();
  const startedMs = performance.now();
  const { stderr } = process;
  try {
    for (;;) {
      const found = look();
      if (found !== false) return found;
      const passedS = (performance.now() - startedMs) / 1000;
      if (passedS > seconds) throw new BiometricError('WHORL_E_DEADLINE', `${what}, for ${seconds} s by now`);
      if (stderr.isTTY === true && passedS >= 1) stderr.write(`\r${what} ... ${Math.round(passedS)} s`);
      await delay(LOOK_AGAIN_MS, undefined, { signal: interruption.signal }).catch((cause: unknown) => {
        throw new BiometricError('WINBIO_E_CANCELED', `${what}; it goes on without being waited for`, { cause });
      });
    }
  } finally {
    if (stderr.isTTY === true) stderr.write('\r\x1b[K');
  }
}

/** Why a service that was to start has ended. */
function endOf(name: string, { exitCode, serviceCode }: ServiceStatus): BiometricError {
  const text = `the service ${name} could not start: the Application log of Windows says why`;
  if (exitCode === ERROR_SERVICE_SPECIFIC_ERROR) return new BiometricError(serviceCode, text);
  return new BiometricError('E_FAIL', `${text} (error ${exitCode} of Windows)`);
}

/** A status as it is printed; `code` is what it ended with, by name. */
function told({ state, pid, exitCode, serviceCode }: ServiceStatus): {
  readonly state: ServiceState;
  readonly pid: number;
  readonly exitCode: number;
  readonly code?: string;
} {
  const isOwn = exitCode === ERROR_SERVICE_SPECIFIC_ERROR;
  return { state, pid, exitCode, ...(isOwn && { code: codeName(serviceCode) }) };
}

function optionOf(name: string): string {
  return suffixOf(name) === '' ? '' : ` --name ${name}`;
}

function print(json: boolean, report: object, lines: readonly string[]): void {
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : `${lines.join('\n')}\n`);
}
