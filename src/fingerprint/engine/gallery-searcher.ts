/** Searches of galleries in two stages, and the coding that precedes them, over a runner of tasks. */

import type { Candidate } from '../../adapters/engine-adapter.ts';
import { SEARCH } from '../parameters.ts';
import type { GallerySnapshot } from '../search/gallery-snapshot.ts';
import type { PackedGallery } from '../search/packed-gallery.ts';
import { bestCandidates } from '../search/search-gallery.ts';
import { mergeShortlists } from '../search/shortlist.ts';
import { withinWork } from '../search/within-work.ts';
import type { EngineRunner } from './engine-runner.ts';
import { TaskGroup, untilAborted } from './task-group.ts';

/** References coded by one task: a few milliseconds, so that a search does not have to wait long. */
const BATCH = 48;

/** References that wait to be coded, from which on those that do not are searched first. */
const MANY_WAITING = 1000;
/** Codes more at a time where so many wait: they are coded sooner, and a search does not wait for them if it can. */
const LARGE_BATCH = 4 * BATCH;

/** What a search looks for. */
export interface SearchRequest {
  readonly probe: Uint8Array;
  /** Least score of a candidate, by the references in the gallery. */
  readonly threshold: (size: number) => number;
  /** Compares every reference in full. */
  readonly exact: boolean;
  /** Whether prints may be turned against each other by more than 60 degrees. */
  readonly anyRotation: boolean;
  /** Looks for prints that are not turned (0), or turned (1), alone; for these and then for those when undefined. */
  readonly look?: number | undefined;
  /** References of the whole that the gallery is a part of; its own when undefined. */
  readonly size?: number | undefined;
  readonly signal: AbortSignal;
}

/** How references are compared in full. */
interface FullComparison {
  readonly probe: Uint8Array;
  /** Least score of a candidate. */
  readonly least: number;
  readonly anyRotation: boolean;
}

/** Searches galleries. */
export class GallerySearcher {
  readonly #runner: EngineRunner;
  readonly #preparing = new WeakMap<PackedGallery, Promise<void>>();
  #closed = false;

  constructor(runner: EngineRunner) {
    this.#runner = runner;
  }

  /** Candidates, best first. Rejects with WINBIO_E_CANCELED. */
  async search(gallery: PackedGallery, request: SearchRequest): Promise<readonly Candidate[]> {
    if (gallery.queued - gallery.published > MANY_WAITING && request.look === undefined) {
      const early = await this.#pass(gallery, request, false);
      if (early.length > 0) return early;
    }
    await this.#prepare(gallery, request.signal);
    const inTurn = request.anyRotation && !request.exact;
    if (inTurn && request.look !== undefined) return await this.#pass(gallery, request, request.look > 0);
    const upright = await this.#pass(gallery, request, request.anyRotation && request.exact);
    // Few prints are turned, and looking for them takes twice as long.
    return upright.length > 0 || !inTurn ? upright : this.#pass(gallery, request, true);
  }

