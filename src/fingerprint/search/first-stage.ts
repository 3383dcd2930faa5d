/**
 * The first stage of a search: how well the geometry of near codes agrees, for a block of records at a time. Blocks are
 * copied into the kernel's memory, which costs a tenth of scanning them.
 */

import { STEP_COS, STEP_SIN } from '../comparison/direction-steps.ts';
import { FIRST_STAGE } from '../parameters.ts';
import { BLOCK_BYTES } from './arena.ts';
import { ROW_BYTES } from './code-record.ts';
import { PROBE_BYTES, writeProbe } from './coded-probe.ts';
import { type CodeModel, ViewCoder } from './view-coder.ts';

/** As many pairs as there can be, and a few to write past the end. */
const MAX_PAIRS = 255 * 258;
const SCRATCH_BYTES = 3072 + 4 * MAX_PAIRS;
const HALF_TURN = 128;
/** Word of the settings that keeps turns from lying on both sides of 0. */
const ZERO_TURN = 8;
/** Slot + 1 and score of each record. */
const RESULT_WORDS = 2;

/** The settings of the first stage, see parameters.ts; at most 64 pairs. */
export type FirstStageSettings = { readonly [K in keyof typeof FIRST_STAGE]: number };

/** Scores records. One instance serves one thread. */
export class FirstStage extends ViewCoder {
  readonly #settings = this.memory.int32(16 + 512);
  readonly #probe = this.memory.uint8(PROBE_BYTES);
  readonly #block = this.memory.uint8(BLOCK_BYTES);
  readonly #slots = this.memory.int32((RESULT_WORDS * BLOCK_BYTES) / ROW_BYTES);
  readonly #scores = new Float32Array(this.#slots.buffer, this.#slots.byteOffset, this.#slots.length);
  readonly #scratch = this.memory.uint8(SCRATCH_BYTES);

  constructor(model?: CodeModel, settings: FirstStageSettings = FIRST_STAGE) {
    super(model);
    const { maxHalfDistance, maxDistance, weightless, turnSteps, lengthPx2, tangent2, weightOffset, pairs } = settings;
    const floats = new Float32Array(this.#settings.buffer, this.#settings.byteOffset, this.#settings.length);
    this.#settings.set([maxHalfDistance, maxDistance, weightless, turnSteps]);
    floats.set([lengthPx2, tangent2, weightOffset], 4);
    this.#settings[7] = pairs;
    floats.set(STEP_COS, 16);
    floats.set(STEP_SIN, 16 + 256);
  }

  /**
   * Takes the impression that begins at `start` of a sound template as the probe. `turned` looks for references that are
   * turned by more than the gate instead of those that are not.
   */
  loadProbe(template: Uint8Array, start: number, turned = false): void {
    writeProbe(this.code(template, start), this.#probe, turned);
    this.#settings[ZERO_TURN] = turned ? 0 : HALF_TURN;
  }

  /** Scores the records of a block, which may be in shared memory; hands out slot and score of each, from `least` on. */
  score(block: Uint8Array, take: (slot: number, score: number) => void, least = Number.NEGATIVE_INFINITY): void {
    this.#block.set(block);
    const found = this.functions.filterRecords(
      this.#block.byteOffset,
      this.#block.byteOffset + block.length,
      this.#probe.byteOffset,
      this.#settings.byteOffset,
      this.#slots.byteOffset,
      this.#scratch.byteOffset,
      least,
    );
    for (let i = 0; i < RESULT_WORDS * found; i += RESULT_WORDS) take(this.#slots[i]! - 1, this.#scores[i + 1]!);
  }
}

let ofThisThread: FirstStage | undefined;

/** The first stage of this thread; made on first use. */
export function threadFirstStage(): FirstStage {
  ofThisThread ??= new FirstStage();
  return ofThisThread;
}
