/**
 * One enrollment that the service keeps. It captures until the template is complete, goes on when its reader comes back, and
 * lets the reader go as soon as it does not need it.
 */

import { BiometricError, hresultOf } from '../../core/biometric-error.ts';
import type { FingerCoverage } from '../../core/finger-coverage.ts';
import { FAILED, type HRESULT } from '../../core/hresult.ts';
import type { UnitId } from '../../core/identifiers.ts';
import type { OwnerIdentity } from '../../core/identity.ts';
import type {
  EnrollmentTouch,
  KeptEnrollment,
  KeptEnrollmentStage,
  NewEnrollment,
} from '../../core/kept-enrollment.ts';
import type { Completion } from '../../core/operation-result.ts';
import {
  S_OK,
  WINBIO_E_BAD_CAPTURE,
  WINBIO_E_CANCELED,
  WINBIO_E_DEVICE_BUSY,
  WINBIO_E_DEVICE_FAILURE,
  WINBIO_E_DUPLICATE_TEMPLATE,
  WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND,
  WINBIO_E_ENROLLMENT_IN_PROGRESS,
  WINBIO_E_INCORRECT_SENSOR_POOL,
  WINBIO_E_INVALID_OPERATION,
  WINBIO_E_INVALID_UNIT,
  WINBIO_E_LOCK_VIOLATION,
  WINBIO_E_SENSOR_UNAVAILABLE,
  WINBIO_E_SESSION_BUSY,
} from '../../core/result-constants.ts';
import { StateMachine } from '../../core/state-machine.ts';
import type { Principal } from '../../service/access/principal.ts';
import { EnrollmentShelf } from '../../service/enrollment-shelf.ts';
import type { Service } from '../../service/service.ts';
import { Changes } from '../residents/changes.ts';
import { nextUnitChange, openOnReader, unitOf } from '../residents/reader-session.ts';
import { faultOf, type ResidentClient } from '../residents/resident-client.ts';
import type { Residents } from '../residents/residents.ts';
import { KEPT_ENROLLMENT_TABLE, type KeptEnrollmentTrigger } from './kept-enrollment-table.ts';

/** How often a reader that is busy is asked again, at the latest. */
const AGAIN_MS = 1000;

/** What one is made of. */
export interface KeptEnrollmentParts {
  readonly service: Service;
  readonly residents: Residents;
  /** Who enrolls. */
  readonly principal: Principal;
  readonly token: string;
  /** What is enrolled, with everything decided. */
  readonly enrollment: Required<NewEnrollment>;
  /** Whether the database is one of private pools. */
  readonly isPrivate: boolean;
  /** Name of the person. */
  readonly name: string;
  /** Name of whoever has an identity; empty for nobody in the directory. */
  readonly nameOf: (identity: OwnerIdentity) => Promise<string>;
}

export class KeptEnrollmentRun implements AsyncDisposable {
  readonly changes = new Changes();
  readonly #parts: KeptEnrollmentParts;
  readonly #machine = new StateMachine<KeptEnrollmentStage, KeptEnrollmentTrigger>(KEPT_ENROLLMENT_TABLE, 'waiting');
  readonly #shelf = new EnrollmentShelf();
  readonly #client: ResidentClient;
  readonly #ending = new AbortController();
  #reader: string;
  /** Ends what is under way at one reader. */
  #turn = new AbortController();
  #running: Promise<void>;
  #percentComplete = 0;
  #coverage: FingerCoverage | undefined;
  #lastTouch: EnrollmentTouch | undefined;
  #duplicate: KeptEnrollment['duplicate'];
  #reason: HRESULT | undefined;
  #saving: Promise<void> | undefined;

  constructor(parts: KeptEnrollmentParts) {
    this.#parts = parts;
    this.#reader = parts.enrollment.reader;
    const { sid } = parts.principal;
    // Who may enroll others may do what that takes; the account stays the one that asked.
    this.#client = parts.residents.connect({ sid, administrator: true, mayEnroll: true, remote: false }, this.#shelf);
    this.#running = this.#collect();
  }

  /** Account that began it. */
  get sid(): string {
    return this.#parts.principal.sid;
  }

