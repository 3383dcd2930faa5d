/** Every reference of a gallery against all others: who is in it twice. It can be interrupted, and goes on where it was. */

import type { Candidate } from '../../adapters/engine-adapter.ts';
import type { StoredRecord } from '../../adapters/storage-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { RecordId } from '../../core/identifiers.ts';
import { pause } from '../pause.ts';

/** What is found for each of several probes, each without its own record. */
export interface DuplicateSearch {
  /** Rejects with WHORL_E_INCOMPLETE, WHORL_E_OFFLINE where not everything could be searched: it is tried again. */
  find(
    records: readonly StoredRecord[],
    options: { readonly signal: AbortSignal },
  ): Promise<readonly (readonly Candidate[])[]>;
}

/** Two records that hold the same finger, the smaller number first. */
export interface DuplicatePair {
  readonly records: readonly [RecordId, RecordId];
  /** -log10 of the false match rate at which they match. */
  readonly score: number;
}

/** Where pairs and progress are kept. */
export interface DeduplicationJournal {
  /** The last record that was searched for with all before it; 0 in the beginning. */
  readonly last: RecordId;
  /** Whether a pair was reported before. */
  has(records: DuplicatePair['records']): boolean;
  /** Keeps new pairs durably, and then that everything up to a record is done. */
  advance(pairs: readonly DuplicatePair[], last: RecordId): Promise<void> | void;
}

/** What is compared, and how. */
export interface DeduplicationOptions {
  /** The records, by ascending number. */
  readonly records: AsyncIterable<readonly StoredRecord[]>;
  readonly search: DuplicateSearch;
  readonly journal: DeduplicationJournal;
  /** Probes at once, 1 to 64. Default: 32. */
  readonly atOnce?: number | undefined;
  /** Attempts for the same probes, and the wait before the next, milliseconds. Default: 5 and 2000. */
  readonly attempts?: number | undefined;
  readonly againMs?: number | undefined;
  readonly onProgress?: ((seen: number) => void) | undefined;
  readonly signal: AbortSignal;
}

/** What came of it. */
export interface DeduplicationResult {
  /** Records that were searched for, in this run. */
  readonly searched: number;
  /** Pairs that this run found first. */
  readonly pairs: number;
}

/** Codes after which the same is tried again. */
const AGAIN: readonly unknown[] = ['WHORL_E_INCOMPLETE', 'WHORL_E_OFFLINE'];

/** Compares all with all. Rejects with WINBIO_E_CANCELED, and with what a search rejects with again and again. */
export async function deduplicate(options: DeduplicationOptions): Promise<DeduplicationResult> {
  const { records, journal, atOnce = 32, onProgress = () => {}, signal } = options;
  let waiting: StoredRecord[] = [];
  let seen = 0;
  let searched = 0;
  let pairs = 0;
  const flush = async (): Promise<void> => {
    const last = waiting.at(-1);
    if (last === undefined) return;
    const found = await findPatiently(waiting, options);
    const fresh = pairsOf(waiting, found).filter((pair) => !journal.has(pair.records));
    await journal.advance(fresh, last.recordId);
    searched += waiting.length;
    pairs += fresh.length;
    waiting = [];
    onProgress(seen);
  };
  for await (const batch of records) {
    for (const record of batch) {
      if (signal.aborted) throw new BiometricError('WINBIO_E_CANCELED', 'interrupted');
      seen += 1;
      if (record.recordId <= journal.last) continue;
      waiting.push(record);
      if (waiting.length >= atOnce) await flush();
    }
  }
  await flush();
  return { searched, pairs };
}

async function findPatiently(
  records: readonly StoredRecord[],
  { search, signal, attempts = 5, againMs = 2000 }: DeduplicationOptions,
): Promise<readonly (readonly Candidate[])[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await search.find(records, { signal });
    } catch (thrown) {
      const { code } = thrown as { readonly code?: unknown };
      if (attempt >= attempts || !AGAIN.includes(code) || signal.aborted) throw thrown;
      await pause(againMs, signal);
    }
  }
}

function pairsOf(records: readonly StoredRecord[], found: readonly (readonly Candidate[])[]): DuplicatePair[] {
  const pairs = new Map<string, DuplicatePair>();
  for (const [i, { recordId }] of records.entries()) {
    for (const candidate of found[i] ?? []) {
      if (candidate.recordId === recordId) continue;
      const both = [Math.min(recordId, candidate.recordId), Math.max(recordId, candidate.recordId)] as const;
      const known = pairs.get(both.join());
      if (known === undefined || known.score < candidate.score) {
        pairs.set(both.join(), { records: both, score: candidate.score });
      }
    }
  }
  return [...pairs.values()];
}
