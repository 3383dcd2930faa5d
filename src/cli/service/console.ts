/** `whorl console`: a one-time address of the web console, already paired. */

import { connect } from '../../exports/whorl/index.ts';
import { print } from '../print.ts';
import type { ServiceCommandOptions } from '../service-command-options.ts';

/** Prints the address. Rejects with WHORL_E_SERVICE_NOT_RUNNING, and E_NOTIMPL when the service serves no pages. */
export async function consoleAddress({ address, json }: ServiceCommandOptions): Promise<void> {
  await using service = await connect({ ...(address !== undefined && { address }) });
  const url = await service.administration.consoleAddress();
  print(json, { url }, url);
}
