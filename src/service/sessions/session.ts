/** One client session on one pool. */

import { isNamed, type NamedUnit, type ReaderReference } from '../../core/named-readers.ts';
import { WINBIO_E_CANCELED, WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND } from '../../core/result-constants.ts';
import type { Outcome } from '../outcome.ts';
import type { CandidateSession } from '../units/candidate.ts';
import type { Enrollment } from '../units/enrollment.ts';
import type { Lease } from '../units/lease.ts';
import type { Pool } from '../units/pool.ts';
import type { Unit } from '../units/unit.ts';
import { type Execute, Handle, type HandleParts } from './handle.ts';
import type { Operation } from './operation.ts';

/** What a session is made of. */
export interface SessionParts extends HandleParts {
  readonly pool: Pool;
  readonly flags: number;
  /** Readers it is confined to. Default: every unit of the pool. */
  readonly readers?: readonly ReaderReference[] | undefined;
  readonly execute: Execute<Session>;
  /** Returns the units of a private pool; called once, after everything else is released. */
  readonly returnUnits: () => Promise<void>;
}

export class Session extends Handle implements CandidateSession {
  readonly pool: Pool;
  readonly flags: number;
  /** The enrollment this session began and has not ended. */
  enrollment: Enrollment | undefined;
  /** The machine slept while an enrollment was open; the next enrollment call reports it, once (D-20). */
  enrollmentLostToSuspend = false;
  /** Account that was last identified here, for a logon. */
  identified: { readonly sid: string; readonly atMs: number } | undefined;
  /** Why the enrollment was ended by the service; the next enrollment call reports it, once. */
  enrollmentTaken: string | undefined;
  /** Why the lock was taken back by the service; the next unlock reports it, once. */
  lockTaken: string | undefined;
  /** The unit whose lock this session holds. */
  lockedUnit: Unit | undefined;
  /** Ends the lock when the session does nothing. */
  lockLease: Lease | undefined;
  /** The lock request that is waiting. */
  lockRequest: { readonly unit: Unit; readonly cancel: () => void } | undefined;
  readonly #readers: readonly ReaderReference[] | undefined;
  readonly #execute: Execute<Session>;
  readonly #returnUnits: () => Promise<void>;

  constructor(parts: SessionParts) {
    super(parts);
    this.pool = parts.pool;
    this.flags = parts.flags;
    this.#readers = parts.readers;
    this.#execute = parts.execute;
    this.#returnUnits = parts.returnUnits;
  }

  /** Units of the pool that it may use. */
  get units(): readonly Unit[] {
    return this.pool.units.filter((unit) => this.reaches(unit));
  }

  reaches(unit: NamedUnit): boolean {
    return this.#readers === undefined || isNamed(unit, this.#readers);
  }

  /** Ends the enrollment of this session, if there is one, for good when it is done; operations that wait for its unit go on at once. */
  endEnrollment(done = false): void {
    const { enrollment } = this;
    if (enrollment === undefined) return;
    this.enrollment = undefined;
    const unit = this.pool.unit(enrollment.unitId);
    if (unit?.enrollment === enrollment) unit.enrollment = undefined;
    enrollment.end(done);
    this.pool.refresh();
  }

  /** The service takes the enrollment back; a capture that waits is canceled. */
  takeEnrollment(why: string): void {
    if (this.enrollment === undefined) return;
    this.enrollmentTaken = why;
    for (const candidate of this.pool.candidatesOf(this)) {
      if (candidate.role === 'enrollment') candidate.fail(WINBIO_E_CANCELED, this.enrollment.unitId);
    }
    this.endEnrollment();
  }

  /** The service takes the lock back; operations of the session go on without it. */
  takeLock(why: string): void {
    if (this.lockedUnit === undefined) return;
    this.lockTaken = why;
    this.releaseLocks();
  }

  /** The machine is about to sleep: the enrollment is lost, and what waits for a sample ends. WBF: workflows 15. */
  suspend(): void {
    const waiting = this.pool.candidatesOf(this).filter(({ role }) => role !== 'monitor');
    const capturing = waiting.some(({ role }) => role === 'enrollment');
    if (this.enrollment !== undefined && !capturing) this.enrollmentLostToSuspend = true;
    for (const candidate of waiting) {
      const enrolls = candidate.role === 'enrollment';
      candidate.fail(enrolls ? WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND : WINBIO_E_CANCELED, 0);
    }
    this.endEnrollment();
  }

  /** Releases the lock of this session and its waiting request. WBF: unlock releases all locks of the session. */
  releaseLocks(): void {
    const { lockedUnit } = this;
    this.lockRequest?.cancel();
    this.lockedUnit = undefined;
    this.lockLease?.[Symbol.dispose]();
    lockedUnit?.lock.release(this);
    lockedUnit?.pump.refresh();
  }

  protected execute(operation: Operation): Promise<Outcome> | Outcome {
    if (this.lockedUnit !== undefined) this.lockLease?.renew();
    return this.#execute(this, operation);
  }

  protected async release(): Promise<void> {
    this.endEnrollment();
    this.releaseLocks();
    await this.#returnUnits();
  }
}
