/** The stages that `whorl doctor` checks, in their order, from the configuration to a first capture. */

import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { listedReaders } from '../../composition/compose/listed-readers.ts';
import { type WindowsReaders, windowsReaderName, windowsReaders } from '../../composition/compose/windows-readers.ts';
import { DEFAULT_DATABASES } from '../../composition/configuration/default-databases.ts';
import { anchorOf } from '../../composition/state/anchor.ts';
import { KeyStore } from '../../composition/state/key-store.ts';
import { auditFiles, stateDirectoryOf, statePlaces } from '../../composition/state/state-directory.ts';
import { checkStateFiles, hasState } from '../../composition/state/state-files.ts';
import { verifyAuditLog } from '../../composition/state/verify-audit-log.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_POOL_SYSTEM } from '../../core/constants.ts';
import { pathFaultOf } from '../../core/path-fault.ts';
import { checkReferences } from '../../daemon/configuration/check-references.ts';
import type { DaemonConfiguration } from '../../daemon/configuration/daemon-configuration.ts';
import { readConfiguration } from '../../daemon/configuration/read-configuration.ts';
import { describeReader } from '../../drivers/libfprint/found-readers.ts';
import { knownIds } from '../../drivers/libfprint/supported-ids.ts';
import { connect, type WhorlService } from '../../exports/whorl/index.ts';
import { readerName } from '../fingers/names.ts';

/** What to check. */
export interface Examination {
  readonly config?: string;
  readonly address?: string;
  /** How long to wait for a finger. Default: 15. */
  readonly seconds?: number;
}

/** One stage; `check` returns what it found, and rejects when the stage fails. */
export interface Stage {
  readonly name: string;
  readonly check: (visit: Visit) => Promise<string>;
}

/** What the stages before found out; disposing of it closes the connection. */
export class Visit implements AsyncDisposable {
  readonly examination: Examination;
  configuration: DaemonConfiguration = {};
  /** State directory; undefined while the state is in memory. */
  stateDirectory: string | undefined;
  /** Socket of the service. */
  address: string | undefined;
  /** Name of the reader that captures; undefined until it is found. */
  reader: string | undefined;
  /** It is a virtual reader, which can touch itself. */
  hasVirtualReader = false;
  #service: WhorlService | undefined;

  constructor(examination: Examination) {
    this.examination = examination;
    this.address = examination.address;
  }

  /** Connects; the stages that follow use the connection. */
  async connect(): Promise<void> {
    this.#service = await connect({ ...(this.address !== undefined && { address: this.address }) });
  }

