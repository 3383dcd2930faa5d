/** Blocks the interface handed out and the client has to free: an account that leak checks can read. */

import type { HRESULT } from '../core/hresult.ts';
import { E_INVALIDARG, E_POINTER, S_OK } from '../core/result-constants.ts';

export class LiveBlocks {
  readonly #live = new Set<object>();

  /** Blocks that were handed out and not freed. */
  get count(): number {
    return this.#live.size;
  }

  /** Hands a block to the client. */
  issue<T extends object>(block: T): T {
    this.#live.add(block);
    return block;
  }

  /** Frees a block by its outermost address and wipes the bytes in it. WBF: sessions 8, D-35. */
  free(address: unknown): HRESULT {
    if (address === null || address === undefined) return E_POINTER;
    if (typeof address !== 'object' || !this.#live.delete(address)) return E_INVALIDARG;
    wipe(address);
    return S_OK;
  }
}

/** Overwrites every byte array of a block; what the client copied stays its own. */
function wipe(value: unknown): void {
  if (value instanceof Uint8Array) value.fill(0);
  else if (Array.isArray(value)) value.forEach(wipe);
  else if (typeof value === 'object' && value !== null) {
    // UserData is the client's: never read, copied, changed or freed.
    for (const [key, member] of Object.entries(value)) if (key !== 'UserData') wipe(member);
  }
}
