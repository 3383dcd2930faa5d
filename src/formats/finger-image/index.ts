/** Finger image records. */

export * from './finger-image-codec.ts';
export * from './finger-image-pixels.ts';
export * from './finger-image-record.ts';
