/** All references of a database, in memory: every search takes the same gallery. */

import type { EngineAdapter, Gallery } from '../../adapters/engine-adapter.ts';
import type { StoredRecord } from '../../adapters/storage-adapter.ts';
import type { RecordId } from '../../core/identifiers.ts';
import type { LentGallery, SearchGallery } from './search-gallery.ts';

export class ResidentGallery implements SearchGallery {
  readonly #gallery: Gallery;

  constructor(engine: EngineAdapter) {
    this.#gallery = engine.createGallery();
  }

  add({ recordId, template, searchCodes }: Pick<StoredRecord, 'recordId' | 'template' | 'searchCodes'>): void {
    if (searchCodes === undefined) this.#gallery.add(recordId, template);
    else this.#gallery.add(recordId, template, searchCodes);
  }

  expect(references: number): void {
    this.#gallery.expect?.(references);
  }

  remove(recordId: RecordId): void {
    this.#gallery.remove(recordId);
  }

  get resident(): Gallery {
    return this.#gallery;
  }

  async lend(): Promise<LentGallery> {
    return { gallery: this.#gallery, [Symbol.dispose]() {} };
  }

  [Symbol.dispose](): void {
    this.#gallery[Symbol.dispose]();
  }
}
