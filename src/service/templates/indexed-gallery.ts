/** A gallery of its own for each search: the records that share a bucket of the index with the probe. */

import type { EngineAdapter } from '../../adapters/engine-adapter.ts';
import { indexVectorOf } from './index-vector.ts';
import type { LentGallery, SearchGallery } from './search-gallery.ts';
import type { TrustedRecords } from './trusted-records.ts';

export class IndexedGallery implements SearchGallery {
  readonly #engine: EngineAdapter;
  readonly #records: TrustedRecords;

  constructor(engine: EngineAdapter, records: TrustedRecords) {
    this.#engine = engine;
    this.#records = records;
  }

  // Nothing is resident, so nothing has to be kept up to date.
  add(): void {}
  remove(): void {}
  expect(): void {}

  async lend(probe: Uint8Array | undefined): Promise<LentGallery> {
    const indexVector = probe && (await indexVectorOf(this.#engine, probe));
    const records = await this.#records.trusted(indexVector ? { indexVector } : {});
    const gallery = this.#engine.createGallery();
    for (const { recordId, template } of records) gallery.add(recordId, template);
    return { gallery, [Symbol.dispose]: () => gallery[Symbol.dispose]() };
  }

  [Symbol.dispose](): void {}
}
