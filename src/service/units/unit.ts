/** One biometric unit: a sensor, an engine and a database in one pipeline. WBF: state machines 9. */

import type { EngineAdapter } from '../../adapters/engine-adapter.ts';
import type { CaptureOutcome, CaptureRequest, SensorAdapter } from '../../adapters/sensor-adapter.ts';
import type { BiometricError } from '../../core/biometric-error.ts';
import type { Clock } from '../../core/clock.ts';
import type { HRESULT } from '../../core/hresult.ts';
import type { RejectDetail, UnitId } from '../../core/identifiers.ts';
import type { UnitDescription } from '../../core/operation-result.ts';
import {
  S_OK,
  WINBIO_E_CANCELED,
  WINBIO_E_CAPTURE_ABORTED,
  WINBIO_E_DEVICE_FAILURE,
} from '../../core/result-constants.ts';
import type { UnitActivity as ReportedActivity } from '../../core/service-report.ts';
import type { ClientProcess } from '../access/principal.ts';
import type { PlacedReader } from '../places/places.ts';
import type { TemplateStore } from '../templates/template-store.ts';
import { type ArbiterDecision, chooseReceiver } from './arbiter.ts';
import type { Candidate } from './candidate.ts';
import type { Enrollment } from './enrollment.ts';
import { isSameRequest, onBoardRequest } from './on-board-request.ts';
import type { Onlookers } from './onlookers.ts';
import type { CalibrationVerdict, UnitCalibration } from './unit-calibration.ts';
import type { UnitConfiguration } from './unit-configuration.ts';
import { type UnitFailure, UnitHealth } from './unit-health.ts';
import { UnitLock } from './unit-lock.ts';
import { type PumpHost, UnitPump } from './unit-pump.ts';
import { type UnitStatus, unitStatus } from './unit-status.ts';

/** What a unit needs to know of its pool. */
export interface UnitPool {
  readonly type: number;
  /** Candidates that may use this unit, longest waiting first. */
  candidatesFor(unit: Unit): readonly Candidate[];
  /** Process with focus, for those that wait at one unit; irrelevant in a private pool. */
  focusAmong(waiting: readonly ClientProcess[]): ClientProcess | undefined;
  readonly isPrivate: boolean;
  /** Watch its samples while they are used. */
  readonly onlookers: Onlookers;
  /** Takes the unit out. */
  leave(unit: Unit): void;
  /** The unit's device is gone. */
  lose(unit: Unit): void;
  /** True when another unit, which does not rest from a fault, may serve the candidate. */
  servedElsewhere(candidate: Candidate, unit: Unit): boolean;
}

/** How long a sensor rests after a fault while others serve what it would have served, milliseconds. */
export const REST_AFTER_FAULT_MS = 1000;

/** What a unit is made of. */
export interface UnitParts {
  readonly unitId: UnitId;
  /** Name of its reader. */
  readonly name: string;
  /** What is said of its reader. */
  readonly placed: () => PlacedReader;
  readonly sensor: SensorAdapter;
  readonly engine: EngineAdapter;
  readonly configuration: UnitConfiguration;
  readonly clock: Clock;
  /** Its adapters failed too often in a row. */
  readonly failing: (unit: Unit, verdict: UnitFailure) => void;
  /** Its status is another one. */
  readonly statusChanged: (unit: Unit, status: UnitStatus) => void;
}

/** What a unit is doing, and which device it is. */
export interface UnitActivity extends Omit<ReportedActivity, 'virtualReader'> {
  readonly deviceInstanceId: string;
}

export class Unit implements PumpHost {
  readonly unitId: UnitId;
  readonly name: string;
  readonly sensor: SensorAdapter;
  readonly engine: EngineAdapter;
  readonly configuration: UnitConfiguration;
  readonly placed: () => PlacedReader;
  readonly lock = new UnitLock();
  readonly pump: UnitPump;
  readonly #removal = new AbortController();
  readonly #health = new UnitHealth();
  readonly #failing: UnitParts['failing'];
  readonly #statusChanged: UnitParts['statusChanged'];
  readonly #clock: Clock;
  #rest: Disposable | undefined;
  /** The status reported last. */
  #status: UnitStatus;
  #lastReject: RejectDetail | undefined;
  /** Set while the unit is configured for a pool that has a database. */
  store: TemplateStore | undefined;
  pool: UnitPool | undefined;
  /** Set while sensor and engine have agreed on a format. */
  calibration: UnitCalibration | undefined;
  enrollment: Enrollment | undefined;
  /** Operations that work on a sample of this unit. */
  boundOperations = 0;
  /** Why the unit is unassigned; S_OK when it is configured. */
  creationResult: HRESULT = S_OK;
  /** What went wrong when it was configured last. */
  creationFault: BiometricError | undefined;

