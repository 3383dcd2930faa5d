/** What an engine thread runs: tasks of the fingerprint engine, uploads, imports, and synthetic impressions for virtual readers. */

import { type SerializedBiometricError, toBiometricError } from '../../core/biometric-error.ts';
import { type EngineTask, executeTask } from '../../fingerprint/index.ts';
import { type EncodePngTask, encodeImage } from './encode-png-task.ts';
import { type ExtractImageTask, extractImage } from './extract-image-task.ts';
import { type ReadPrintsTask, readPrints } from './read-print-task.ts';
import { type SynthesisTask, synthesize } from './synthesis-task.ts';

/** What the pool sends. */
export type WorkerTask = EngineTask | EncodePngTask | ExtractImageTask | ReadPrintsTask | SynthesisTask;

/** What comes back: errors as data, because a thrown one would lose its code on the way. */
export type WorkerAnswer = { readonly result: unknown } | { readonly error: SerializedBiometricError };

/** Runs one task. */
// biome-ignore lint/style/noDefaultExport: the worker pool calls the default export
export default function run(task: WorkerTask): WorkerAnswer {
  try {
    return { result: execute(task) };
  } catch (thrown) {
    return { error: toBiometricError(thrown).serialize() };
  }
}

function execute(task: WorkerTask): unknown {
  if (task.kind === 'synthesize') return synthesize(task);
  if (task.kind === 'encode-png') return encodeImage(task);
  if (task.kind === 'read-prints') return readPrints(task);
  return task.kind === 'extract-image' ? extractImage(task) : executeTask(task);
}
