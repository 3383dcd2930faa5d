/** What the modules of the ZFM-20 family are: pictures and lights. Sources: the user manual of each. */

/** A model. */
export interface ZfmModel {
  /** Who makes it. */
  readonly manufacturer: string;
  /** Pixels in a row of its pictures, 4 bits each on the line. */
  readonly widthPx: number;
  /** Pixels in a column. */
  readonly heightPx: number;
  /** Pixels per inch, in both directions. */
  readonly resolutionPpi: number;
  /** Whether it has a ring of light (AuraLed). */
  readonly hasRing: boolean;
}

const OPTICAL = { widthPx: 256, heightPx: 288, resolutionPpi: 500, hasRing: false } as const;

/** Models by name. */
// biome-ignore format: a row for each model keeps it a table
export const ZFM_MODELS = Object.freeze({
  'zfm-20': { manufacturer: 'Zhiantec', ...OPTICAL },
  'zfm-60': { manufacturer: 'Zhiantec', ...OPTICAL },
  r305:     { manufacturer: 'GROW', ...OPTICAL },
  r307:     { manufacturer: 'GROW', ...OPTICAL },
  as608:    { manufacturer: 'Synochip', ...OPTICAL },
  fpm10a:   { manufacturer: 'AutoHome', ...OPTICAL },
  // Round and capacitive.
  r503:     { manufacturer: 'GROW', widthPx: 192, heightPx: 192, resolutionPpi: 508, hasRing: true },
} as const satisfies Record<string, ZfmModel>);

/** Name of a model. */
export type ZfmModelName = keyof typeof ZFM_MODELS;
