/** The rows of an import to records: who, which finger, and a template that an engine thread made. */

import type { NewRecord } from '../../adapters/storage-adapter.ts';
import { BiometricError, deserializeError, toBiometricError } from '../../core/biometric-error.ts';
import { fingerOfWords } from '../../core/finger-words.ts';
import type { SubFactor } from '../../core/identifiers.ts';
import type { OwnerIdentity } from '../../core/identity.ts';
import { FINGERS } from '../../core/sub-factor.ts';
import type { ImportBatch } from '../../core/template-import.ts';
import type { EngineThreads } from '../threads/engine-threads.ts';
import type { GivenPrint, ReadPrint } from '../threads/read-print-task.ts';
import { type PoolKind, personResolver } from './resolve-person.ts';

/** What was made of a row. */
export interface ReadRow {
  readonly identity?: OwnerIdentity;
  readonly subFactor?: SubFactor;
  readonly assumedPpi?: number;
  /** A record to store, or why there is none. */
  readonly made: NewRecord | BiometricError;
}

/** Bytes of prints that make one task: some sixty templates, or one picture. */
const TASK_BYTES = 64 << 10;

interface Row {
  identity?: OwnerIdentity;
  subFactor?: SubFactor | undefined;
  read?: ReadPrint;
  error?: BiometricError;
}

/** Reads all rows, in their order. Rejects with WINBIO_E_DEVICE_BUSY, WINBIO_E_CANCELED of the threads. */
export async function readRows(
  { rows, databaseId, lenient, resolutionPpi }: ImportBatch,
  pool: PoolKind,
  threads: EngineThreads,
): Promise<readonly ReadRow[]> {
  const resolve = await personResolver(pool, databaseId);
  const results: Row[] = [];
  for (const { person, finger } of rows) {
    try {
      results.push({ identity: await resolve(person), subFactor: fingerOf(finger) });
    } catch (thrown) {
      results.push({ error: toBiometricError(thrown) });
    }
  }
  const wanted = results.flatMap((result, i) => (result.error === undefined ? [i] : []));
  const prints = wanted.map((i): GivenPrint => {
    const { print, format } = rows[i] as ImportBatch['rows'][number];
    return { bytes: print, subFactor: results[i]?.subFactor, format };
  });
  const common = { lenient, resolutionPpi, cancel: new SharedArrayBuffer(4) };
  const chunks = chunksOf(prints);
  let next = 0;
  // At most a task a thread: whoever identifies meanwhile waits for one of them, not for all.
  const lanes = Array.from({ length: threads.parallelism }, async () => {
    for (let chunk = chunks[next++]; chunk !== undefined; chunk = chunks[next++]) {
      const read = await threads.readPrints({ kind: 'read-prints', prints: chunk.prints, ...common });
      for (const [k, each] of read.entries()) results[wanted[chunk.first + k] as number]!.read = each;
    }
  });
  await Promise.all(lanes);
  return results.map(madeOf);
}

function madeOf({ identity, subFactor, read, error }: Row): ReadRow {
  if (identity === undefined || read === undefined) {
    return { made: error ?? new BiometricError('E_UNEXPECTED', 'the row was not read') };
  }
  if ('error' in read) {
    return { identity, ...(subFactor !== undefined && { subFactor }), made: deserializeError(read.error) };
  }
  const { template, assumedPpi } = read;
  const record = { identity, subFactor: read.subFactor, template };
  return { identity, subFactor: read.subFactor, ...(assumedPpi !== undefined && { assumedPpi }), made: record };
}

function fingerOf(finger: string | number | undefined): SubFactor | undefined {
  if (finger === undefined || String(finger).trim() === '') return undefined;
  const found = fingerOfWords(finger);
  if (found !== undefined) return found;
  const names = Object.keys(FINGERS).join(', ');
  throw new BiometricError('E_INVALIDARG', `the finger is none of ${names}, or 1 to 10`);
}

function chunksOf(prints: readonly GivenPrint[]) {
  const chunks: { readonly first: number; readonly prints: GivenPrint[] }[] = [];
  let bytes = 0;
  for (const [i, print] of prints.entries()) {
    const last = chunks.at(-1);
    if (last !== undefined && bytes + print.bytes.length <= TASK_BYTES) last.prints.push(print);
    else {
      chunks.push({ first: i, prints: [print] });
      bytes = 0;
    }
    bytes += print.bytes.length;
  }
  return chunks;
}
