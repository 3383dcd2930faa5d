/** `@whorl/fingerprint/formats`: records and images as bytes. */

export * from '../../formats/index.ts';
