/** `whorl/fingerprint`. */

export * from '../fingerprint/index.ts';
