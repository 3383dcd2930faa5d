/** The system pools: one per factor, since each factor has its own provider. WBF: service 6. */

import type { BiometricFactor } from '../../core/identifiers.ts';
import type { Focus } from '../access/focus.ts';
import { Pool } from './pool.ts';

export class SystemPools {
  readonly #focus: Focus;
  readonly #pools = new Map<BiometricFactor, Pool>();

  constructor(focus: Focus) {
    this.#focus = focus;
    focus.onChange(() => {
      for (const pool of this.#pools.values()) pool.refresh();
    });
  }

  /** The pool of a factor. */
  of(factor: BiometricFactor): Pool {
    const pool = this.#pools.get(factor) ?? Pool.system(this.#focus);
    this.#pools.set(factor, pool);
    return pool;
  }
}
