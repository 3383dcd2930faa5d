/** `whorl config check`: is a configuration good? */

import { readConfiguration } from '../../daemon/configuration/read-configuration.ts';
import { print } from '../print.ts';

/** Rejects with WHORL_E_CONFIGURATION, one line for each field that is wrong. */
export async function configCheck(file: string | undefined, { json }: { readonly json?: boolean }): Promise<void> {
  const { path, configuration } = await readConfiguration(file);
  const text = path === undefined ? 'there is none; everything is as by default' : `${path} is good`;
  print(json, { path: path ?? null, configuration }, text);
}
