/** Finger minutiae records and cards. */

export * from './card-minutiae.ts';
export * from './convert-minutiae.ts';
export type { Deviation } from './deviations.ts';
export * from './minutiae-format.ts';
export * from './minutiae-reader.ts';
export * from './minutiae-record.ts';
export * from './minutiae-writer.ts';
