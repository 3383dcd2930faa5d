/** Readers as the configuration lists them. */

import type { SensorSource } from '../../adapters/sensor-adapter.ts';
import { VirtualReader } from '../../sensors/virtual/virtual-reader.ts';
import { type LoadingParts, loadAdapter } from '../configuration/load-adapter.ts';
import { readerNames } from '../configuration/reader-names.ts';
import type { ReaderConfiguration } from '../configuration/service-configuration.ts';

export interface Readers {
  /** All of them, by name. */
  readonly sources: ReadonlyMap<string, SensorSource>;
  /** Those that can be driven. */
  readonly virtualReaders: ReadonlyMap<string, VirtualReader>;
}

/** Makes them; `stack` owns what was made, also when a later one fails. `loading` says where modules are. */
export async function composeReaders(
  readers: readonly ReaderConfiguration[],
  loading: LoadingParts,
  stack: AsyncDisposableStack,
): Promise<Readers> {
  const virtualReaders = new Map<string, VirtualReader>();
  const sources = new Map<string, SensorSource>();
  const names = readerNames(readers);
  for (const [i, reader] of readers.entries()) {
    const name = names[i] ?? '';
    const serialNumber = String(i + 1);
    switch (reader.kind) {
      case 'virtual': {
        const virtual = stack.use(new VirtualReader({ serialNumber, earlyTouch: reader.earlyTouch ?? 'lost' }));
        virtualReaders.set(name, virtual);
        sources.set(name, virtual);
        break;
      }
      case 'replay': {
        const { resolutionPpi, files } = reader;
        const options = {
          serialNumber,
          ...(resolutionPpi !== undefined && { resolutionPpi }),
          ...(files && { files }),
        };
        const { ReplayReader } = await import('../../sensors/replay/replay-reader.ts');
        sources.set(name, stack.use(await ReplayReader.open(reader.folder, options)));
        break;
      }
      case 'module': {
        const source = await loadAdapter('sensor', reader, loading);
        stack.defer(() => source.close());
        sources.set(name, source);
        break;
      }
      default:
        reader satisfies never;
    }
  }
  return { sources, virtualReaders };
}
