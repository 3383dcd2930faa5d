/** Who reads a gallery, so that memory of removed references is not reused before those readings have ended. */

import type { GallerySnapshot } from './gallery-snapshot.ts';

/** The gallery as it was when a search or a preparation began. Dispose of it when no thread works on it any more. */
export interface GalleryReading extends Disposable {
  /** What the threads read. */
  readonly snapshot: GallerySnapshot;
  /** Slots of references that have replaced others since then. */
  readonly replaced: readonly number[];
}

/** Readings of a gallery, and the memory to free when they end. */
export class GalleryReadings {
  /** Oldest first: when each began. */
  readonly #active = new Map<GalleryReading, number>();
  readonly #retired: { readonly at: number; readonly free: () => void }[] = [];
  #clock = 0;

  begin(snapshot: GallerySnapshot, ended: (snapshot: GallerySnapshot) => void): GalleryReading {
    const reading = {
      snapshot,
      replaced: [],
      [Symbol.dispose]: () => {
        if (!this.#active.delete(reading)) return;
        this.#freeRetired();
        ended(snapshot);
      },
    };
    this.#active.set(reading, this.#clock);
    return reading;
  }

  /** Tells running readings that a slot has taken the place of another. */
  addReplaced(slot: number): void {
    for (const reading of this.#active.keys()) (reading.replaced as number[]).push(slot);
  }

  /** Calls `free` as soon as every reading begun before has ended. */
  retire(free: () => void): void {
    this.#retired.push({ at: ++this.#clock, free });
    this.#freeRetired();
  }

  #freeRetired(): void {
    const oldest = this.#active.values().next().value ?? Number.POSITIVE_INFINITY;
    while (this.#retired.length > 0 && this.#retired[0]!.at <= oldest) this.#retired.shift()!.free();
  }
}
