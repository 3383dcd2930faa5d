/** Where the template of an enrollment lies while its reader is gone, so that the enrollment can go on with it later. */

import type { EngineAdapter, EnrollmentBuilder } from '../adapters/engine-adapter.ts';
import type { SubFactor } from '../core/identifiers.ts';

interface Kept {
  readonly engine: EngineAdapter;
  readonly subFactor: SubFactor;
  readonly builder: EnrollmentBuilder;
}

/** Holds one, and wipes it when it is given another or is disposed of. */
export class EnrollmentShelf implements Disposable {
  #kept: Kept | undefined;
  #open = true;

  /** Takes over a builder. */
  put(engine: EngineAdapter, subFactor: SubFactor, builder: EnrollmentBuilder): void {
    this.#kept?.builder[Symbol.dispose]();
    this.#kept = { engine, subFactor, builder };
    if (!this.#open) this.clear();
  }

  /** Gives it back for the same finger at an engine that made it; one that does not fit is wiped. */
  take(engine: EngineAdapter, subFactor: SubFactor): EnrollmentBuilder | undefined {
    const kept = this.#kept;
    if (kept?.engine !== engine || kept.subFactor !== subFactor) {
      this.clear();
      return undefined;
    }
    this.#kept = undefined;
    return kept.builder;
  }

  /** Wipes what is there. */
  clear(): void {
    this.#kept?.builder[Symbol.dispose]();
    this.#kept = undefined;
  }

  [Symbol.dispose](): void {
    this.#open = false;
    this.clear();
  }
}
