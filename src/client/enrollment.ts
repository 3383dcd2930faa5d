/** An enrollment as an async iterable of captures. */

import { BiometricError } from '../core/biometric-error.ts';
import type { FingerCoverage } from '../core/finger-coverage.ts';
import type { Identity, OwnerIdentity } from '../core/identity.ts';
import type { OperationRequest } from '../core/operation-request.ts';
import type { Completion } from '../core/operation-result.ts';
import { reportOf } from '../core/report-of.ts';
import { WINBIO_E_BAD_CAPTURE, WINBIO_E_DUPLICATE_TEMPLATE, WINBIO_I_MORE_DATA } from '../core/result-constants.ts';
import type { OperationOptions } from './operation-options.ts';
import type { CommitOutcome, EnrollmentStep } from './outcomes.ts';

/** Runs one operation of the session; codes in `allowed` are outcomes, not faults. */
export type Ask = (
  request: OperationRequest,
  allowed: readonly number[],
  options?: OperationOptions,
) => Promise<Completion>;

/**
 * A template under construction, from `session.beginEnrollment`. Iterate it: each step is one capture, until the
 * template is sufficient; then {@link commit} it. Leaving the loop neither commits nor discards; disposal discards
 * what was not committed.
 *
 * ```ts
 * await using enrollment = await session.beginEnrollment({ finger: 'right-index' });
 * for await (const step of enrollment) show(step.percentComplete, step.kind);
 * await enrollment.commit();
 * ```
 */
export class Enrollment implements AsyncDisposable, AsyncIterable<EnrollmentStep> {
  readonly #ask: Ask;
  #open = true;
  #percentComplete = 0;
  #coverage: FingerCoverage | undefined;
  #iterated = false;

  /** Made by `session.beginEnrollment`. */
  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** How far the template is, 0..100; it never falls. 100: it can be committed. */
  get percentComplete(): number {
    return this.#percentComplete;
  }

  /**
   * Waits for a finger, captures one sample and adds it to the template. WBF: operations 2.3.
   *
   * After WINBIO_E_CANCELED, WINBIO_E_SELECTION_REQUIRED and codes of access or locks the enrollment stays open; after
   * any other it has ended. Rejects with WINBIO_E_CANCELED, E_ACCESSDENIED, E_OUTOFMEMORY, WINBIO_E_DISABLED,
   * WINBIO_E_SESSION_BUSY, WINBIO_E_INVALID_OPERATION, WINBIO_E_LOCK_VIOLATION, WINBIO_E_SELECTION_REQUIRED,
   * WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND, WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_BUSY,
   * WINBIO_E_DEVICE_FAILURE, WINBIO_E_SESSION_HANDLE_CLOSED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const step = await enrollment.capture({ deadlineMs: 30_000 });
   * if (step.kind === 'rejected') show(fingerprintRejectDetail(step.detail)?.advice);
   * ```
   */
  async capture(options: OperationOptions = {}): Promise<EnrollmentStep> {
    const { hresult, values } = await this.#ask({ kind: 'enroll-capture' }, [], options);
    this.#percentComplete = Math.max(this.#percentComplete, values.percentComplete ?? 0);
    this.#coverage = values.coverage ?? this.#coverage;
    const progress = {
      percentComplete: this.#percentComplete,
      ...(this.#coverage && { coverage: this.#coverage }),
      ...reportOf(values),
    };
    if (hresult === WINBIO_E_BAD_CAPTURE) return { kind: 'rejected', detail: values.rejectDetail ?? 0, ...progress };
    return { kind: hresult === WINBIO_I_MORE_DATA ? 'more-needed' : 'sufficient', ...progress };
  }

  /** One step for each {@link capture}, until the template is sufficient. Throws a TypeError the second time. */
  async *[Symbol.asyncIterator](): AsyncGenerator<EnrollmentStep, void, void> {
    if (this.#iterated) throw new TypeError('an enrollment can be iterated once');
    this.#iterated = true;
    while (true) {
      const step = await this.capture();
      yield step;
      if (step.kind === 'sufficient') return;
    }
  }

  /**
   * Stores the template: in the system pool for the account of the session, in a private pool under a new GUID; with `owner`
   * for that person, which takes an administrator or an operator.
   * WBF: operations 2.5, D-22.
   *
   * A commit that fails leaves the template intact and may be repeated. Rejects with WINBIO_E_CANCELED, E_ACCESSDENIED,
   * E_OUTOFMEMORY, WINBIO_E_DISABLED, WINBIO_E_SESSION_BUSY, WINBIO_E_LOCK_VIOLATION, WINBIO_E_INVALID_OPERATION when
   * the template is not complete, WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND, WINBIO_E_DUPLICATE_ENROLLMENT,
   * WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DATABASE_FULL, WINBIO_E_DATABASE_LOCKED, WINBIO_E_DATABASE_CORRUPTED,
   * WINBIO_E_DATABASE_READ_ERROR, WINBIO_E_DATABASE_WRITE_ERROR, WINBIO_E_SESSION_HANDLE_CLOSED, WHORL_E_PROTOCOL,
   * WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const outcome = await enrollment.commit();
   * if (outcome.kind === 'duplicate') show(`already enrolled as ${fingerName(outcome.subFactor)}`);
   * ```
   */
  async commit(options: OperationOptions & { readonly owner?: OwnerIdentity } = {}): Promise<CommitOutcome> {
    const { owner, ...others } = options;
    const request = { kind: 'enroll-commit', ...(owner && { owner }) } as const;
    const { hresult, values } = await this.#ask(request, [WINBIO_E_DUPLICATE_TEMPLATE], others);
    const identity = ownerOf(values.identity);
    if (hresult === WINBIO_E_DUPLICATE_TEMPLATE)
      return { kind: 'duplicate', identity, subFactor: values.subFactor ?? 0 };
    this.#open = false;
    return { kind: values.isNewTemplate === true ? 'stored' : 'already-enrolled', identity };
  }

  /**
   * Ends the enrollment without storing anything. WBF: operations 2.6. Rejects with WINBIO_E_INVALID_OPERATION when it
   * has already ended, WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND, WINBIO_E_CANCELED, E_ACCESSDENIED, E_OUTOFMEMORY,
   * WINBIO_E_DISABLED, WINBIO_E_SESSION_BUSY, WINBIO_E_LOCK_VIOLATION, WINBIO_E_SESSION_HANDLE_CLOSED,
   * WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await enrollment.discard();
   * ```
   */
  async discard(): Promise<void> {
    this.#open = false;
    await this.#ask({ kind: 'enroll-discard' }, []);
  }

  /** Discards the template unless it was committed; never rejects. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    // The session, the unit or a suspend may have ended it already.
    await this.#ask({ kind: 'enroll-discard' }, []).catch(() => undefined);
  }
}

function ownerOf(identity: Identity | undefined): OwnerIdentity {
  if (identity?.type === 'sid' || identity?.type === 'guid') return identity;
  throw new BiometricError('WHORL_E_PROTOCOL', 'a commit without an identity');
}
