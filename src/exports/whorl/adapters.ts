/** `whorl/adapters`: what `@whorl/fingerprint` exports, for programs that have `whorl` anyway. */

export * from '../fingerprint/adapters.ts';
