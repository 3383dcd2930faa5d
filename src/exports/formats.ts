/** `whorl/formats`. */

export * from '../formats/index.ts';
