/** `whorl config check`: checks a configuration. */

import { readConfiguration } from '../../daemon/configuration/read-configuration.ts';
import { print } from '../print.ts';

/** Rejects with WHORL_E_CONFIGURATION and one line for each invalid field. */
export async function configCheck(file: string | undefined, { json }: { readonly json?: boolean }): Promise<void> {
  const { path, configuration } = await readConfiguration(file);
  const text = path === undefined ? 'no configuration file; the defaults apply' : `${path} is valid`;
  print(json, { path: path ?? null, configuration }, text);
}
