/** A state directory with many enrolled fingers, made as the service does: some synthetic fingers, again and again. */

import type { NewRecord } from '../src/adapters/storage-adapter.ts';
import { FingerprintEngine } from '../src/fingerprint/index.ts';
import { synthesizeMinutiae } from '../src/fingerprint/synthesis/minutia-map.ts';
import { synthesizeTemplate } from '../src/fingerprint/synthesis/synthesize-template.ts';
import { pick } from './pick.ts';
import { openSystemDatabase } from './system-database.ts';

const FINGERS = 2000;
const GROUP = 1000;

/** Enrolls so many owners into the system database of a new state directory; returns how many a second. */
export async function enrollMany(path: string, count: number): Promise<number> {
  await using stack = new AsyncDisposableStack();
  const database = await openSystemDatabase(path, stack);
  const recordOf = await newRecords();
  const start = performance.now();
  for (let from = 0; from < count; from += GROUP) {
    const records = Array.from({ length: Math.min(GROUP, count - from) }, (_, i) => recordOf(from + i));
    await database.addAll?.(records);
  }
  return Math.round((1000 * count) / (performance.now() - start));
}

/** Adds so many records, each by itself, with so many under way; returns how many a second are durable. */
export async function addSingly(path: string, count: number, underWay: number): Promise<number> {
  await using stack = new AsyncDisposableStack();
  const database = await openSystemDatabase(path, stack);
  const recordOf = await newRecords();
  const start = performance.now();
  let next = 0;
  const add = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      await database.add(recordOf(next));
    }
  };
  await Promise.all(Array.from({ length: underWay }, add));
  return Math.round((1000 * count) / (performance.now() - start));
}

/** The record of an owner by number. */
export async function newRecords(): Promise<(owner: number) => NewRecord> {
  const templates = Array.from({ length: FINGERS }, (_, i) => synthesizeTemplate(synthesizeMinutiae(i), 1));
  await using engine = new FingerprintEngine();
  const codes = await engine.searchCodes(templates, { signal: new AbortController().signal });
  return (owner) => ({
    identity: { type: 'sid', sid: `S-1-5-21-1-1-1-${1000 + owner}` },
    subFactor: 2,
    template: pick(templates, owner),
    searchCodes: pick(codes, owner),
  });
}
