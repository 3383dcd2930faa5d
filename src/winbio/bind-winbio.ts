/** The functions of winbio.h, bound to one connection: one "process". */

import type { WhorlService } from '../client/whorl-service.ts';
import { accountFunctions } from './functions/account.ts';
import { enrollmentFunctions } from './functions/enrollment.ts';
import { enumerationFunctions } from './functions/enumeration.ts';
import { lifetimeFunctions } from './functions/lifetime.ts';
import { managementFunctions } from './functions/management.ts';
import { matchingFunctions } from './functions/matching.ts';
import { monitorFunctions } from './functions/monitors.ts';
import { openFunctions } from './functions/open.ts';
import { propertyFunctions } from './functions/properties.ts';
import { type WinBioOptions, WinBioProcess } from './winbio-process.ts';

/** The functions of the interface, and the account of what the program has not freed yet. */
export type WinBio = ReturnType<typeof bindWinBio>;

/** Binds the interface to a connection. */
export function bindWinBio(service: Pick<WhorlService, 'channel'>, options: WinBioOptions = {}) {
  const process = new WinBioProcess(service.channel, options);
  return {
    ...openFunctions(process),
    ...lifetimeFunctions(process),
    ...matchingFunctions(process),
    ...enrollmentFunctions(process),
    ...managementFunctions(process),
    ...monitorFunctions(process),
    ...enumerationFunctions(process),
    ...propertyFunctions(process),
    ...accountFunctions(process),
    /** Blocks that were handed out and not freed; a program that frees everything ends with 0. */
    liveBlocks: () => process.blocks.count,
  };
}
