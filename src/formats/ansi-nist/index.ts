/** ANSI/NIST-ITL files, read only. Runs anywhere. */

export * from './ansi-nist-images.ts';
export * from './ansi-nist-minutiae.ts';
export * from './ansi-nist-reader.ts';
