/** `whorl/fingerprint`: what `@whorl/fingerprint` exports, for programs that already depend on `whorl`. */

export * from '../fingerprint/index.ts';
