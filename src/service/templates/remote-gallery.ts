/** A gallery that other processes hold: what they find is compared again here, with the records as they are stored. */

import type { Candidate, EngineAdapter } from '../../adapters/engine-adapter.ts';
import type { RemoteProbe, RemoteSearch } from '../../adapters/remote-search.ts';
import type { StoredRecord } from '../../adapters/storage-adapter.ts';
import { BiometricError, hresultOf } from '../../core/biometric-error.ts';
import type { RecordId } from '../../core/identifiers.ts';
import { WHORL_E_OFFLINE } from '../../core/result-constants.ts';
import type { LentGallery, SearchGallery } from './search-gallery.ts';

/** Who searches, and what is said while not everybody answers. */
export interface RemotePolicy {
  readonly search: RemoteSearch;
  /** Whether somebody is recognised while parts of the gallery do not answer. */
  readonly partialMatch: boolean;
}

/** Candidates that are compared again: the best ones. */
const CONFIRMED = 8;

/** Where the records of candidates are, and how many references there are in all. */
export interface RemoteRecords {
  readonly numbered: (recordIds: readonly RecordId[]) => Promise<readonly StoredRecord[]>;
  readonly size: () => number;
}

export class RemoteGallery implements SearchGallery {
  readonly #engine: EngineAdapter;
  readonly #policy: RemotePolicy;
  readonly #records: RemoteRecords;

  constructor(engine: EngineAdapter, policy: RemotePolicy, records: RemoteRecords) {
    this.#engine = engine;
    this.#policy = policy;
    this.#records = records;
  }

  // Nothing is resident, so nothing has to be kept up to date.
  add(): void {}
  remove(): void {}
  expect(): void {}

  /** An empty one: nothing of it is here. */
  async lend(): Promise<LentGallery> {
    const gallery = this.#engine.createGallery();
    return { gallery, [Symbol.dispose]: () => gallery[Symbol.dispose]() };
  }

  /**
   * Candidates of the whole gallery, best first. Rejects with WHORL_E_INCOMPLETE when none is found and parts did not
   * answer, or nobody can be asked, so that nobody is called unknown who may be among them; and as
   * {@link RemoteSearch.search} does.
   */
  async search(asked: RemoteProbe): Promise<readonly Candidate[]> {
    const { candidates, missing, searched } = await this.#policy.search.search(asked).catch((thrown: unknown) => {
      if (hresultOf(thrown) !== WHORL_E_OFFLINE) throw thrown;
      throw new BiometricError('WHORL_E_INCOMPLETE', 'no matching node can be asked', { cause: thrown });
    });
    const best = candidates.slice(0, CONFIRMED);
    const confirmed = best.length === 0 ? [] : await this.#confirm(asked, best, searched);
    const isEnough = confirmed.length > 0 && this.#policy.partialMatch;
    if (missing.length === 0 || isEnough) return confirmed;
    throw new BiometricError('WHORL_E_INCOMPLETE', `${missing.length} parts of the gallery did not answer`);
  }

  [Symbol.dispose](): void {}

  /** Whoever found them may be behind, or lie. */
  async #confirm(
    { kind, probe, signal }: RemoteProbe,
    candidates: readonly Candidate[],
    searched: number,
  ): Promise<readonly Candidate[]> {
    const records = await this.#records.numbered(candidates.map(({ recordId }) => recordId));
    using gallery = this.#engine.createGallery();
    for (const { recordId, template } of records) gallery.add(recordId, template);
    const options = { signal, size: Math.max(searched, this.#records.size()) };
    return kind === 'identify'
      ? await this.#engine.identify(probe, gallery, options)
      : await this.#engine.findDuplicates(probe, gallery, options);
  }
}
