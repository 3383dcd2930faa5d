/** `whorl/fingerprint`: what `@whorl/fingerprint` exports, and an engine on threads. */

export type {
  ThreadedCallOptions,
  ThreadedEngine,
  ThreadedExtractOptions,
} from '../../composition/threads/threaded-engine.ts';
export * from '../../fingerprint/index.ts';
export { type CreateEngineOptions, createEngine } from './create-engine.ts';
