/** `whorl readers`: what is plugged in, and what of it works; `whorl readers udev`: who may use it. */

import { type ListedReader, listedReaders } from '../../composition/compose/listed-readers.ts';
import { readerNames } from '../../composition/configuration/reader-names.ts';
import type { ReaderConfiguration } from '../../composition/configuration/service-configuration.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { readConfiguration } from '../../daemon/configuration/read-configuration.ts';
import { describeReader } from '../../drivers/libfprint/found-readers.ts';
import { knownIds } from '../../drivers/libfprint/supported-ids.ts';
import { udevRules } from '../../drivers/libfprint/udev-rules.ts';
import { columns, print } from '../print.ts';

/** Options of the command. */
export interface ReadersOptions {
  readonly config?: string;
  readonly json?: boolean;
}

const KINDS = { picture: 'hands out pictures', 'match-on-chip': 'matches on its chip' } as const;
const NOT_INSTALLED = 'libfprint is not installed, so that no reader on USB can be used: apt install libfprint-2-2';

/** Lists what is plugged in, and what the configuration attaches. Rejects with WHORL_E_CONFIGURATION. */
export async function readers({ config, json }: ReadersOptions): Promise<void> {
  const { configuration } = await readConfiguration(config);
  const configured = configuration.readers ?? 'auto';
  const known = await knownIds();
  const found = await listedReaders(known);
  const lines = [
    ...(known === undefined ? [NOT_INSTALLED] : []),
    found.length === 0 ? 'no fingerprint reader is plugged in' : columns(found.map(rowOf)),
    ...configuredLines(configured),
  ];
  print(json, { libfprint: known !== undefined, found, configured }, lines.join('\n'));
}

/** Prints rules for udev. Rejects with WHORL_E_CONFIGURATION without libfprint. */
export async function readersUdev({ group }: { readonly group?: string }): Promise<void> {
  const known = await knownIds();
  if (known === undefined) throw new BiometricError('WHORL_E_CONFIGURATION', NOT_INSTALLED);
  process.stdout.write(udevRules(known, group));
}

function rowOf(reader: ListedReader): readonly string[] {
  const { name = '-', kind, usbId = '', words } = reader;
  return [name, describeReader(reader), usbId, kind === undefined ? '' : KINDS[kind], words];
}

function configuredLines(configured: readonly ReaderConfiguration[] | 'auto'): readonly string[] {
  if (configured === 'auto')
    return ['whorl serve attaches each of these that works, and a virtual one when there is none'];
  const names = readerNames(configured);
  return configured.map((reader, i) => `configured: ${names[i]}, kind ${reader.kind}`);
}
