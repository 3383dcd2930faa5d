/** ANSI/NIST-ITL files, read only. */

export * from './ansi-nist-images.ts';
export * from './ansi-nist-minutiae.ts';
export * from './ansi-nist-reader.ts';
