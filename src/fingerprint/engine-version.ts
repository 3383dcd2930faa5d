/**
 * Version of what the engine computes. It is raised when an image gives other features or features another score, which
 * test/fingerprint/golden.test.ts notices. Templates and scores of different versions are told apart by it.
 */
export const ENGINE_VERSION = 3;
