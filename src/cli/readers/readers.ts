/** `whorl readers`: what is plugged in, and what of it works; `whorl readers udev`: who may use it. */

import { type ListedReader, listedReaders } from '../../composition/compose/listed-readers.ts';
import { windowsReaderName, windowsReaders } from '../../composition/compose/windows-readers.ts';
import { readerNames } from '../../composition/configuration/reader-names.ts';
import type { ReaderConfiguration } from '../../composition/configuration/service-configuration.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { readConfiguration } from '../../daemon/configuration/read-configuration.ts';
import { describeReader } from '../../drivers/libfprint/found-readers.ts';
import { knownIds } from '../../drivers/libfprint/supported-ids.ts';
import { udevRules } from '../../drivers/libfprint/udev-rules.ts';
import type { WinBioUnit } from '../../drivers/winbio/winbio-framework.ts';
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
  const windows = await windowsReaders(configured);
  const isWindows = process.platform === 'win32';
  const rows = [...found.map(rowOf), ...(windows?.units ?? []).map(windowsRowOf)];
  const lines = [
    ...(known === undefined && !isWindows ? [NOT_INSTALLED] : []),
    ...(windows?.fault ? [windows.fault.message] : []),
    rows.length === 0 ? 'no fingerprint reader is plugged in' : columns(rows),
    ...configuredLines(configured, isWindows),
  ];
  const ofWindows = windows && { windows: { units: windows.units.map(shown), fault: windows.fault?.code } };
  print(json, { libfprint: known !== undefined, found, ...ofWindows, configured }, lines.join('\n'));
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

function windowsRowOf(unit: WinBioUnit): readonly string[] {
  return ['-', windowsReaderName(unit), unit.deviceInstanceId, 'of Windows', 'works with kind winbio'];
}

function shown({ description, manufacturer, model, deviceInstanceId, pool }: WinBioUnit) {
  return { description, manufacturer, model, deviceInstanceId, pool };
}

function configuredLines(configured: readonly ReaderConfiguration[] | 'auto', isWindows: boolean): readonly string[] {
  if (configured === 'auto' && isWindows)
    return ['whorl serve attaches a virtual one; those of Windows once they are configured: docs/readers.md'];
  if (configured === 'auto')
    return ['whorl serve attaches each of these that works, and a virtual one when there is none'];
  const names = readerNames(configured);
  return configured.map((reader, i) => `configured: ${names[i]}, kind ${reader.kind}`);
}
