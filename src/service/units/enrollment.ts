/** One enrollment, from begin to its end: the session, the unit, the sub-factor and the template being built. */

import type { EngineAdapter, EnrollmentBuilder, EnrollmentProgress } from '../../adapters/engine-adapter.ts';
import type { FingerCoverage } from '../../core/finger-coverage.ts';
import type { RejectDetail, SubFactor, UnitId } from '../../core/identifiers.ts';
import { StateMachine } from '../../core/state-machine.ts';
import type { EnrollmentShelf } from '../enrollment-shelf.ts';
import { ENROLLMENT_TABLE, type EnrollmentState, type EnrollmentTrigger } from '../machines/enrollment-machine.ts';
import type { Lease } from './lease.ts';

export class Enrollment {
  /** The session that began it, as an identity only. */
  readonly session: object;
  readonly unitId: UnitId;
  readonly subFactor: SubFactor;
  readonly builder: EnrollmentBuilder;
  /** Ends it when no sample comes; given back when it ends. */
  lease: Lease | undefined;
  /** The selected person. */
  selector: bigint | undefined;
  readonly #engine: EngineAdapter;
  readonly #machine = new StateMachine<EnrollmentState, EnrollmentTrigger>(ENROLLMENT_TABLE, 'empty');
  #lastReject: RejectDetail = 0;
  #percentComplete = 0;
  #coverage: FingerCoverage | undefined;

  readonly #shelf: EnrollmentShelf | undefined;

  /** With a shelf, a builder that was left on it goes on, and one that is not done with goes back to it. */
  constructor(
    { session, unitId, subFactor }: Pick<Enrollment, 'session' | 'unitId' | 'subFactor'>,
    engine: EngineAdapter,
    shelf?: EnrollmentShelf,
  ) {
    this.session = session;
    this.unitId = unitId;
    this.subFactor = subFactor;
    this.#shelf = shelf;
    const left = shelf?.take(engine, subFactor);
    this.builder = left ?? engine.createEnrollment(subFactor);
    this.#engine = engine;
    if (left !== undefined && left.progress.percentComplete > 0) this.note(left.progress);
  }

  get state(): EnrollmentState {
    return this.#machine.state;
  }

  /** Why the last sample was rejected; 0 when it was used. */
  get lastReject(): RejectDetail {
    return this.#lastReject;
  }

  /** 0..100, never decreasing (D-39). */
  get percentComplete(): number {
    return this.#percentComplete;
  }

  /** The part of the finger seen so far, if the engine tells. */
  get coverage(): FingerCoverage | undefined {
    return this.#coverage;
  }

  /** Notes the progress after a sample. */
  note(progress: EnrollmentProgress): void {
    this.lease?.renew();
    this.#lastReject = progress.kind === 'rejected' ? progress.detail : 0;
    this.#percentComplete = Math.max(this.#percentComplete, progress.percentComplete);
    this.#coverage = progress.coverage ?? this.#coverage;
    if (progress.kind === 'more-data') this.#machine.take('more-data');
    if (progress.kind === 'complete') this.#machine.take('completed');
  }

  /** Notes a sample that the sensor or the extraction rejected. */
  reject(detail: RejectDetail): void {
    this.lease?.renew();
    this.#lastReject = detail;
  }

  /** Ends the enrollment and wipes what it collected, unless there is a shelf for it; idempotent. */
  end(done = false): void {
    this.lease?.[Symbol.dispose]();
    if (!this.#machine.take('end')) return;
    if (done || this.#shelf === undefined) this.builder[Symbol.dispose]();
    else this.#shelf.put(this.#engine, this.subFactor, this.builder);
  }
}
