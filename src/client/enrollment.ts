/** An enrollment as an async iterable of steps. */

import { BiometricError } from '../core/biometric-error.ts';
import type { FingerCoverage } from '../core/finger-coverage.ts';
import type { Identity, OwnerIdentity } from '../core/identity.ts';
import type { OperationRequest } from '../core/operation-request.ts';
import type { Completion } from '../core/operation-result.ts';
import { WINBIO_E_BAD_CAPTURE, WINBIO_E_DUPLICATE_TEMPLATE, WINBIO_I_MORE_DATA } from '../core/result-constants.ts';
import { reportOf } from '../core/sample-report.ts';
import type { OperationOptions } from './operation-options.ts';
import type { CommitOutcome, EnrollmentStep } from './outcomes.ts';

/** Runs one operation of the session; codes in `allowed` are answers, not faults. */
export type Ask = (
  request: OperationRequest,
  allowed: readonly number[],
  options?: OperationOptions,
) => Promise<Completion>;

export class Enrollment implements AsyncDisposable, AsyncIterable<EnrollmentStep> {
  readonly #ask: Ask;
  #open = true;
  #percentComplete = 0;
  #coverage: FingerCoverage | undefined;
  #iterated = false;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** 0..100; 100 when the template is complete. */
  get percentComplete(): number {
    return this.#percentComplete;
  }

  /** Captures one sample and adds it. Throws WINBIO_E_CANCELED (the enrollment stays open), WINBIO_E_LOCK_VIOLATION, ... */
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

  /** One step per capture, until the template is sufficient. Leaving the loop neither commits nor discards. */
  async *[Symbol.asyncIterator](): AsyncGenerator<EnrollmentStep, void, void> {
    if (this.#iterated) throw new TypeError('an enrollment can be iterated once');
    this.#iterated = true;
    while (true) {
      const step = await this.capture();
      yield step;
      if (step.kind === 'sufficient') return;
    }
  }

  /** Stores the template. Throws WINBIO_E_DATABASE_FULL, WINBIO_E_DUPLICATE_ENROLLMENT, ...; then it may be repeated. */
  async commit(options: OperationOptions = {}): Promise<CommitOutcome> {
    const { hresult, values } = await this.#ask({ kind: 'enroll-commit' }, [WINBIO_E_DUPLICATE_TEMPLATE], options);
    const identity = ownerOf(values.identity);
    if (hresult === WINBIO_E_DUPLICATE_TEMPLATE)
      return { kind: 'duplicate', identity, subFactor: values.subFactor ?? 0 };
    this.#open = false;
    return { kind: values.isNewTemplate === true ? 'stored' : 'already-enrolled', identity };
  }

  /** Ends the enrollment without storing anything. Throws WINBIO_E_INVALID_OPERATION when it has ended already. */
  async discard(): Promise<void> {
    this.#open = false;
    await this.#ask({ kind: 'enroll-discard' }, []);
  }

  /** Discards what was not committed. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    // The session, its unit or the platform may have ended it before.
    await this.#ask({ kind: 'enroll-discard' }, []).catch(() => undefined);
  }
}

function ownerOf(identity: Identity | undefined): OwnerIdentity {
  if (identity?.type === 'sid' || identity?.type === 'guid') return identity;
  throw new BiometricError('WHORL_E_PROTOCOL', 'a commit without an identity');
}
