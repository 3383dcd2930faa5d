/** Checks a configuration before anything is built from it; each fault names the field and the remedy. */

import { BiometricError } from '../core/biometric-error.ts';
import { isGuid } from '../core/guid.ts';
import { isSid } from '../core/sid.ts';
import { LONGEST_LOGON_WINDOW_MS } from '../service/access/policy.ts';
import type { ServiceConfiguration } from './configuration.ts';

const SWITCHES = ['enabled', 'logon', 'domainLogon', 'credentialProvider', 'fastUserSwitching', 'secureAttention'];

/** Throws WHORL_E_CONFIGURATION for the first field that is wrong. */
export function checkConfiguration(configuration: ServiceConfiguration): void {
  const {
    state,
    readers = [],
    privateDatabaseIds = [],
    engineThreads = 1,
    application = {},
    policy = {},
  } = configuration;
  const directory = typeof state === 'object' ? state?.directory : undefined;
  require(state === undefined ||
    state === 'memory' ||
    (typeof directory === 'string' && directory !== ''), "state: give 'memory' or { directory }");
  for (const [i, reader] of readers.entries()) {
    require(['virtual', 'replay'].includes(reader?.kind), `readers[${i}].kind: give 'virtual' or 'replay'`);
    if (reader.kind !== 'replay') continue;
    require(typeof reader.folder === 'string' && reader.folder !== '', `readers[${i}].folder: name a folder`);
    const { resolutionPpi = 500 } = reader;
    require(resolutionPpi > 0 && Number.isFinite(resolutionPpi), `readers[${i}].resolutionPpi: give pixels per inch`);
  }
  for (const [i, id] of privateDatabaseIds.entries()) require(isGuid(id), `privateDatabaseIds[${i}]: give a GUID`);
  for (const [name, value] of Object.entries(policy)) {
    if (name === 'logonWindowMs') require(isWindow(value), `policy.${name}: give 0 to 60000 milliseconds`);
    else require(SWITCHES.includes(name) && typeof value === 'boolean', `policy.${name}: give true or false`);
  }
  require(Number.isInteger(engineThreads) &&
    engineThreads >= 1 &&
    engineThreads <= 256, 'engineThreads: give 1 to 256');
  require(application.sid === undefined || isSid(application.sid), 'application.sid: give a SID such as S-1-22-1-1000');
}

function isWindow(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= LONGEST_LOGON_WINDOW_MS;
}

function require(holds: boolean, fault: string): void {
  if (!holds) throw new BiometricError('WHORL_E_CONFIGURATION', fault);
}
