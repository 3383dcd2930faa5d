/** Finger image records. */

export * from './finger-image-pixels.ts';
export * from './finger-image-reader.ts';
export * from './finger-image-record.ts';
export * from './finger-image-writer.ts';
