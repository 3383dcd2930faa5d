/** `whorl config check`: checks a configuration. */

import { checkReferences } from '../../daemon/configuration/check-references.ts';
import { readConfiguration } from '../../daemon/configuration/read-configuration.ts';
import { print } from '../print.ts';

/** Rejects with WHORL_E_CONFIGURATION and one line for each field that is invalid or refers to what is not there. */
export async function configCheck(file: string | undefined, { json }: { readonly json?: boolean }): Promise<void> {
  const { path, configuration, folder } = await readConfiguration(file);
  await checkReferences(configuration, folder);
  const text = path === undefined ? 'no configuration file; the defaults apply' : `${path} is valid`;
  print(json, { path: path ?? null, configuration }, text);
}
