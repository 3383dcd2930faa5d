/** Blocks of the library that the program has to free: each stays allocated until then. */

import type { HRESULT } from '../core/hresult.ts';
import { E_INVALIDARG } from '../core/result-constants.ts';
import type { NativeWinBio } from '../drivers/winbio/native-winbio.ts';
import { LiveBlocks } from '../winbio/blocks.ts';

export class NativeBlocks {
  readonly #native: NativeWinBio;
  readonly #live = new LiveBlocks();
  readonly #addresses = new WeakMap<object, bigint>();

  constructor(native: NativeWinBio) {
    this.#native = native;
  }

  /** Blocks handed out and not freed yet. */
  get count(): number {
    return this.#live.count;
  }

  /** Hands a block to the program. */
  issue<T extends object>(block: T, address: bigint): T {
    this.#addresses.set(block, address);
    return this.#live.issue(block);
  }

  /** Frees a block, and wipes what the program has of it. What is no block cannot be passed: E_POINTER, E_INVALIDARG. */
  free(block: unknown): HRESULT {
    if (block === null || block === undefined) return this.#native.free(null);
    const address = typeof block === 'object' ? this.#addresses.get(block) : undefined;
    if (address === undefined) return E_INVALIDARG;
    this.#addresses.delete(block);
    this.#live.free(block);
    return this.#native.free(address);
  }
}
