/** Readers of the machine, as a page that adds one shows them. */

import { listedReaders } from '../../composition/compose/listed-readers.ts';
import { windowsReaderName, windowsReaders } from '../../composition/compose/windows-readers.ts';
import type { FoundReader } from '../../core/found-reader.ts';
import type { Service } from '../../service/service.ts';

/** What is plugged in, and a virtual reader, which always can be had. */
export async function findReaders(service: Service): Promise<readonly FoundReader[]> {
  const units = service.activity;
  const unitOf = (id: string) => units.find(({ deviceInstanceId }) => deviceInstanceId === id);
  const found = (await listedReaders()).map(({ driver, deviceInstanceId, words, state, ...reader }): FoundReader => {
    const unit = unitOf(deviceInstanceId);
    const usable = unit !== undefined || state === 'works';
    return {
      kind: 'libfprint',
      description: `${reader.manufacturer} ${reader.product}`.trim(),
      port: reader.node ?? deviceInstanceId,
      usable,
      ...(driver !== undefined && { configuration: { kind: 'libfprint', driver, device: deviceInstanceId } }),
      ...(unit !== undefined && { reader: unit.name }),
      ...(!usable && { reason: words }),
    };
  });
  const windows = ((await windowsReaders('auto'))?.units ?? []).map((reader): FoundReader => {
    const { deviceInstanceId } = reader;
    const unit = unitOf(deviceInstanceId);
    return {
      kind: 'winbio',
      description: windowsReaderName(reader),
      port: deviceInstanceId,
      usable: true,
      configuration: { kind: 'winbio', unit: deviceInstanceId, pool: 'system' },
      ...(unit !== undefined && { reader: unit.name }),
    };
  });
  const virtual = {
    kind: 'virtual',
    description: 'Virtual reader',
    port: '',
    usable: true,
    configuration: { kind: 'virtual' },
  };
  return [...found, ...windows, virtual];
}