  /** How it is now. */
  get state(): KeptEnrollment {
    const { enrollment, token, name, service } = this.#parts;
    const unitId = unitOf(service, this.#reader);
    return {
      ...enrollment,
      token,
      name,
      number: this.changes.number,
      reader: this.#reader,
      stage: this.#machine.state,
      ...(unitId !== undefined && { unitId }),
      percentComplete: this.#percentComplete,
      ...(this.#coverage && { coverage: this.#coverage }),
      ...(this.#lastTouch && { lastTouch: this.#lastTouch }),
      ...(this.#duplicate && { duplicate: this.#duplicate }),
      ...(this.#reason !== undefined && { reason: this.#reason }),
    };
  }

  /** True once nothing more can happen. */
  get over(): boolean {
    return this.#machine.state === 'saved' || this.#machine.state === 'ended';
  }

  /** Stores the template; one call at a time, the next ones get the same answer. */
  async save(): Promise<void> {
    if (this.#machine.state === 'saved') return;
    if (this.#machine.state !== 'complete' && this.#machine.state !== 'duplicate') {
      throw new BiometricError('WINBIO_E_INVALID_OPERATION', 'the template is not complete: touch the reader again');
    }
    this.#saving ??= this.#save().finally(() => {
      this.#saving = undefined;
    });
    await this.#saving;
  }

  /** Goes on at another reader, from nothing. */
  async moveTo(reader: string): Promise<void> {
    if (this.over) throw new BiometricError('WHORL_E_NO_SUCH_ENROLLMENT');
    await this.#stop();
    this.#shelf.clear();
    this.#reader = reader;
    this.#percentComplete = 0;
    this.#coverage = undefined;
    this.#lastTouch = undefined;
    this.#note('lost');
    this.#running = this.#collect();
  }

  /** Throws away what was touched, and ends. Idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    await this.#stop();
    this.#note('end');
    this.#shelf[Symbol.dispose]();
    await this.#client[Symbol.asyncDispose]();
  }

  async #stop(): Promise<void> {
    this.#turn.abort();
    await this.#running;
    await this.#saving?.catch(() => undefined);
    this.#turn = new AbortController();
  }

  #note(trigger: KeptEnrollmentTrigger, reason?: HRESULT): void {
    this.#machine.take(trigger);
    this.#reason = reason;
    this.changes.note();
  }

  /** Until it is complete: opens a session while the reader is there, captures, and closes it. Never rejects. */
  async #collect(): Promise<void> {
    const signal = AbortSignal.any([this.#turn.signal, this.#ending.signal]);
    while (!signal.aborted && this.#machine.state !== 'complete') {
      const reason = await this.#captureAt(signal).catch(hresultOf);
      if (signal.aborted || reason === S_OK) continue;
      this.#note('lost', reason);
      if (!PASSING.has(reason)) return this.#note('end', reason);
      await nextUnitChange(this.#parts.service, signal, AGAIN_MS);
    }
  }

  /** One session at the reader; resolves with S_OK once the template is complete, else with why it ended. */
  async #captureAt(signal: AbortSignal): Promise<HRESULT> {
    return await this.#withEnrollment(this.#reader, signal, async (handle) => {
      this.#note('ready');
      for (;;) {
        const completion = await this.#client.submit(handle, { kind: 'enroll-capture' }, signal);
        const { hresult } = completion;
        if (FAILED(hresult) && hresult !== WINBIO_E_BAD_CAPTURE) return completion.reason ?? hresult;
        this.#touched(completion);
        if (hresult === S_OK) return this.#full();
        this.changes.note();
      }
    });
  }

  #full(): HRESULT {
    this.#note('full');
    return S_OK;
  }

  #touched({ hresult, values }: Completion): void {
    const { rejectDetail, report, percentComplete = 0, coverage } = values;
    const number = (this.#lastTouch?.number ?? 0) + 1;
    const rejected = hresult === WINBIO_E_BAD_CAPTURE;
    this.#lastTouch = {
      number,
      kind: rejected ? 'rejected' : 'used',
      ...(rejected && { rejectDetail: rejectDetail ?? 0 }),
      ...(report && { report }),
    };
    if (rejected) return;
    this.#percentComplete = Math.max(this.#percentComplete, percentComplete);
    this.#coverage = coverage ?? this.#coverage;
  }

  /** Stores it at any reader of its kind: the template is made, and needs no more touches. */
  async #save(): Promise<void> {
    const { service, enrollment } = this.#parts;
    const reader = unitOf(service, this.#reader) === undefined ? service.activity[0]?.name : this.#reader;
    if (reader === undefined) throw new BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', 'plug in a reader to save it');
    const hresult = await this.#withEnrollment(reader, this.#ending.signal, async (handle) => {
      const completion = await this.#client.submit(handle, { kind: 'enroll-commit', owner: enrollment.identity });
      if (completion.hresult === WINBIO_E_DUPLICATE_TEMPLATE) await this.#found(completion);
      else if (FAILED(completion.hresult)) throw faultOf(completion);
      else this.#note('stored');
      return S_OK;
    });
    if (FAILED(hresult)) throw new BiometricError(hresult);
  }

  async #found({ values: { identity, subFactor = 0 } }: Completion): Promise<void> {
    if (identity?.type !== 'sid' && identity?.type !== 'guid') return;
    this.#duplicate = { identity, name: await this.#parts.nameOf(identity), subFactor };
    this.#note('found');
  }

  /** Begins the enrollment at a reader, where it goes on with what the shelf holds, and closes the session afterwards. */
  async #withEnrollment(
    reader: string,
    signal: AbortSignal,
    work: (handle: number) => Promise<HRESULT>,
  ): Promise<HRESULT> {
    const { service, enrollment, isPrivate } = this.#parts;
    const unitId: UnitId | undefined = unitOf(service, reader);
    if (unitId === undefined) return WINBIO_E_SENSOR_UNAVAILABLE;
    const database = isPrivate ? enrollment.databaseId : undefined;
    const handle = await openOnReader(this.#client, { reader, unitId }, database);
    try {
      const { subFactor } = enrollment;
      const begun = await this.#client.submit(handle, { kind: 'enroll-begin', subFactor, unitId }, signal);
      if (FAILED(begun.hresult)) return begun.reason ?? begun.hresult;
      return await work(handle);
    } finally {
      await this.#client.submit(handle, { kind: 'close' });
    }
  }
}

/** What goes by: the reader is unplugged, rests, is somebody else's for now, or slept. */
const PASSING: ReadonlySet<HRESULT> = new Set([
  WINBIO_E_SENSOR_UNAVAILABLE,
  WINBIO_E_INVALID_UNIT,
  WINBIO_E_INCORRECT_SENSOR_POOL,
  WINBIO_E_DEVICE_BUSY,
  WINBIO_E_DEVICE_FAILURE,
  WINBIO_E_LOCK_VIOLATION,
  WINBIO_E_SESSION_BUSY,
  WINBIO_E_ENROLLMENT_IN_PROGRESS,
  WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND,
  // The enrollment was without a sample for too long, and the reader was taken back.
  WINBIO_E_CANCELED,
  WINBIO_E_INVALID_OPERATION,
]);
