/**
 * Version of what the engine computes. It is raised when the same image gives other features or the same features another
 * score, which golden.test.ts notices; templates and scores of different versions are told apart by it.
 */
export const ENGINE_VERSION = 2;
