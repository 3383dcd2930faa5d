/** The functions of winbio.h, bound to one connection: one "process". */

import type { ServiceChannel } from '../client/service-channel.ts';
import type { WhorlService } from '../client/whorl-service.ts';
import { captureFunctions } from './functions/capture.ts';
import { credentialFunctions } from './functions/credentials.ts';
import { enrollmentFunctions } from './functions/enrollment.ts';
import { enumerationFunctions } from './functions/enumeration.ts';
import { headerOnlyFunctions } from './functions/header-only.ts';
import { identifyFunctions } from './functions/identify.ts';
import { lifetimeFunctions } from './functions/lifetime.ts';
import { locateFunctions } from './functions/locate.ts';
import { monitorFunctions } from './functions/monitors.ts';
import { openFunctions } from './functions/open.ts';
import { propertyFunctions } from './functions/properties.ts';
import { settingFunctions } from './functions/settings.ts';
import { templateFunctions } from './functions/templates.ts';
import { unitFunctions } from './functions/units.ts';
import { verifyFunctions } from './functions/verify.ts';
import { type WinBioOptions, WinBioProcess } from './winbio-process.ts';

/**
 * The functions of winbio.h over one connection, which stands for one process. Parameters are positional, in the
 * documented order; an out-parameter is a holder from `out()`. Each function returns a promise of an HRESULT and never
 * rejects: on a synchronous session it settles with the outcome; on an asynchronous handle it settles once the call is
 * checked, and what the call ends with comes as a notice.
 */
export interface WinBio
  extends ReturnType<typeof openFunctions>,
    ReturnType<typeof lifetimeFunctions>,
    ReturnType<typeof captureFunctions>,
    ReturnType<typeof identifyFunctions>,
    ReturnType<typeof verifyFunctions>,
    ReturnType<typeof locateFunctions>,
    ReturnType<typeof enrollmentFunctions>,
    ReturnType<typeof templateFunctions>,
    ReturnType<typeof propertyFunctions>,
    ReturnType<typeof unitFunctions>,
    ReturnType<typeof monitorFunctions>,
    ReturnType<typeof enumerationFunctions>,
    ReturnType<typeof settingFunctions>,
    ReturnType<typeof credentialFunctions>,
    ReturnType<typeof headerOnlyFunctions> {
  /** Blocks handed out and not freed yet; 0 at the end of a program that frees everything. */
  liveBlocks(): number;
}

/**
 * Binds the functions of winbio.h to a connection. The connection is the process: all bindings of it share handles,
 * blocks, and the options of the first one.
 *
 * @example
 * ```ts
 * const winbio = bindWinBio(await connect());
 * const session = out<number>();
 * await winbio.WinBioOpenSession(WINBIO_TYPE_FINGERPRINT, WINBIO_POOL_SYSTEM, 0, null, 0, WINBIO_DB_DEFAULT, session);
 * ```
 */
export function bindWinBio(service: Pick<WhorlService, 'channel'>, options: WinBioOptions = {}): WinBio {
  const process = processOf(service.channel, options);
  return {
    ...openFunctions(process),
    ...lifetimeFunctions(process),
    ...captureFunctions(process),
    ...identifyFunctions(process),
    ...verifyFunctions(process),
    ...locateFunctions(process),
    ...enrollmentFunctions(process),
    ...templateFunctions(process),
    ...propertyFunctions(process),
    ...unitFunctions(process),
    ...monitorFunctions(process),
    ...enumerationFunctions(process),
    ...settingFunctions(process),
    ...credentialFunctions(process),
    ...headerOnlyFunctions(process),
    liveBlocks: () => process.blocks.count,
  };
}

/** Processes by their connection. */
const PROCESSES = new WeakMap<ServiceChannel, WinBioProcess>();

function processOf(channel: ServiceChannel, options: WinBioOptions): WinBioProcess {
  const known = PROCESSES.get(channel);
  if (known !== undefined) return known;
  const process = new WinBioProcess(channel, options);
  PROCESSES.set(channel, process);
  return process;
}
