/** `whorl/testkit`. */

export * from '../../testkit/index.ts';
