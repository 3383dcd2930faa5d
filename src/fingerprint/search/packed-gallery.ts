/**
 * References packed into shared memory, so that worker threads search them without copies: encoded templates, the codes
 * of the first stage, and a table of both. One writer, many readers.
 */

import type { Gallery } from '../../adapters/engine-adapter.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { RecordId } from '../../core/identifiers.ts';
import { locateImpressions } from '../template/template-codec.ts';
import { Arena, BLOCK_BYTES, wipe } from './arena.ts';
import { RECORD_ROWS, RECORD_SLOT, ROW_BYTES, recordRows } from './code-record.ts';
import { type GalleryReading, GalleryReadings } from './gallery-reading.ts';
import type { GallerySnapshot } from './gallery-snapshot.ts';
import { codeRecords } from './search-codes.ts';
import { SlotTable } from './slot-table.ts';

/** References waiting to be coded. */
export interface PreparationBatch {
  /** Their slots. */
  readonly slots: Int32Array;
  /** Number of the first reference in the queue that is not among them. */
  readonly end: number;
}

/** The byte of a template that says how many impressions it has, see template-codec.ts. */
const VIEWS_BYTE = 5;

/**
 * The gallery of `FingerprintEngine`. A reference can be found once it has been coded, which the engine does before
 * each search and in the background.
 */
export class PackedGallery implements Gallery {
  readonly #slotOf = new Map<RecordId, number>();
  readonly #table = new SlotTable();
  readonly #codes = new Arena();
  readonly #templates = new Arena();
  readonly #readings = new GalleryReadings();
  readonly #onAdd: (gallery: PackedGallery) => void;
  /** Slot that a slot replaces when it is published. */
  readonly #replaces = new Map<number, number>();
  /** Slots in the order they were added, from number `#queueStart` on. */
  #queue: number[] = [];
  #queueStart = 0;
  #published = 0;
  #expected = 0;
  #closed = false;

  /** `onAdd` is called after each added reference, which then waits to be coded. */
  constructor(onAdd: (gallery: PackedGallery) => void = () => {}) {
    this.#onAdd = onAdd;
  }

  /** Number of references. */
  get size(): number {
    return this.#slotOf.size;
  }

  /**
   * True when a reference with this number is in the gallery. Never fails.
   *
   * @example
   * if (!gallery.has(recordId)) gallery.add(recordId, template);
   */
  has(recordId: RecordId): boolean {
    return this.#slotOf.has(recordId);
  }

