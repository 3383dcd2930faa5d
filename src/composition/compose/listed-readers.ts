/** What is plugged into this machine: readers that libfprint knows, with their names and whether they work. */

import { settingsOf } from '../../drivers/libfprint/driver-settings.ts';
import { type FoundReader, foundReaders, isDriven } from '../../drivers/libfprint/found-readers.ts';
import { freeName } from '../../drivers/libfprint/reader-names.ts';
import { type StatedReader, stateOf } from '../../drivers/libfprint/reader-state.ts';
import type { KnownIds } from '../../drivers/libfprint/supported-ids.ts';

/** A reader that is plugged in. */
export interface ListedReader extends FoundReader, StatedReader {
  /** Name that `readers test` takes, and that its unit has when readers find themselves; absent without a driver. */
  readonly name?: string;
  readonly kind?: 'picture' | 'match-on-chip';
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
