/** What an engine thread runs: tasks of the fingerprint engine, and synthetic impressions for virtual readers. */

import { type SerializedBiometricError, toBiometricError } from '../../core/biometric-error.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import { type EngineTask, executeTask } from '../../fingerprint/index.ts';
import { type SynthesisTask, synthesize } from './synthesis-task.ts';

/** What the pool sends. */
export type WorkerTask = EngineTask | SynthesisTask;

/** What comes back: errors as data, because a thrown one would lose its code on the way. */
export type WorkerAnswer = { readonly result: unknown } | { readonly error: SerializedBiometricError };

/** Runs one task. */
// biome-ignore lint/style/noDefaultExport: the worker pool calls the default export
export default function run(task: WorkerTask): WorkerAnswer {
  try {
    const result: GreyImage | unknown = task.kind === 'synthesize' ? synthesize(task) : executeTask(task);
    return { result };
  } catch (thrown) {
    return { error: toBiometricError(thrown).serialize() };
  }
}
