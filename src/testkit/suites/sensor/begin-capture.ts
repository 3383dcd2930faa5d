/** Captures that a check begins, looks at and aborts. */

import assert from 'node:assert/strict';
import type { CaptureOutcome, SensorAdapter } from '../../../adapters/sensor-adapter.ts';
import { WINBIO_PURPOSE_IDENTIFY } from '../../../core/constants.ts';

/** A signal that is never aborted. */
export const { signal: NEVER } = new AbortController();

/** A capture that was begun. */
export interface RunningCapture {
  readonly outcome: Promise<CaptureOutcome>;
  abort(reason?: unknown): void;
}

/** Begins a capture; `purpose` is WINBIO_PURPOSE_IDENTIFY unless told otherwise. */
export function beginCapture(sensor: SensorAdapter, purpose: number = WINBIO_PURPOSE_IDENTIFY): RunningCapture {
  const controller = new AbortController();
  const outcome = sensor.capture({ purpose }, { signal: controller.signal });
  // A failure before the check awaits the outcome is not an unhandled rejection.
  outcome.catch(() => {});
  return { outcome, abort: (reason) => controller.abort(reason) };
}

/** The sample of a capture that must have yielded one. */
export function sampleOf(outcome: CaptureOutcome): Uint8Array {
  if (outcome.kind !== 'sample') assert.fail('expected a sample');
  return outcome.sample;
}
