/** `@whorl/fingerprint`: the engine alone. */

export * from '../../fingerprint/index.ts';
