/** What examples of the engine and of the formats find around them. */

import type { GreyImage, RecordId } from '../../../src/exports/fingerprint/adapters.ts';
import type { MinutiaeRecord } from '../../../src/exports/fingerprint/formats.ts';
import type { FingerprintEngine, Minutia, PackedGallery } from '../../../src/exports/fingerprint/index.ts';

export { readFile, writeFile } from 'node:fs/promises';

/** Bytes of a file. */
export declare const bytes: Uint8Array;
export declare const image: GreyImage;
/** Pixels as a device delivers them. */
export declare const frame: Uint8Array;
export declare const sample: Uint8Array;
export declare const features: Uint8Array;
export declare function nextFeatures(): Uint8Array;
export declare const template: Uint8Array;
/** Templates of the same finger. */
export declare const first: Uint8Array;
export declare const second: Uint8Array;
export declare const minutiae: readonly Minutia[];
export declare const record: MinutiaeRecord;
export declare const engine: FingerprintEngine;
export declare const gallery: PackedGallery;
export declare const batch: Parameters<PackedGallery['publish']>[0];
export declare const recordId: RecordId;
export declare const signal: AbortSignal;
