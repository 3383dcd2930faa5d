/** `whorl/testkit`: a scripted host and conformance suites, for tests of programs and adapters. */

export * from '../../testkit/index.ts';
