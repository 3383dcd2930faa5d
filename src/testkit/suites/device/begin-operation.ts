/** Operations that a check begins, looks at and aborts. */

import assert from 'node:assert/strict';
import type { DevicePrint, EnrollStage, MatchingDevice } from '../../../adapters/matching-device.ts';
import type { AdapterOptions } from '../../../adapters/sensor-adapter.ts';

/** A signal that is never aborted. */
export const { signal: NEVER } = new AbortController();

/** An operation that was begun. */
export interface RunningOperation<T> {
  readonly outcome: Promise<T>;
  abort(reason?: unknown): void;
}

/** Begins an operation. */
export function begin<T>(operation: (options: AdapterOptions) => Promise<T>): RunningOperation<T> {
  const controller = new AbortController();
  const outcome = operation({ signal: controller.signal });
  // A failure before the check awaits the outcome is not an unhandled rejection.
  outcome.catch(() => {});
  return { outcome, abort: (reason) => controller.abort(reason) };
}

/** Waits for a finger, with whichever comparison the device has. */
export function beginWait(device: MatchingDevice, print?: DevicePrint): RunningOperation<unknown> {
  const identifies = device.info.capabilities.includes('identify');
  if (identifies || print === undefined) return begin((options) => device.identify('all', options));
  return begin((options) => device.verify(print, options));
}

/** Enrolls a finger, which must succeed, and returns its print and what was told on the way. */
export async function enrolled(
  device: MatchingDevice,
  present: (finger: number) => void,
  finger: number,
  label = `label-${finger}`,
): Promise<{ readonly print: DevicePrint; readonly stages: readonly EnrollStage[] }> {
  const stages: EnrollStage[] = [];
  for (let i = 0; i < device.info.enrollStages; i++) present(finger);
  const outcome = await device.enroll(
    { subFactor: 2, label },
    { signal: NEVER, onStage: (stage) => stages.push(stage) },
  );
  if (outcome.kind !== 'enrolled') assert.fail(`expected an enrollment, it was ${outcome.kind}`);
  return { print: outcome.print, stages };
}

/** Ids of what the device lists. */
export async function idsOf(device: MatchingDevice): Promise<readonly string[]> {
  return (await device.list({ signal: NEVER })).map(({ id }) => id).sort();
}
