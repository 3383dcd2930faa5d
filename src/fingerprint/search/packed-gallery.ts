/**
 * References packed into shared memory, so that worker threads search them without copies. Prepared templates lie in
 * segments; a table holds, for each slot, where its template lies. One writer, many readers. Runs anywhere.
 */

import type { Gallery } from '../../adapters/engine-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { RecordId } from '../../core/identifiers.ts';
import { viewWords } from '../comparison/prepared-view.ts';
import { decodeTemplate } from '../template/template-codec.ts';

/** What a worker needs to search a gallery; shared memory, posted without copying. */
export interface GallerySnapshot {
  /** Words of prepared templates. */
  readonly segments: readonly SharedArrayBuffer[];
  /** Record number of each slot, doubles. */
  readonly recordIds: SharedArrayBuffer;
  /**
   * `TABLE_WORDS` words a slot: segment, first word, number of views (0 for a removed slot, negative while the template
   * is not prepared), bytes of the encoded template.
   */
  readonly table: SharedArrayBuffer;
  /** Slots in use, removed ones included. */
  readonly slots: number;
  /** References in the gallery. */
  readonly size: number;
}

export const TABLE_WORDS = 4;
const SEGMENT_WORDS = 1 << 20;
const FIRST_SLOTS = 1024;

/** The gallery of {@link FingerprintEngine}. */
export class PackedGallery implements Gallery {
  readonly #segments: SharedArrayBuffer[] = [];
  readonly #slotOf = new Map<RecordId, number>();
  #recordIds = new SharedArrayBuffer(8 * FIRST_SLOTS);
  #table = new SharedArrayBuffer(4 * TABLE_WORDS * FIRST_SLOTS);
  #slots = 0;
  #used = SEGMENT_WORDS;
  #published = 0;
  #closed = false;

  get size(): number {
    return this.#slotOf.size;
  }

  /**
   * Adds or replaces a reference. Only copies the encoded template; it is found after `prepareSlots` and
   * {@link publish}. Rejects a broken template with the codes of its decoder.
   */
  add(recordId: RecordId, template: Uint8Array): void {
    this.#checkOpen();
    const views = decodeTemplate(template);
    this.remove(recordId);
    const slot = this.#newSlot();
    const start = this.#reserve(views.reduce((sum, { count }) => sum + viewWords(count), 0));
    const segment = this.#segments.length - 1;
    new Uint8Array(this.#segments[segment]!, 4 * start).set(template);
    new Float64Array(this.#recordIds)[slot] = recordId;
    new Int32Array(this.#table).set([segment, start, -views.length, template.length], slot * TABLE_WORDS);
    this.#slotOf.set(recordId, slot);
  }

  /** Takes a reference out; one that is not there is no error. Its memory is reused after the gallery is rebuilt. */
  remove(recordId: RecordId): void {
    this.#checkOpen();
    const slot = this.#slotOf.get(recordId);
    if (slot === undefined) return;
    Atomics.store(new Int32Array(this.#table), slot * TABLE_WORDS + 2, 0);
    this.#slotOf.delete(recordId);
  }

  /** Slots before this one are prepared. */
  get published(): number {
    return this.#published;
  }

  /** Lets searches see the slots before `last`, which have been prepared. After a dispose, wipes what was written since. */
  publish(prepared: GallerySnapshot, last: number): void {
    if (this.#closed) {
      for (const segment of prepared.segments) new Int32Array(segment).fill(0);
      return;
    }
    const table = new Int32Array(this.#table);
    for (; this.#published < last; this.#published++) {
      const at = this.#published * TABLE_WORDS + 2;
      table[at] = Math.abs(table[at]!);
    }
  }

  /** The gallery as it is now, for workers. References added later are not seen, removed ones are skipped. */
  snapshot(): GallerySnapshot {
    this.#checkOpen();
    const { size } = this;
    return { segments: [...this.#segments], recordIds: this.#recordIds, table: this.#table, slots: this.#slots, size };
  }

  /** Overwrites the templates and lets go of them; idempotent. */
  [Symbol.dispose](): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const segment of this.#segments) new Int32Array(segment).fill(0);
    new Int32Array(this.#table).fill(0);
    this.#segments.length = 0;
    this.#slotOf.clear();
  }

  #newSlot(): number {
    if (this.#slots * 8 === this.#recordIds.byteLength) {
      this.#recordIds = grown(this.#recordIds);
      this.#table = grown(this.#table);
    }
    return this.#slots++;
  }

  /** First word of a free stretch of the last segment. */
  #reserve(words: number): number {
    if (this.#used + words > SEGMENT_WORDS) {
      this.#segments.push(new SharedArrayBuffer(4 * SEGMENT_WORDS));
      this.#used = 0;
    }
    const start = this.#used;
    this.#used += words;
    return start;
  }

  #checkOpen(): void {
    if (this.#closed) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'gallery is closed');
  }
}

function grown(buffer: SharedArrayBuffer): SharedArrayBuffer {
  const larger = new SharedArrayBuffer(2 * buffer.byteLength);
  new Uint8Array(larger).set(new Uint8Array(buffer));
  return larger;
}
