/** The blocks a program has to free. */

import type { HRESULT } from '../core/hresult.ts';
import { E_INVALIDARG, E_POINTER, S_OK } from '../core/result-constants.ts';

/** Keeps account of the blocks handed out, so that a leak can be seen. */
export class LiveBlocks {
  readonly #live = new Set<object>();

  /** Blocks handed out and not freed yet. */
  get count(): number {
    return this.#live.size;
  }

  /** Hands a block to the program. */
  issue<T extends object>(block: T): T {
    this.#live.add(block);
    return block;
  }

  /**
   * Frees a block by its outermost address and overwrites its bytes. E_POINTER, E_INVALIDARG. WBF: sessions 8, D-35.
   */
  free(address: unknown): HRESULT {
    if (address === null || address === undefined) return E_POINTER;
    if (typeof address !== 'object' || !this.#live.delete(address)) return E_INVALIDARG;
    wipe(address);
    return S_OK;
  }
}

/** Overwrites every byte array of a block; copies that the program made stay. */
function wipe(value: unknown): void {
  if (value instanceof Uint8Array) value.fill(0);
  else if (typeof value === 'object' && value !== null) {
    for (const key in value) {
      // UserData belongs to the program: never read, copied, changed or freed.
      if (key !== 'UserData') wipe((value as Readonly<Record<string, unknown>>)[key]);
    }
  }
}
