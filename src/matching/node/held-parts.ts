/** The parts of a gallery that a node holds, loaded and kept up to date from the shared database. */

import type { EngineAdapter, Gallery } from '../../adapters/engine-adapter.ts';
import { throwIfAborted } from '../../adapters/sensor-adapter-base.ts';
import type { Position } from '../../adapters/shared-history.ts';
import type { RecordChange, StoredRecord } from '../../adapters/storage-adapter.ts';
import { isBiometricError } from '../../core/biometric-error.ts';
import type { Logger } from '../../core/logger.ts';
import type { GallerySource } from './gallery-source.ts';
import { KnownHistory } from './known-history.ts';

/** A part that can be searched. */
export interface HeldPart {
  readonly gallery: Gallery;
  /** Everything up to this change is in it. */
  readonly through: Position;
}

/** What the parts are made of. */
export interface HeldPartsOptions {
  readonly source: GallerySource;
  readonly engine: EngineAdapter;
  /** How many parts the gallery has. */
  readonly parts: number;
  readonly logger: Logger;
  /** Calls when a part can be searched, or cannot any more. */
  readonly onChange: () => void;
}

/** The parts that a node holds. */
export class HeldParts implements AsyncDisposable {
  readonly #options: HeldPartsOptions;
  readonly #held = new Map<number, HeldPart>();
  readonly #loading = new Map<number, AbortController>();
  readonly #closed = new AbortController();
  readonly #watch: Disposable;
  readonly #waiting = new Set<() => void>();
  #history: KnownHistory;
  #turn: Promise<unknown> = Promise.resolve();
  #loads: Promise<unknown> = Promise.resolve();
  #wanted: ReadonlySet<number> = new Set();
  #isReachable = true;

  private constructor(options: HeldPartsOptions, at: Position) {
    this.#options = options;
    this.#history = new KnownHistory(options.source, at);
    this.#watch = options.source.watch(() => void this.#follow());
  }

  /** Begins to follow the database; no part is held yet. Rejects with WHORL_E_OFFLINE. */
  static async open(options: HeldPartsOptions): Promise<HeldParts> {
    return new HeldParts(options, await options.source.position());
  }

  /** Where the history is, as far as it was followed. */
  get position(): Position {
    return this.#history.last;
  }