  /** Bytes of memory in use, gaps and the table included. */
  get bytes(): number {
    return (this.#codes.blocks + this.#templates.blocks) * BLOCK_BYTES + this.#table.bytes;
  }

  /**
   * Adds or replaces a reference. Checks and copies the template; with the search codes of this version it is found at
   * once, otherwise as soon as it is coded and published, and until then the reference that it replaces. Throws WHORL_E_MALFORMED, WHORL_E_NEWER_FORMAT for a broken template,
   * WINBIO_E_INVALID_DEVICE_STATE once disposed.
   *
   * @example
   * using gallery = new PackedGallery();
   * gallery.add(1, template);
   */
  add(recordId: RecordId, template: Uint8Array, searchCodes?: Uint8Array): void {
    this.#checkOpen();
    const rows = locateImpressions(template).map((start) => recordRows(template[start + 5]!));
    const total = rows.reduce((sum, count) => sum + count, 0);
    const codes = this.#codes.take(total);
    const place = this.#templates.take(Math.ceil(template.length / ROW_BYTES));
    this.#templates.write(place, template);
    // From the last to the first, so that concurrent readers of the block always find valid records.
    let end = codes + total;
    for (const count of rows.toReversed()) {
      end -= count;
      this.#codes.writeGap(end, count);
    }
    const slot = this.#table.take({ recordId, codes, template: place }, template.length);
    const before = this.#slotOf.get(recordId);
    if (before !== undefined) this.#succeed(before, slot);
    this.#slotOf.set(recordId, slot);
    const records = searchCodes && codeRecords(template, searchCodes);
    if (records !== undefined) {
      let from = 0;
      for (const count of rows) {
        const bytes = ROW_BYTES * count;
        this.#codes.writeTail(codes + from / ROW_BYTES, records.subarray(from, from + bytes));
        from += bytes;
      }
      this.#show(slot);
      return;
    }
    this.#queue.push(slot);
    this.#onAdd(this);
  }

  /**
   * Says how many references there will be, while they are being added: thresholds are as high as those of so many.
   * Never fails.
   *
   * @example
   * gallery.expect(100_000);
   */
  expect(references: number): void {
    this.#expected = references;
  }

  /** Number of references that a search has to reckon with. */
  get expected(): number {
    return Math.max(this.#expected, this.size);
  }

  /**
   * Removes a reference; an unknown number changes nothing. Its memory is wiped and used again. Throws
   * WINBIO_E_INVALID_DEVICE_STATE once disposed.
   *
   * @example
   * gallery.remove(1);
   */
  remove(recordId: RecordId): void {
    this.#checkOpen();
    const slot = this.#slotOf.get(recordId);
    if (slot === undefined) return;
    this.#slotOf.delete(recordId);
    const before = this.#replaces.get(slot);
    this.#replaces.delete(slot);
    if (before !== undefined) this.#vacate(before);
    this.#vacate(slot);
  }

  /** Number of references ever added. */
  get queued(): number {
    return this.#queueStart + this.#queue.length;
  }

  /** How many of those ever added have been published, in order. */
  get published(): number {
    return this.#published;
  }

  /**
   * The next references to be coded, at most `most`; one batch at a time. Never fails.
   *
   * @example
   * const { slots, end } = gallery.nextBatch(256);
   */
  nextBatch(most: number): PreparationBatch {
    const slots: number[] = [];
    let end = this.#published;
    for (; end < this.queued && slots.length < most; end++) {
      const slot = this.#queue[end - this.#queueStart]!;
      if (this.#table.state(slot) < 0) slots.push(slot);
    }
    return { slots: Int32Array.from(slots), end };
  }

  /**
   * Lets searches find a batch that has been coded. Never fails.
   *
   * @example
   * gallery.publish(batch);
   */
  publish({ slots, end }: PreparationBatch): void {
    if (this.#closed) return;
    for (const slot of slots) this.#show(slot);
    this.#published = end;
    if (this.#published - this.#queueStart > this.#queue.length / 2) {
      this.#queue = this.#queue.slice(this.#published - this.#queueStart);
      this.#queueStart = this.#published;
    }
  }

  /**
   * The gallery as it is now. What is removed later is skipped from then on; what is added later is not seen. Throws
   * WINBIO_E_INVALID_DEVICE_STATE once disposed.
   *
   * @example
   * using reading = gallery.read();
   * console.log(reading.snapshot.size);
   */
  read(): GalleryReading {
    this.#checkOpen();
    const snapshot: GallerySnapshot = {
      ...this.#table.snapshot(),
      codes: [...this.#codes.segments],
      templates: [...this.#templates.segments],
      blocks: this.#codes.blocks,
      templateBlocks: this.#templates.blocks,
      size: this.size,
    };
    // A preparation that ends after the gallery was closed may have written once more.
    return this.#readings.begin(snapshot, () => this.#closed && wipeSnapshot(snapshot));
  }

  /**
   * Overwrites the templates and releases them; idempotent.
   *
   * @example
   * using gallery = new PackedGallery();
   */
  [Symbol.dispose](): void {
    if (this.#closed) return;
    this.#closed = true;
    new Uint8Array(this.#table.snapshot().states).fill(0);
    this.#codes.clear();
    this.#templates.clear();
    this.#slotOf.clear();
    this.#queue.length = 0;
  }

  /** Lets searches find a slot that is coded, in place of what it replaces. */
  #show(slot: number): void {
    const state = this.#table.state(slot);
    if (state >= 0) return;
    this.#table.setState(slot, -state);
    this.#writeSlot(slot, slot + 1);
    const before = this.#replaces.get(slot);
    if (before === undefined) return;
    this.#replaces.delete(slot);
    this.#readings.addReplaced(slot);
    this.#vacate(before);
  }

  /** Notes what a new slot replaces: a published one, or what an unpublished one was to replace. */
  #succeed(before: number, slot: number): void {
    const oldest = this.#table.state(before) > 0 ? before : this.#replaces.get(before);
    if (oldest !== undefined) this.#replaces.set(slot, oldest);
    if (oldest === before) return;
    this.#replaces.delete(before);
    this.#vacate(before);
  }

  /** Hides a slot at once, and frees it when no reading uses it any more. */
  #vacate(slot: number): void {
    const bytes = Math.abs(this.#table.state(slot));
    const { codes, template } = this.#table.places(slot);
    this.#table.setState(slot, 0);
    const rows = this.#writeSlot(slot, 0);
    this.#readings.retire(() => {
      if (this.#closed) return;
      this.#codes.release(codes, rows);
      this.#templates.release(template, Math.ceil(bytes / ROW_BYTES));
      this.#table.release(slot);
    });
  }

  /** Writes the number into the records of a slot; returns their rows. */
  #writeSlot(slot: number, number: number): number {
    const { codes, template } = this.#table.places(slot);
    const views = this.#templates.byte(template, VIEWS_BYTE);
    let at = codes;
    for (let view = 0; view < views; view++) {
      this.#codes.setWord(at, RECORD_SLOT, number);
      at += this.#codes.word(at, RECORD_ROWS);
    }
    return at - codes;
  }

  #checkOpen(): void {
    if (this.#closed) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'gallery is closed');
  }
}

function wipeSnapshot({ codes, templates, blocks, templateBlocks }: GallerySnapshot): void {
  wipe(codes, blocks);
  wipe(templates, templateBlocks);
}