  constructor(parts: UnitParts) {
    this.unitId = parts.unitId;
    this.name = parts.name;
    this.placed = parts.placed;
    this.sensor = parts.sensor;
    this.engine = parts.engine;
    this.configuration = parts.configuration;
    this.#failing = parts.failing;
    this.#statusChanged = parts.statusChanged;
    this.#clock = parts.clock;
    this.pump = new UnitPump(parts.sensor, this, parts.clock);
    this.#status = this.status;
  }

  /** True until the device is gone. */
  get attached(): boolean {
    return !this.#removal.signal.aborted;
  }

  /** Aborted when the device is gone, which ends the work on what it captured. */
  get removal(): AbortSignal {
    return this.#removal.signal;
  }

  /** The device is gone. */
  detach(): void {
    this.#rest?.[Symbol.dispose]();
    this.#removal.abort();
  }

  /** The unit is of no more use: leaves its pool, and ends what is bound to it. */
  lose(): void {
    this.pool?.lose(this);
    this.lock.lose();
    this.endEnrollment();
  }

  /** Ends the enrollment on this unit, if there is one. */
  endEnrollment(): void {
    this.enrollment?.end();
    this.enrollment = undefined;
  }

  /** In use by a lock, an enrollment, or an operation that names it (D-09). */
  get inUse(): boolean {
    return this.lock.owner !== undefined || this.enrollment !== undefined || this.boundOperations > 0;
  }

  describe(poolType: number): UnitDescription {
    const { exportFlags: _, ...info } = this.sensor.info;
    const { title, place } = this.placed();
    return { ...info, unitId: this.unitId, name: this.name, title, place, poolType };
  }

  /** What it is doing. */
  get activity(): UnitActivity {
    const { enrollment } = this;
    const { progress } = this.sensor;
    return {
      unitId: this.unitId,
      name: this.name,
      ...this.placed(),
      deviceInstanceId: this.sensor.info.deviceInstanceId,
      state: this.pump.state,
      waiting: (this.pool?.candidatesFor(this) ?? []).map(({ kind }) => kind),
      locked: this.lock.owner !== undefined,
      ...(enrollment && { enrolling: enrollment.subFactor }),
      ...(progress !== undefined && { progress }),
      ...(this.#lastReject !== undefined && { lastReject: this.#lastReject }),
    };
  }

  /** Whether it can be used. */
  get status(): UnitStatus {
    return unitStatus(this.pump.state, this.creationResult);
  }

  pumpMoved(): void {
    this.noteStatus();
  }

  /** Reports the status if it is not the one reported last. */
  noteStatus(): void {
    const { status } = this;
    const { availability, reasonCode } = this.#status;
    if (status.availability === availability && status.reasonCode === reasonCode) return;
    this.#status = status;
    this.#statusChanged(this, status);
  }

  wantedPurpose(): number {
    return this.#allowed().reduce((purpose, candidate) => purpose | candidate.purpose, 0);
  }

  wantedCapture(): CaptureRequest | undefined {
    if (this.sensor.onBoard !== undefined) return onBoardRequest(this.#decide(), this.#allowed(), this);
    const purpose = this.wantedPurpose();
    return purpose === 0 ? undefined : { purpose };
  }

  isOutdated(running: CaptureRequest): boolean {
    if (this.sensor.onBoard === undefined) return false;
    const wanted = this.wantedCapture();
    return wanted !== undefined && !isSameRequest(wanted, running);
  }

  async deliver(capture: CaptureOutcome, request: CaptureRequest): Promise<void> {
    // What was compared for others says nothing about those who wait now; the pump captures for them.
    if (capture.kind === 'sample' && this.isOutdated(request)) return void capture.sample.fill(0);
    const verdict = await this.#calibrate(capture);
    // Nothing has been reported, so the pump captures again for the same candidates.
    if (verdict === 'repeat') return;
    if (verdict === 'give-up') return this.fault(WINBIO_E_CAPTURE_ABORTED);
    const decision = this.#decide();
    for (const candidate of decision.refused) candidate.refuse(this.unitId);
    const { onlookers } = this.pool ?? {};
    const kept = onlookers?.present === true && capture.kind === 'sample' ? { sample: capture.sample.slice() } : {};
    const uses = await Promise.all(decision.receivers.map((candidate) => candidate.receive(this.unitId, capture)));
    // All monitors see the same sample; one of them stands for it.
    const [use] = uses;
    this.#lastReject = use?.outcome.values.rejectDetail;
    if (use !== undefined) void onlookers?.show({ ...use, ...kept, unit: this });
    // Only a client that had the sample exported still needs it.
    const exported = decision.receivers.some(({ exportsSample }) => exportsSample === true);
    if (capture.kind === 'sample' && !exported) capture.sample.fill(0);
  }

  /** Lets the engine judge a sample that it would get; one it does not use is wiped. */
  async #calibrate(capture: CaptureOutcome): Promise<CalibrationVerdict> {
    if (this.calibration === undefined || capture.kind !== 'sample' || !this.#isForEngine()) return 'use';
    const verdict = await this.calibration.judge(capture.sample);
    if (verdict !== 'use') capture.sample.fill(0);
    return verdict;
  }

  /** True when a receiver would hand the sample to the engine. */
  #isForEngine(): boolean {
    return this.#decide().receivers.some(({ exportsSample }) => exportsSample !== true);
  }

  /** Notes how an operation's work on this unit ended; too many faults in a row call for a measure. */
  noteWork(hresult: HRESULT): void {
    // Canceled work says nothing about the adapters.
    if (hresult === WINBIO_E_CANCELED) return;
    if (hresult === WINBIO_E_DEVICE_FAILURE) {
      const verdict = this.#health.noteFault();
      if (verdict !== 'go-on') this.#failing(this, verdict);
    } else {
      this.#health.noteSuccess();
    }
  }

  /** Candidates that the lock does not keep away. */
  #allowed(): readonly Candidate[] {
    const { owner } = this.lock;
    const candidates = this.pool?.candidatesFor(this) ?? [];
    return candidates.filter(({ session }) => owner === undefined || session === owner);
  }

