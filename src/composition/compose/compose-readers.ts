/** Readers as the configuration lists them. */

import type { SensorSource } from '../../adapters/sensor-adapter.ts';
import { ReplayReader } from '../../sensors/replay/replay-reader.ts';
import { VirtualReader } from '../../sensors/virtual/virtual-reader.ts';
import { loadAdapter } from '../configuration/load-adapter.ts';
import type { ReaderConfiguration } from '../configuration/service-configuration.ts';

export interface Readers {
  readonly sources: readonly SensorSource[];
  /** Those that can be driven, by name. */
  readonly virtualReaders: ReadonlyMap<string, VirtualReader>;
}

/** Makes them; `stack` owns what was made, also when a later one fails. Modules are resolved from `folder`. */
export async function composeReaders(
  readers: readonly ReaderConfiguration[],
  folder: string,
  stack: AsyncDisposableStack,
): Promise<Readers> {
  const virtualReaders = new Map<string, VirtualReader>();
  const sources: SensorSource[] = [];
  for (const [i, reader] of readers.entries()) {
    const serialNumber = String(i + 1);
    switch (reader.kind) {
      case 'virtual': {
        const virtual = stack.use(new VirtualReader({ serialNumber, earlyTouch: reader.earlyTouch ?? 'lost' }));
        virtualReaders.set(reader.name ?? (i === 0 ? 'virtual' : `virtual-${i + 1}`), virtual);
        sources.push(virtual);
        break;
      }
      case 'replay': {
        const { resolutionPpi, files } = reader;
        const options = {
          serialNumber,
          ...(resolutionPpi !== undefined && { resolutionPpi }),
          ...(files && { files }),
        };
        sources.push(stack.use(await ReplayReader.open(reader.folder, options)));
        break;
      }
      case 'module': {
        const source = await loadAdapter('sensor', reader, folder);
        stack.defer(() => source.close());
        sources.push(source);
        break;
      }
      default:
        reader satisfies never;
    }
  }
  return { sources, virtualReaders };
}
