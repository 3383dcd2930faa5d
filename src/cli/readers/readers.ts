/** `whorl readers`: what is plugged in, and what of it works; `whorl readers udev`: who may use it. */

import { readerNames } from '../../composition/configuration/reader-names.ts';
import type { ReaderConfiguration } from '../../composition/configuration/service-configuration.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { readConfiguration } from '../../daemon/configuration/read-configuration.ts';
import { settingsOf } from '../../drivers/libfprint/driver-settings.ts';
import { describeReader, type FoundReader, foundReaders, isDriven } from '../../drivers/libfprint/found-readers.ts';
import { freeName } from '../../drivers/libfprint/reader-names.ts';
import { type StatedReader, stateOf } from '../../drivers/libfprint/reader-state.ts';
import { type KnownIds, knownIds } from '../../drivers/libfprint/supported-ids.ts';
import { udevRules } from '../../drivers/libfprint/udev-rules.ts';
import { columns, print } from '../print.ts';

/** Options of the command. */
export interface ReadersOptions {
  readonly config?: string;
  readonly json?: boolean;
}

/** A reader that is plugged in, as it is printed. */
export interface ListedReader extends FoundReader, StatedReader {
  /** Name that `readers test` takes, and that its unit has when readers find themselves; absent without a driver. */
  readonly name?: string;
  readonly kind?: 'picture' | 'match-on-chip';
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

/** Those that are plugged in, with their names and states. */
export async function listedReaders(known?: KnownIds): Promise<readonly ListedReader[]> {
  const taken = new Set<string>();
  const listed: ListedReader[] = [];
  for (const found of await foundReaders(known)) {
    const state = await stateOf(found);
    if (!isDriven(found)) {
      listed.push({ ...found, ...state });
      continue;
    }
    const name = freeName(found.driver, taken);
    taken.add(name);
    listed.push({ ...found, ...state, name, kind: settingsOf(found.driver).kind });
  }
  return listed;
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
