/** One test of a conformance suite, for any test runner. */

import assert from 'node:assert/strict';
import { isBiometricError } from '../core/biometric-error.ts';
import type { CodeName } from '../core/codes.ts';

/** Run it; it rejects when the adapter does not conform. */
export interface AdapterTest {
  /** Clause of the adapter conformance list (`A-045`), or the suite's name and a number where none applies. */
  readonly id: string;
  /** Begins with the id. */
  readonly title: string;
  /** Why the adapter is not asked this: a capability it declared not to have. */
  readonly skipped?: string;
  run(): Promise<void>;
}

/** Rejects unless the promise rejects with this code. */
export async function rejectsWith(code: CodeName, attempt: () => Promise<unknown>): Promise<void> {
  let outcome: unknown;
  try {
    await attempt();
  } catch (error) {
    if (isBiometricError(error) && error.code === code) return;
    outcome = isBiometricError(error) ? error.code : error;
  }
  assert.fail(outcome === undefined ? `expected ${code}, it succeeded` : `expected ${code}, got ${String(outcome)}`);
}
