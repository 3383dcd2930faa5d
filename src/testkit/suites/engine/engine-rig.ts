/** What an engine's author provides to have the engine tested. */

import type { ADAPTER_CAPABILITIES } from '../../../adapters/adapter-module.ts';
import type { EngineAdapter } from '../../../adapters/engine-adapter.ts';

/** An engine under test, and samples it can read. Each test gets a rig of its own. */
export interface EngineRig {
  /** The engine; the rig closes it. */
  readonly engine: EngineAdapter;
  /**
   * A sample (the bytes of a BIR) of a finger. Impressions of one finger match, different fingers do not. May reject
   * with any error, which fails the test.
   *
   * @param finger 1..4.
   * @param impression 1..8.
   */
  sample(finger: number, impression: number): Uint8Array | Promise<Uint8Array>;
  /** A sample that shows no finger, so that its extraction is rejected. Any error it rejects with fails the test. */
  blank(): Uint8Array | Promise<Uint8Array>;
  /** Releases the engine and all that was made for it. Any error it rejects with fails the test. */
  close(): Promise<void>;
}

/** An optional part of the engine contract, named as in the manifest of an adapter module. */
export type EngineCapability = (typeof ADAPTER_CAPABILITIES)['engine'][number];
