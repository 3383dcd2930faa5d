/** One test of a conformance suite, for any test runner. */

import assert from 'node:assert/strict';
import { isBiometricError } from '../../core/biometric-error.ts';
import type { CodeName } from '../../core/codes.ts';

/** One test of a suite. A runner registers it under its title and runs it, unless it is skipped. */
export interface AdapterTest {
  /** Clause of the adapter conformance list (`A-045`), or the suite's name and a number where none applies. */
  readonly id: string;
  /** Id, colon, what the adapter must do. */
  readonly title: string;
  /** Why this test does not apply: the adapter declared that it lacks a capability. Absent when it applies. */
  readonly skipped?: string;
  /**
   * Makes a rig, checks the adapter and closes the rig. Rejects with an `AssertionError` when the adapter does not
   * conform, and with whatever the rig or the adapter fails with.
   */
  run(): Promise<void>;
}

/**
 * Asserts that a call fails with one code.
 *
 * @param code Name of the result code, as in `CODES`.
 * @param attempt Makes the call once.
 * @throws Rejects with an `AssertionError` when the call succeeds, fails with another code, or fails without one.
 * @example
 * await rejectsWith('E_INVALIDARG', () => database.query({ subFactor: 0 })[Symbol.asyncIterator]().next());
 */
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