  /** Numbers of the parts that can be searched. */
  get numbers(): readonly number[] {
    return [...this.#held.keys()];
  }

  /** Parts that are being loaded, or wait for it. */
  get loading(): number {
    return this.#loading.size;
  }

  /** A part, as it is now; undefined when it is not held. */
  at(part: number): HeldPart | undefined {
    const held = this.#held.get(part);
    if (held === undefined) return undefined;
    return this.position.change > held.through.change ? { ...held, through: this.position } : held;
  }

  /** Loads what is missing of these parts, one after the other, and stops to load what is not among them. */
  want(parts: ReadonlySet<number>): void {
    this.#wanted = parts;
    for (const [part, loading] of this.#loading) if (!parts.has(part)) loading.abort();
    for (const part of parts) if (!this.#held.has(part) && !this.#loading.has(part)) this.#begin(part);
  }

  /** Lets a part go. */
  drop(part: number): void {
    const held = this.#held.get(part);
    if (held === undefined) return;
    this.#held.delete(part);
    held.gallery[Symbol.dispose]();
    this.#options.onChange();
  }

  /**
   * Waits until everything up to a position is here; `other-history` when the position is not part of what was followed,
   * `behind` when the signal aborts first or the database cannot be reached.
   */
  async caughtUp(through: Position, signal: AbortSignal): Promise<'here' | 'behind' | 'other-history'> {
    let isFollowed = false;
    for (;;) {
      if (signal.aborted) return 'behind';
      const isSame = through.incarnation === this.position.incarnation;
      if (isSame && this.position.change >= through.change) {
        const known = await this.#history.has(through).catch(() => undefined);
        if (known === true) return 'here';
        if (known === undefined) return 'behind';
        if (isFollowed) return 'other-history';
      } else if (!isSame && isFollowed) return 'other-history';
      if (isFollowed) await this.#nextChange(signal);
      await this.#follow();
      isFollowed = true;
    }
  }

  /** Lets everything go; idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort();
    this.#watch[Symbol.dispose]();
    for (const loading of this.#loading.values()) loading.abort();
    await this.#loads;
    await this.#turn;
    for (const { gallery } of this.#held.values()) gallery[Symbol.dispose]();
    this.#held.clear();
  }

  #begin(part: number): void {
    const loading = new AbortController();
    this.#loading.set(part, loading);
    const ended = this.#loads.then(() => this.#load(part, loading.signal));
    this.#loads = ended.then(
      () => this.#loading.delete(part),
      (thrown: unknown) => {
        this.#loading.delete(part);
        if (this.#closed.signal.aborted) return;
        if (loading.signal.aborted) {
          // Wanted again before the loading had ended.
          if (this.#wanted.has(part)) this.#begin(part);
          return;
        }
        this.#options.logger.warn(
          'a part of the gallery cannot be loaded; it is tried again',
          faultOf(thrown, { part }),
        );
      },
    );
  }

  async #load(part: number, signal: AbortSignal): Promise<void> {
    throwIfAborted(signal);
    const { source, engine, parts, onChange } = this.#options;
    const content = await source.load({ of: parts, index: part });
    const gallery = engine.createGallery();
    try {
      let first: StoredRecord | undefined;
      for await (const batch of content.records) {
        throwIfAborted(signal);
        for (const record of batch) this.#add(gallery, record);
        first ??= batch[0];
      }
      // A search waits until references are coded; nobody is asked to wait for it.
      if (first !== undefined && gallery.size > 0)
        await engine.findDuplicates(first.template, gallery, { signal, look: 0 });
      await this.#exclusively(async () => {
        let through = content.position;
        for await (const batch of source.changes(through)) {
          for (const change of batch) {
            if (change.recordId % parts === part) this.#apply(gallery, change);
            through = change.position;
          }
        }
        throwIfAborted(signal);
        this.#held.set(part, { gallery, through });
      });
    } catch (thrown) {
      gallery[Symbol.dispose]();
      throw thrown;
    }
    onChange();
  }

  /** Applies what is new. What cannot be read now is read with the next hint. */
  async #follow(): Promise<void> {
    await this.#exclusively(async () => {
      if (this.#closed.signal.aborted) return;
      const { source, parts, logger } = this.#options;
      try {
        for await (const batch of source.changes(this.position)) {
          for (const change of batch) {
            const held = this.#held.get(change.recordId % parts);
            if (held !== undefined && change.position.change > held.through.change) this.#apply(held.gallery, change);
            this.#history.note(change.position);
          }
        }
        if (!this.#isReachable) logger.info('the shared database is followed again');
        this.#isReachable = true;
      } catch (thrown) {
        if (isBiometricError(thrown) && thrown.code === 'WHORL_E_RESYNC') return await this.#startOver();
        if (this.#isReachable) logger.warn('the shared database cannot be followed', faultOf(thrown));
        this.#isReachable = false;
      }
    });
    this.want(this.#wanted);
    for (const wake of this.#waiting) wake();
  }

  /** The database has another history: nothing that is held counts any more. */
  async #startOver(): Promise<void> {
    const { source, logger, onChange } = this.#options;
    logger.warn('the shared database has another history; everything is loaded again');
    for (const { gallery } of this.#held.values()) gallery[Symbol.dispose]();
    this.#held.clear();
    for (const loading of this.#loading.values()) loading.abort();
    onChange();
    this.#history = new KnownHistory(source, await source.position());
  }

  #apply(gallery: Gallery, { kind, recordId, record }: RecordChange): void {
    if (kind === 'deleted' || record === undefined) gallery.remove(recordId);
    else this.#add(gallery, record);
  }

  #add(gallery: Gallery, { recordId, template, searchCodes }: StoredRecord): void {
    try {
      gallery.add(recordId, template, searchCodes);
    } catch (thrown) {
      gallery.remove(recordId);
      this.#options.logger.warn('a template cannot be searched', faultOf(thrown, { record: recordId }));
    }
  }

  async #exclusively(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => {});
    await turn;
  }

  #nextChange(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.add(resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
    return promise.finally(() => this.#waiting.delete(resolve));
  }
}

function faultOf(thrown: unknown, fields: Readonly<Record<string, number>> = {}) {
  return { ...fields, message: String(thrown), ...(isBiometricError(thrown) && { code: thrown.code }) };
}
