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

/** Flat arrays and their dimensions. */
export interface StageRecord {
  readonly width: number;
  readonly height: number;
  readonly arrays: Readonly<Record<string, Uint8Array | Float32Array>>;
}

/** Receives stage records; asked first, so that nothing is built for nobody. The arrays must not be changed. */
export interface TransparencySink {
  accepts(key: StageKey): boolean;
  take(key: StageKey, record: StageRecord): void;
}
