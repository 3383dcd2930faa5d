/** Conformance suites for adapters, usable with any test runner. */

export * from './adapter-clauses.ts';
export * from './adapter-test.ts';
export * from './sensor-suite.ts';
export * from './storage-suite.ts';