  async #pass(gallery: PackedGallery, request: SearchRequest, turned: boolean): Promise<readonly Candidate[]> {
    const reading = gallery.read();
    const { snapshot } = reading;
    const comparison = { probe: request.probe, least: request.threshold(gallery.expected), anyRotation: turned };
    const tasks = new TaskGroup(this.#runner, request.signal);
    try {
      const wanted = shortlistLength(snapshot.size, request.size);
      const all = request.exact || snapshot.size <= wanted;
      const slots = all
        ? Int32Array.from({ length: snapshot.slots }, (_, slot) => slot)
        : await this.#shortlist(tasks, snapshot, { probe: request.probe, wanted, turned });
      const found = await this.#compare(tasks, snapshot, comparison, slots);
      // References replaced meanwhile may have been skipped in both versions, so the new ones are compared too.
      if (reading.replaced.length > 0) {
        const now = gallery.read();
        try {
          found.push(...(await this.#compare(tasks, now.snapshot, comparison, Int32Array.from(reading.replaced))));
        } finally {
          now[Symbol.dispose]();
        }
      }
      const present = found.filter(({ recordId }) => gallery.has(recordId));
      return bestCandidates(present, SEARCH.maxCandidates);
    } finally {
      tasks.whenEnded(() => reading[Symbol.dispose]());
    }
  }

  /** Begins to code added references, on other threads. */
  prepareSoon(gallery: PackedGallery): void {
    if (this.#runner.blocking !== true) void this.#prepareNext(gallery).catch(() => {});
  }

  close(): void {
    this.#closed = true;
  }

  /** Waits until every reference added before is coded. */
  async #prepare(gallery: PackedGallery, signal: AbortSignal): Promise<void> {
    const { queued } = gallery;
    while (gallery.published < queued) await untilAborted(signal, this.#prepareNext(gallery));
  }

  /** Codes waiting references, one batch a thread at a time; concurrent callers await the same run. */
  #prepareNext(gallery: PackedGallery): Promise<void> {
    const running = this.#preparing.get(gallery);
    if (running !== undefined) return running;
    // Deferred, so that adding returns at once and many additions make one batch.
    const next = Promise.resolve().then(() => this.#prepareBatch(gallery));
    const settled = next.finally(() => this.#preparing.delete(gallery));
    this.#preparing.set(gallery, settled);
    void settled.then(
      () => gallery.published < gallery.queued && !this.#closed && this.prepareSoon(gallery),
      () => {},
    );
    return settled;
  }

  /** Not cancelable: others may await it, and it ends soon. */
  async #prepareBatch(gallery: PackedGallery): Promise<void> {
    const each = gallery.queued - gallery.published > MANY_WAITING ? LARGE_BATCH : BATCH;
    const batch = gallery.nextBatch(each * this.#runner.parallelism);
    const reading = gallery.read();
    const tasks = new TaskGroup(this.#runner, new AbortController().signal);
    try {
      await tasks.run((cancel) =>
        this.#shares(batch.slots).map((slots) => ({
          kind: 'prepare' as const,
          gallery: reading.snapshot,
          slots,
          cancel,
        })),
      );
      gallery.publish(batch);
    } finally {
      tasks.whenEnded(() => reading[Symbol.dispose]());
    }
  }

  async #shortlist(
    tasks: TaskGroup,
    gallery: GallerySnapshot,
    { probe, wanted, turned }: { readonly probe: Uint8Array; readonly wanted: number; readonly turned: boolean },
  ): Promise<Int32Array> {
    const keep = SEARCH.mostPerWork * wanted;
    const shards = Math.min(this.#runner.parallelism, gallery.blocks);
    const lists = await tasks.run((cancel) =>
      Array.from({ length: shards }, (_, shard) => {
        const first = Math.floor((gallery.blocks * shard) / shards);
        const last = Math.floor((gallery.blocks * (shard + 1)) / shards);
        return { kind: 'filter' as const, probe, gallery, first, last, keep, turned, cancel };
      }),
    );
    return withinWork(
      gallery,
      mergeShortlists(lists.flat(), keep),
      probe,
      wanted,
      Math.min(wanted, SEARCH.minShortlist),
    );
  }

  async #compare(
    tasks: TaskGroup,
    gallery: GallerySnapshot,
    { probe, least, anyRotation }: FullComparison,
    slots: Int32Array,
  ): Promise<Candidate[]> {
    const limit = SEARCH.maxCandidates;
    const found = await tasks.run((cancel) =>
      this.#shares(slots).map((share) => ({
        kind: 'search' as const,
        probe,
        gallery,
        slots: share,
        threshold: least,
        anyRotation,
        limit,
        cancel,
      })),
    );
    return found.flat();
  }

  /** Slots dealt out to the threads. */
  #shares(slots: Int32Array): Int32Array[] {
    const shares = Math.max(1, Math.min(this.#runner.parallelism, slots.length));
    return Array.from({ length: shares }, (_, share) => slots.filter((_slot, i) => i % shares === share));
  }
}

/**
 * How many references of a gallery are compared in full. A part of a whole has as many as it takes for the parts together to
 * hold the shortlist of the whole, wherever its references fell: their mean in a part, and four standard deviations more.
 */
export function shortlistLength(size: number, whole = size): number {
  const alone = Math.max(SEARCH.minShortlist, Math.ceil(SEARCH.shortlistShare * size));
  if (whole <= size) return alone;
  const mean = (Math.max(SEARCH.minShortlist, Math.ceil(SEARCH.shortlistShare * whole)) * size) / whole;
  return Math.min(alone, Math.ceil(mean + 4 * Math.sqrt(mean) + 4));
}