  #decide(): ArbiterDecision {
    if (this.pool === undefined) return { receivers: [], refused: [] };
    const candidates = this.pool.candidatesFor(this);
    return chooseReceiver({
      privatePool: this.pool.isPrivate,
      lockOwner: this.lock.owner,
      enrollingSession: this.enrollment?.session,
      focus: this.pool.focusAmong(this.#inTurn(candidates)),
      candidates,
    });
  }

  /** Processes among which turns are taken: only who enrolls, as long as it waits; the unit is not for others meanwhile. */
  #inTurn(candidates: readonly Candidate[]): readonly ClientProcess[] {
    const session = this.enrollment?.session;
    const enrolling = candidates.find((candidate) => candidate.role === 'enrollment' && candidate.session === session);
    if (enrolling !== undefined) return [enrolling.process];
    return candidates.filter(({ role }) => role !== 'monitor').map(({ process }) => process);
  }

  /** True while its sensor is not asked again after a fault, or never will be. */
  get resting(): boolean {
    return this.#rest !== undefined || this.pump.state === 'failed';
  }

  /** Ends what only this unit could serve; what another one serves goes on there, while this one rests. */
  fault(hresult: HRESULT): void {
    const { pool } = this;
    const candidates = pool?.candidatesFor(this) ?? [];
    const others = candidates.filter((candidate) => pool?.servedElsewhere(candidate, this));
    if (others.length > 0) this.#startRest();
    for (const candidate of candidates) if (!others.includes(candidate)) candidate.fail(hresult, this.unitId);
    this.noteWork(hresult);
  }

  /** Starts or stops capturing, as the candidates require; a sensor that nobody wants need not rest. */
  refresh(): void {
    if (this.#rest !== undefined && this.wantedPurpose() === 0) this.#endRest();
    this.pump.refresh();
  }

  #endRest(): void {
    this.#rest?.[Symbol.dispose]();
    this.#rest = undefined;
    this.pump.resume('resting');
  }

  #startRest(): void {
    if (this.resting) return;
    void this.pump.pause('resting');
    this.#rest = this.#clock.after(REST_AFTER_FAULT_MS, () => this.#endRest());
  }
}
