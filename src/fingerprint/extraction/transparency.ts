/** Stage records: what each stage produced, for overlays, tests and bug reports. */

/** Public name of a stage; also the name of its section in docs/engine.md. */
export type StageKey =
  | 'resampled-image'
  | 'mask'
  | 'normalized-image'
  | 'first-orientation'
  | 'ridge-period'
  | 'first-response'
  | 'second-orientation'
  | 'second-response'
  | 'phase-residues'
  | 'uncancelled-residues'
  | 'minutiae';

/** What a stage produced, as flat arrays over a grid. */
export interface StageRecord {
  /** Columns of the grid. */
  readonly width: number;
  /** Rows of the grid. */
  readonly height: number;
  /** Row-major arrays by name. Of minutia stages: one value per minutia. */
  readonly arrays: Readonly<Record<string, Uint8Array | Float32Array>>;
}

/** Receives stage records. */
export interface TransparencySink {
  /** Asked before a record is built, so that nothing is built in vain. */
  accepts(key: StageKey): boolean;
  /** Receives a record. Its arrays are copies. */
  take(key: StageKey, record: StageRecord): void;
}
