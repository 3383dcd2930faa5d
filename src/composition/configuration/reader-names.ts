/** Names of configured readers, by which sessions and commands choose among them. */

import type { ReaderConfiguration } from './service-configuration.ts';

/** The name of each: its own, else its kind, with its place in the list unless it comes first (`virtual-2`). */
export function readerNames(readers: readonly Pick<ReaderConfiguration, 'kind' | 'name'>[]): readonly string[] {
  return readers.map(({ kind, name }, i) => name ?? (i === 0 ? kind : `${kind}-${i + 1}`));
}
