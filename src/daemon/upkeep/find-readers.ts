/** Readers of the machine, as a page that adds one shows them. */

import { listedReaders } from '../../composition/compose/listed-readers.ts';
import type { FoundReader } from '../../core/found-reader.ts';
import type { Service } from '../../service/service.ts';

/** What is plugged in, and a virtual reader, which always can be had. */
export async function findReaders(service: Service): Promise<readonly FoundReader[]> {
  const units = service.activity;
  const found = (await listedReaders()).map(({ driver, deviceInstanceId, words, state, ...reader }): FoundReader => {
    const unit = units.find((each) => each.deviceInstanceId === deviceInstanceId);
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
  const virtual = {
    kind: 'virtual',
    description: 'Virtual reader',
    port: '',
    usable: true,
    configuration: { kind: 'virtual' },
  };
  return [...found, virtual];
}