  get service(): WhorlService {
    if (this.#service !== undefined) return this.#service;
    throw new BiometricError('E_UNEXPECTED', 'the stage of the service comes first');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#service?.[Symbol.asyncDispose]();
  }
}

const DEFAULT_SECONDS = 15;
const VIRTUAL_MODEL = 'Virtual Reader';

export const STAGES: readonly Stage[] = [
  { name: 'configuration', check: checkConfiguration },
  { name: 'state directory', check: checkStateDirectory },
  { name: 'audit log', check: checkAuditLog },
  { name: 'readers', check: checkReaders },
  { name: 'service', check: checkService },
  { name: 'databases', check: checkDatabases },
  { name: 'unit', check: checkUnit },
  { name: 'prints on readers', check: checkPrints },
  { name: 'first capture', check: checkCapture },
];

async function checkConfiguration(visit: Visit): Promise<string> {
  const { configuration, path, folder } = await readConfiguration(visit.examination.config);
  await checkReferences(configuration, folder);
  visit.configuration = configuration;
  if (configuration.state !== 'memory') visit.stateDirectory = stateDirectoryOf(configuration);
  visit.address ??= configuration.socket;
  return path ?? 'no file; the defaults apply';
}

async function checkStateDirectory(visit: Visit): Promise<string> {
  const { stateDirectory } = visit;
  if (stateDirectory === undefined) return 'in memory';
  if (!existsSync(stateDirectory)) return `${stateDirectory} does not exist yet; the service creates it`;
  requireWritable(stateDirectory);
  if ((statSync(stateDirectory).mode & 0o077) !== 0 && process.platform !== 'win32') {
    const text = `${stateDirectory} is open to other users: chmod 700 ${stateDirectory}`;
    throw new BiometricError('WHORL_E_CONFIGURATION', text);
  }
  const owner = join(stateDirectory, 'owner.json');
  const use = existsSync(owner) ? `in use by process ${pidIn(owner)}` : 'not in use';
  return `${stateDirectory}, ${use}; files: ${await checkFiles(visit)}`;
}

/** Every file that is there, whether it is as it was written, and whether it is of today. */
async function checkFiles({ stateDirectory, configuration }: Visit): Promise<string> {
  if (stateDirectory === undefined || !hasState(stateDirectory)) return 'none yet';
  const { keys = 'file', databases = DEFAULT_DATABASES, anchor } = configuration;
  using keyring = await KeyStore.open(keys, statePlaces(stateDirectory));
  const { checked, wrong, strangers } = await checkStateFiles(stateDirectory, {
    keyring,
    databaseIds: databases.map(({ id }) => id),
    ...(anchor && { anchor: anchorOf(anchor) }),
  });
  if (wrong.length > 0) throw new BiometricError('WHORL_E_ROLLED_BACK', wrong.join('; '));
  const others = strangers.length === 0 ? '' : `; these belong to nobody: ${strangers.join(', ')}`;
  return `${checked}, each as it was written${others}`;
}

async function checkAuditLog({ stateDirectory, configuration }: Visit): Promise<string> {
  if (stateDirectory === undefined) return 'none yet';
  const { log, key } = auditFiles(stateDirectory);
  if (!existsSync(log)) return 'none yet';
  using keyring = await KeyStore.open(configuration.keys ?? 'file', statePlaces(stateDirectory));
  const { lines, brokenAt, file } = await verifyAuditLog(log, key, { keyring });
  if (brokenAt === undefined) return `${lines} lines, none changed`;
  throw new BiometricError(
    'WHORL_E_MALFORMED',
    `${file}: line ${brokenAt} was changed, or lines are missing before it`,
  );
}

/** One that nobody may use is a fault where readers are meant; one without a free driver is none of ours. */
async function checkReaders({ configuration }: Visit): Promise<string> {
  const { readers: configured = 'auto' } = configuration;
  const isMeant = configured === 'auto' || configured.some(({ kind }) => kind === 'libfprint');
  const windows = await windowsReaders(configured);
  if (windows !== undefined) {
    const isAsked = configured !== 'auto' && configured.some(({ kind }) => kind === 'winbio');
    if (isAsked && windows.fault) throw windows.fault;
    return windowsLine(windows);
  }
  const known = await knownIds();
  if (known === undefined) return 'libfprint is not installed; readers on USB need it: apt install libfprint-2-2';
  const readers = await listedReaders(known);
  const closed = readers.find(({ state }) => state === 'no-permission');
  if (isMeant && closed) throw new BiometricError('E_ACCESSDENIED', `${describeReader(closed)}: ${closed.words}`);
  if (readers.length === 0) return 'none is plugged in';
  return readers
    .map((reader) => `${reader.name ?? reader.usbId} (${describeReader(reader)}): ${reader.words}`)
    .join('; ');
}

function windowsLine({ units, fault }: WindowsReaders): string {
  if (fault) return `those of Windows cannot be used: ${fault.message}`;
  return units.length === 0 ? 'Windows has none' : `of Windows: ${units.map(windowsReaderName).join(', ')}`;
}

async function checkService(visit: Visit): Promise<string> {
  await visit.connect();
  return 'answers, speaks this version, and admits this user';
}

async function checkDatabases({ service }: Visit): Promise<string> {
  const [{ faults }, databases] = await Promise.all([service.administration.status(), service.databases()]);
  const [fault] = faults;
  if (fault !== undefined) throw new BiometricError(fault.hresult, fault.message);
  return `${databases.length}, none of them with a fault`;
}

async function checkUnit(visit: Visit): Promise<string> {
  const units = await visit.service.units();
  const usable = units.find(({ poolType }) => poolType === WINBIO_POOL_SYSTEM);
  if (usable === undefined) {
    const text = `none of ${units.length} units is in the system pool`;
    throw new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', text);
  }
  visit.hasVirtualReader = usable.model === VIRTUAL_MODEL;
  visit.reader = usable.name;
  return units.map(({ unitId, name, description }) => `reader ${name} (unit ${unitId}), ${description}`).join('; ');
}

/** A print that opens nothing is no fault; a record without its print is somebody who is not recognized. */
async function checkPrints({ service }: Visit): Promise<string> {
  const { administrator } = await service.administration.whoAmI();
  if (!administrator) return 'shown to administrators only';
  const readers = await service.administration.readerPrints();
  if (readers.length === 0) return 'no reader matches inside';
  const gone = readers.find(({ missing }) => missing.length > 0);
  if (gone !== undefined) {
    const text = `${gone.missing.length} prints that records name are not on reader ${gone.name}: see whorl reconcile`;
    throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD', text);
  }
  const words = readers.map(({ name, prints = [] }) => {
    const unknown = prints.filter(({ record }) => record === undefined).length;
    const hint = unknown === 0 ? '' : `, ${unknown} of them in no record: see whorl reconcile`;
    return `reader ${name}: ${prints.length}${hint}`;
  });
  return words.join('; ');
}

async function checkCapture({ service, examination, reader, hasVirtualReader }: Visit): Promise<string> {
  await using session = await service.openSession(reader === undefined ? {} : { readers: [reader] });
  const { seconds = DEFAULT_SECONDS } = examination;
  const located = session.locate({ signal: AbortSignal.timeout(1000 * seconds) });
  located.catch(() => undefined);
  if (!hasVirtualReader) process.stderr.write(`touch ${reader ?? 'a reader'} within ${seconds} s ...\n`);
  else await service.virtualReader(reader).touch({ person: 1, finger: 'right-index' });
  return `${await readerName(service, await located)} captured a finger`;
}

/** Throws WHORL_E_CONFIGURATION, which names the path. */
function requireWritable(stateDirectory: string): void {
  const parts = ['databases', 'keys'].map((name) => join(stateDirectory, name));
  try {
    for (const path of [stateDirectory, ...parts.filter((part) => existsSync(part))]) {
      if (!statSync(path).isDirectory()) throw new BiometricError('WHORL_E_CONFIGURATION', `${path} is no folder`);
      accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    }
  } catch (cause) {
    const fault = pathFaultOf(cause);
    if (fault === undefined) throw cause;
    throw new BiometricError('WHORL_E_CONFIGURATION', `${fault.path}: ${fault.words}`, { cause });
  }
}

function pidIn(file: string): string {
  return String((JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid);
}
