/** The history that a node has followed: whether a position is part of it. */

import type { Position } from '../../adapters/shared-history.ts';
import { isBiometricError } from '../../core/biometric-error.ts';
import type { GallerySource } from './gallery-source.ts';

/** Changes whose tokens are kept, so that the database is seldom asked. */
const KEPT = 4096;

/** Tokens of the changes that were followed last. */
export class KnownHistory {
  readonly #source: GallerySource;
  readonly #tokens = new Map<number, string>();
  #last: Position;

  constructor(source: GallerySource, at: Position) {
    this.#source = source;
    this.#last = at;
    this.note(at);
  }

  /** The last position that was noted. */
  get last(): Position {
    return this.#last;
  }

  /** Notes where the history is now. */
  note(position: Position): void {
    this.#last = position;
    this.#keep(position);
  }

  /**
   * Whether a position that is not after the last one is part of this history: the tokens tell two histories apart in which a
   * change has the same number, as after a fail-over. Rejects as the database does.
   */
  async has(position: Position): Promise<boolean> {
    if (position.incarnation !== this.#last.incarnation) return false;
    if (position.change === 0) return true;
    const token = this.#tokens.get(position.change);
    if (token !== undefined) return token === position.token;
    try {
      // A database names the first change after a position only when the position is part of its history.
      for await (const _batch of this.#source.changes(position)) break;
    } catch (thrown) {
      if (isBiometricError(thrown) && thrown.code === 'WHORL_E_RESYNC') return false;
      throw thrown;
    }
    this.#keep(position);
    return true;
  }

  #keep({ change, token }: Position): void {
    this.#tokens.set(change, token);
    if (this.#tokens.size > KEPT) this.#tokens.delete(this.#tokens.keys().next().value as number);
  }
}
