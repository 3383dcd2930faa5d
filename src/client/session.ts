/** Sessions for applications: promises, AbortSignal, outcomes as values. */

import { BiometricError, isBiometricError } from '../core/biometric-error.ts';
import {
  WINBIO_DATA_FLAG_RAW,
  WINBIO_EVENT_FP_UNCLAIMED,
  WINBIO_EVENT_FP_UNCLAIMED_IDENTIFY,
  WINBIO_PROPERTY_EXTENDED_ENROLLMENT_STATUS,
  WINBIO_PROPERTY_SAMPLE_HINT,
  WINBIO_PROPERTY_TYPE_UNIT,
  WINBIO_SUBTYPE_ANY,
} from '../core/constants.ts';
import { FAILED } from '../core/hresult.ts';
import type { SubFactor, UnitId } from '../core/identifiers.ts';
import type { Identity, OwnerIdentity } from '../core/identity.ts';
import type { OperationRequest } from '../core/operation-request.ts';
import type { Completion, OperationValues, Presence, UnclaimedEvent, WatchedSample } from '../core/operation-result.ts';
import {
  anyIdentity,
  checkArgument,
  checkOptions,
  finger,
  flag,
  owner as ownerRule,
  unitNumber,
  wholeNumber,
} from '../core/option-rules.ts';
import { decodeEnrollmentStatus, decodeWord, type EnrollmentStatus } from '../core/property-values.ts';
import { reportOf } from '../core/report-of.ts';
import {
  WINBIO_E_BAD_CAPTURE,
  WINBIO_E_DATABASE_NO_SUCH_RECORD,
  WINBIO_E_NO_MATCH,
  WINBIO_E_UNKNOWN_ID,
} from '../core/result-constants.ts';
import { FINGERS, type FingerName } from '../core/sub-factor.ts';
import { Enrollment } from './enrollment.ts';
import type { HandleClient } from './handle-client.ts';
import { MONITOR_OPTIONS, type MonitorOptions, monitorStream } from './monitor-stream.ts';
import { abortError, OPERATION_OPTIONS, type OperationOptions, signalOf } from './operation-options.ts';
import type { CaptureOutcome, IdentifyOutcome, Rejected, VerifyOutcome } from './outcomes.ts';

/** A finger by its name, `right-index`, or any sub-factor by its number. */
export type Finger = FingerName | SubFactor;

/** A change among the people in front of a unit. WBF: operations 7. */
export interface PresenceEvent {
  /** `WINBIO_PRESENCE_CHANGE_TYPE_*`. */
  readonly change: number;
  /** The people it concerns. */
  readonly people: readonly Presence[];
}

/** The sub-factor of a finger. */
export function subFactorOf(finger: Finger): SubFactor {
  return typeof finger === 'number' ? finger : FINGERS[finger];
}

/**
 * An open session on a pool of units, from `service.openSession`: identifies, verifies, enrolls, watches. Operations
 * run one after another; each takes an AbortSignal and a deadline. Outcomes such as "no match" are values; a call that
 * was not carried out rejects with a {@link BiometricError}. Codes an adapter fails with, such as
 * WINBIO_E_DEVICE_BUSY, WINBIO_E_DEVICE_FAILURE, pass through.
 *
 * ```ts
 * await using session = await service.openSession();
 * const outcome = await session.identify({ deadlineMs: 10_000 });
 * if (outcome.kind === 'identified') open(outcome.identity);
 * ```
 */
export class Session implements AsyncDisposable {
  readonly #handle: HandleClient;
  readonly #defaultUnit: () => Promise<UnitId>;
  readonly #onClosed: (session: Session) => void;
  #closing: Promise<void> | undefined;

  /** Made by `service.openSession`. */
  constructor(handle: HandleClient, defaultUnit: () => Promise<UnitId>, onClosed: (session: Session) => void) {
    this.#handle = handle;
    this.#defaultUnit = defaultUnit;
    this.#onClosed = onClosed;
  }

  /** The number of this session, as WinBio programs use it. */
  get handle(): number {
    return this.#handle.number;
  }

  /**
   * Waits for a finger on any unit of the session and searches it in the database of that unit. One sample per call; in
   * the system pool it waits until the process has focus. A person of the directory who does not count now, or not at this reader, is
   * an outcome of its own. WBF: operations 1.3.
   *
   * Rejects with WINBIO_E_CANCELED, WHORL_E_DEADLINE, E_OUTOFMEMORY, WINBIO_E_DISABLED, WINBIO_E_SESSION_BUSY while
   * {@link unclaimedSamples} runs, WINBIO_E_ENROLLMENT_IN_PROGRESS, WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_BUSY,
   * WINBIO_E_DEVICE_FAILURE, WINBIO_E_SESSION_HANDLE_CLOSED, WHORL_E_PROTOCOL, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const outcome = await session.identify({ signal: AbortSignal.timeout(10_000) });
   * if (outcome.kind === 'identified') open(outcome.identity, outcome.score);
   * ```
   */
  async identify(options: OperationOptions = {}): Promise<IdentifyOutcome> {
    checkOptions('identify', options, OPERATION_OPTIONS);
    const { hresult, unitId, values } = await this.#answer({ kind: 'identify' }, options, [WINBIO_E_UNKNOWN_ID]);
    if (hresult === WINBIO_E_BAD_CAPTURE) return rejected(unitId, values);
    if (hresult === WINBIO_E_UNKNOWN_ID) return { kind: 'unknown-identity', unitId, ...reportOf(values) };
    const { identity, subFactor = 0, person } = values;
    const found = { identity: owner(identity), subFactor, unitId, ...comparisonOf(values) };
    if (person?.invalid !== undefined) return { kind: 'not-valid', ...found, person, reason: person.invalid };
    return { kind: 'identified', ...found, ...(person && { person }) };
  }

  /**
   * Waits for a finger and compares it with the templates of one identity: those of `claim.finger`, or of any finger by
   * default. An identity without templates is a `non-match`. WBF: operations 1.5.
   *
   * Rejects with WINBIO_E_CANCELED, WHORL_E_DEADLINE, E_INVALIDARG when the identity does not fit the pool (SIDs in the
   * system pool, GUIDs in private ones), E_OUTOFMEMORY, WINBIO_E_DISABLED, WINBIO_E_SESSION_BUSY,
   * WINBIO_E_ENROLLMENT_IN_PROGRESS, WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_BUSY, WINBIO_E_DEVICE_FAILURE,
   * WINBIO_E_SESSION_HANDLE_CLOSED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const { sid } = await service.administration.whoAmI();
   * const outcome = await session.verify({ identity: sidIdentity(sid), finger: 'right-index' });
   * ```
   */
  async verify(
    claim: { readonly identity: OwnerIdentity; readonly finger?: Finger },
    options: OperationOptions = {},
  ): Promise<VerifyOutcome> {
    checkOptions('verify', claim, { identity: ownerRule, finger });
    checkArgument('verify', 'identity', claim.identity, ownerRule);
    checkOptions('verify', options, OPERATION_OPTIONS);
    const subFactor = claim.finger === undefined ? WINBIO_SUBTYPE_ANY : subFactorOf(claim.finger);
    const request = { kind: 'verify', identity: claim.identity, subFactor } as const;
    const { hresult, unitId, values } = await this.#answer(request, options, [WINBIO_E_NO_MATCH]);
    if (hresult === WINBIO_E_BAD_CAPTURE) return rejected(unitId, values);
    const compared = { unitId, ...comparisonOf(values) };
    if (hresult === WINBIO_E_NO_MATCH) return { kind: 'non-match', ...compared };
    const { person } = values;
    if (person?.invalid === undefined) return { kind: 'match', ...compared, ...(person && { person }) };
    return { kind: 'not-valid', identity: claim.identity, subFactor, ...compared, person, reason: person.invalid };
  }

  /**
   * Waits for a sample and exports it; no template is involved, and each export is audited. Needs a session opened with
   * `access: ['raw']`. `purpose` is a mask of `WINBIO_PURPOSE_*`, default 0. WBF: operations 1.1.
   *
   * Rejects with WINBIO_E_CANCELED, WHORL_E_DEADLINE, E_ACCESSDENIED, E_INVALIDARG, E_NOTIMPL when no unit can export,
   * WINBIO_E_INVALID_OPERATION when the pool has a secure sensor, E_OUTOFMEMORY, WINBIO_E_DISABLED,
   * WINBIO_E_SESSION_BUSY, WINBIO_E_ENROLLMENT_IN_PROGRESS, WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_BUSY,
   * WINBIO_E_DEVICE_FAILURE, WINBIO_E_SESSION_HANDLE_CLOSED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const outcome = await session.capture();
   * if (outcome.kind === 'captured') await writeFile('sample.bir', outcome.sample);
   * ```
   */
  async capture(options: OperationOptions & { readonly purpose?: number } = {}): Promise<CaptureOutcome> {
    checkOptions('capture', options, { ...OPERATION_OPTIONS, purpose: wholeNumber(0, 0xff) });
    const request = { kind: 'capture-sample', purpose: options.purpose ?? 0, flags: WINBIO_DATA_FLAG_RAW } as const;
    const { hresult, unitId, values } = await this.#answer(request, options);
    if (hresult === WINBIO_E_BAD_CAPTURE) return rejected(unitId, values);
    return { kind: 'captured', sample: values.sample ?? new Uint8Array(), unitId };
  }

  /**
   * Waits until a sensor of the pool is touched, and resolves with its unit; a bad capture counts too.
   * WBF: operations 1.7.
   *
   * Rejects with WINBIO_E_CANCELED, WHORL_E_DEADLINE, E_OUTOFMEMORY, WINBIO_E_DISABLED, WINBIO_E_SESSION_BUSY,
   * WINBIO_E_ENROLLMENT_IN_PROGRESS, WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_FAILURE,
   * WINBIO_E_SESSION_HANDLE_CLOSED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const unitId = await session.locate({ deadlineMs: 30_000 });
   * ```
   */
  async locate(options: OperationOptions = {}): Promise<UnitId> {
    checkOptions('locate', options, OPERATION_OPTIONS);
    return (await this.#answer({ kind: 'locate-sensor' }, options)).unitId;
  }

  /**
   * Begins a template of a finger on a unit, by default the first of the pool. It takes no sample, but in the system
   * pool waits until the process has focus. WBF: operations 2.1.
   *
   * Rejects with WINBIO_E_CANCELED, WHORL_E_DEADLINE, E_ACCESSDENIED, E_INVALIDARG, E_OUTOFMEMORY, WINBIO_E_DISABLED,
   * WINBIO_E_SESSION_BUSY, WINBIO_E_ENROLLMENT_IN_PROGRESS, WINBIO_E_INVALID_UNIT, WINBIO_E_INCORRECT_SENSOR_POOL,
   * WINBIO_E_LOCK_VIOLATION, WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_SESSION_HANDLE_CLOSED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await using enrollment = await session.beginEnrollment({ finger: 'right-index' });
   * for await (const step of enrollment) show(step.percentComplete);
   * await enrollment.commit();
   * ```
   */
  async beginEnrollment(
    enrollment: { readonly finger: Finger; readonly unitId?: UnitId },
    options: OperationOptions = {},
  ): Promise<Enrollment> {
    checkOptions('beginEnrollment', enrollment, { finger, unitId: unitNumber });
    checkArgument('beginEnrollment', 'finger', enrollment.finger, finger);
    checkOptions('beginEnrollment', options, OPERATION_OPTIONS);
    const unitId = enrollment.unitId ?? (await this.#defaultUnit());
    const subFactor = subFactorOf(enrollment.finger);
    await this.#answer({ kind: 'enroll-begin', subFactor, unitId }, options);
    return new Enrollment((request, allowed, more = {}) => this.#answer(request, more, allowed));
  }

  /**
   * Fingers an identity has enrolled in the database of a unit, ascending; empty when there are none. `unitId` is by
   * default the first unit of the pool. WBF: operations 3.1.
   *
   * Rejects with E_ACCESSDENIED for records of a private pool that belong to another account (administrators see all);
   * WINBIO_E_CANCELED, WHORL_E_DEADLINE, E_INVALIDARG, E_OUTOFMEMORY, WINBIO_E_DISABLED,
   * WINBIO_E_SESSION_BUSY, WINBIO_E_ENROLLMENT_IN_PROGRESS, WINBIO_E_INVALID_UNIT, WINBIO_E_INCORRECT_SENSOR_POOL,
   * WINBIO_E_LOCK_VIOLATION, WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_SESSION_HANDLE_CLOSED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const fingers = (await session.enrollments(identity)).map(fingerName);
   * ```
   */
  async enrollments(identity: OwnerIdentity, options: OperationOptions & { readonly unitId?: UnitId } = {}) {
    checkArgument('enrollments', 'identity', identity, ownerRule);
    checkOptions('enrollments', options, { ...OPERATION_OPTIONS, unitId: unitNumber });
    const unitId = options.unitId ?? (await this.#defaultUnit());
    const request = { kind: 'enum-enrollments', unitId, identity } as const;
    return (await this.#answer(request, options, [WINBIO_E_UNKNOWN_ID])).values.subFactors ?? [];
  }

  /**
   * Deletes the templates of an identity in the database of a unit: those of `target.finger`, or all by default.
   * Resolves with whether there were any. With `WILDCARD_IDENTITY` it deletes those of every owner; administrators
   * only. WBF: operations 3.2, D-23.
   *
   * Rejects with WINBIO_E_CANCELED, WHORL_E_DEADLINE, E_ACCESSDENIED, E_INVALIDARG, E_OUTOFMEMORY, WINBIO_E_DISABLED,
   * WINBIO_E_SESSION_BUSY, WINBIO_E_ENROLLMENT_IN_PROGRESS, WINBIO_E_INVALID_UNIT, WINBIO_E_INCORRECT_SENSOR_POOL,
   * WINBIO_E_LOCK_VIOLATION, WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DATABASE_LOCKED, WINBIO_E_DATABASE_WRITE_ERROR,
   * WINBIO_E_SESSION_HANDLE_CLOSED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const wasEnrolled = await session.deleteTemplate({ identity, finger: 'right-index' });
   * ```
   */
  async deleteTemplate(
    target: { readonly identity: Identity; readonly finger?: Finger; readonly unitId?: UnitId },
    options: OperationOptions = {},
  ): Promise<boolean> {
    checkOptions('deleteTemplate', target, { identity: anyIdentity, finger, unitId: unitNumber });
    checkArgument('deleteTemplate', 'identity', target.identity, anyIdentity);
    checkOptions('deleteTemplate', options, OPERATION_OPTIONS);
    const unitId = target.unitId ?? (await this.#defaultUnit());
    const subFactor = target.finger === undefined ? WINBIO_SUBTYPE_ANY : subFactorOf(target.finger);
    const request = { kind: 'delete-template', unitId, identity: target.identity, subFactor } as const;
    const { hresult } = await this.#answer(request, options, [WINBIO_E_DATABASE_NO_SUCH_RECORD]);
    return !FAILED(hresult);
  }

  /**
   * Takes exclusive use of a unit, waiting while another session holds it; disposal releases it. A session locks one
   * unit at a time. WBF: operations 5.1, D-21.
   *
   * Rejects with WINBIO_E_CANCELED, WHORL_E_DEADLINE, E_INVALIDARG, E_OUTOFMEMORY, WINBIO_E_DISABLED,
   * WINBIO_E_SESSION_BUSY, WINBIO_E_ENROLLMENT_IN_PROGRESS, WINBIO_E_INVALID_UNIT, WINBIO_E_INCORRECT_SENSOR_POOL,
   * WINBIO_E_LOCK_VIOLATION when the session holds another lock, WINBIO_E_SENSOR_UNAVAILABLE,
   * WINBIO_E_SESSION_HANDLE_CLOSED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * {
   *   await using lock = await session.lockUnit(unitId);
   *   await session.identify();
   * }
   * ```
   */
  async lockUnit(unitId: UnitId, options: OperationOptions = {}): Promise<AsyncDisposable> {
    checkArgument('lockUnit', 'unitId', unitId, unitNumber);
    checkOptions('lockUnit', options, OPERATION_OPTIONS);
    await this.#answer({ kind: 'lock-unit', unitId }, options);
    let held = true;
    return {
      [Symbol.asyncDispose]: async () => {
        if (!held) return;
        held = false;
        // The session may be closed by now, or the unit removed.
        if (this.#handle.state === 'open')
          await this.#answer({ kind: 'unlock-unit', unitId }, {}).catch(() => undefined);
      },
    };
  }

  /**
   * How far the enrollment on a unit is. WBF: operations 4.1, structures 7.4. Rejects with WINBIO_E_CANCELED,
   * E_INVALIDARG, E_OUTOFMEMORY, WINBIO_E_DISABLED, WINBIO_E_SESSION_BUSY, WINBIO_E_ENROLLMENT_IN_PROGRESS when another
   * session enrolls on it, WINBIO_E_INVALID_UNIT, WINBIO_E_INCORRECT_SENSOR_POOL, WINBIO_E_LOCK_VIOLATION,
   * WINBIO_E_SESSION_HANDLE_CLOSED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const { percentComplete } = await session.enrollmentStatus(unitId);
   * ```
   */
  async enrollmentStatus(unitId: UnitId, options: OperationOptions = {}): Promise<EnrollmentStatus> {
    checkOptions('enrollmentStatus', options, OPERATION_OPTIONS);
    return decodeEnrollmentStatus(await this.#property(WINBIO_PROPERTY_EXTENDED_ENROLLMENT_STATUS, unitId, options));
  }

  /**
   * Estimate of the most good samples an enrollment on the unit needs. WBF: operations 4.1. Rejects with
   * WINBIO_E_UNSUPPORTED_PROPERTY when its engine gives none, WINBIO_E_CANCELED, E_INVALIDARG, E_OUTOFMEMORY,
   * WINBIO_E_DISABLED, WINBIO_E_SESSION_BUSY, WINBIO_E_ENROLLMENT_IN_PROGRESS, WINBIO_E_INVALID_UNIT,
   * WINBIO_E_INCORRECT_SENSOR_POOL, WINBIO_E_LOCK_VIOLATION, WINBIO_E_SESSION_HANDLE_CLOSED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const samples = await session.sampleHint(unitId);
   * ```
   */
  async sampleHint(unitId: UnitId, options: OperationOptions = {}): Promise<number> {
    checkOptions('sampleHint', options, OPERATION_OPTIONS);
    return decodeWord(await this.#property(WINBIO_PROPERTY_SAMPLE_HINT, unitId, options));
  }

  /**
   * Samples that no operation asked for, as they come; with `identify: true` (default: false) also whose they are.
   * System pool only. While it runs the session takes no other operation. Leaving the loop ends the monitor.
   * WBF: operations 6.1.
   *
   * The loop rejects with WINBIO_E_CANCELED, WHORL_E_DEADLINE, E_OUTOFMEMORY, WINBIO_E_DISABLED,
   * WINBIO_E_EVENT_MONITOR_ACTIVE when one runs, WINBIO_E_INVALID_OPERATION in a private pool,
   * WINBIO_E_SESSION_HANDLE_CLOSED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * for await (const { identity, unitId } of session.unclaimedSamples({ identify: true })) {
   *   if (identity.type === 'sid') show(identity.sid, unitId);
   * }
   * ```
   */
  unclaimedSamples(options: MonitorOptions & { readonly identify?: boolean } = {}): AsyncIterable<UnclaimedEvent> {
    checkOptions('unclaimedSamples', options, { ...MONITOR_OPTIONS, identify: flag });
    const eventMask = options.identify === true ? WINBIO_EVENT_FP_UNCLAIMED_IDENTIFY : WINBIO_EVENT_FP_UNCLAIMED;
    const request = { kind: 'register-event-monitor', eventMask } as const;
    return monitorStream(this.#handle, request, options, (event) =>
      event.kind === 'unclaimed' ? event.event : undefined,
    );
  }

  /**
   * People in front of a face or iris unit, as they arrive, are recognized and leave. System pool only. Leaving the
   * loop ends the monitor. WBF: operations 7.
   *
   * The loop rejects with WINBIO_E_CANCELED, WHORL_E_DEADLINE, E_INVALIDARG, E_OUTOFMEMORY, WINBIO_E_DISABLED,
   * WINBIO_E_SESSION_BUSY, WINBIO_E_PRESENCE_MONITOR_ACTIVE when one runs, WINBIO_E_INVALID_OPERATION when the unit
   * cannot monitor presence or the pool is private, WINBIO_E_INVALID_UNIT, WINBIO_E_INCORRECT_SENSOR_POOL,
   * WINBIO_E_LOCK_VIOLATION, WINBIO_E_SESSION_HANDLE_CLOSED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * for await (const { people } of session.presence(unitId)) show(people);
   * ```
   */
  presence(unitId: UnitId, options: MonitorOptions = {}): AsyncIterable<PresenceEvent> {
    checkArgument('presence', 'unitId', unitId, unitNumber);
    checkOptions('presence', options, MONITOR_OPTIONS);
    const request = { kind: 'monitor-presence', unitId } as const;
    return monitorStream(this.#handle, request, options, (event) =>
      event.kind === 'presence' ? { change: event.change, people: event.people } : undefined,
    );
  }

  /**
   * Samples that operations of any session use on the units of the pool, drawn for people to look at; the operations
   * are not disturbed. Needs a session opened with `access: ['raw']`; each sample shown is audited. Leaving the loop
   * ends the monitor.
   *
   * The loop rejects with WINBIO_E_CANCELED, WHORL_E_DEADLINE, E_ACCESSDENIED, E_OUTOFMEMORY, WINBIO_E_DISABLED,
   * WINBIO_E_SESSION_BUSY, WINBIO_E_EVENT_MONITOR_ACTIVE when one runs, WINBIO_E_SESSION_HANDLE_CLOSED,
   * WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * for await (const { operation, picture } of session.watchSamples()) if (picture) show(operation, picture);
   * ```
   */
  watchSamples(options: MonitorOptions = {}): AsyncIterable<WatchedSample> {
    checkOptions('watchSamples', options, MONITOR_OPTIONS);
    return monitorStream(this.#handle, { kind: 'watch-samples' }, options, (event) =>
      event.kind === 'sample' ? event.sample : undefined,
    );
  }

  /**
   * Cancels everything pending on this session; resolves when all of it has ended. A lock and an enrollment stay.
   * WBF: sessions 6. Rejects with WINBIO_E_SESSION_HANDLE_CLOSED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * stopButton.onclick = () => session.cancelAll();
   * ```
   */
  async cancelAll(): Promise<void> {
    await this.#answer({ kind: 'cancel' }, {});
  }

  /**
   * Ends the session: cancels what is pending, discards an enrollment, releases its lock and returns private units.
   * Idempotent; a lost connection has closed it already. WBF: sessions 5. Rejects with what the service fails to close
   * with, such as WINBIO_E_DEVICE_FAILURE.
   *
   * @example
   * ```ts
   * await session.close(); // or declare it with: await using session
   * ```
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** {@link close}. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #property(propertyId: number, unitId: UnitId, options: OperationOptions): Promise<Uint8Array> {
    const propertyType = WINBIO_PROPERTY_TYPE_UNIT;
    const request = { kind: 'get-property', propertyType, propertyId, unitId, identity: null, subFactor: 0 } as const;
    return (await this.#answer(request, options)).values.property ?? new Uint8Array(4);
  }

  async #close(): Promise<void> {
    // A lost connection has closed its sessions already.
    try {
      if (this.#handle.state === 'open') await this.#answer({ kind: 'close' }, {});
    } catch (thrown) {
      if (!isBiometricError(thrown) || thrown.code !== 'WHORL_E_CONNECTION_LOST') throw thrown;
    } finally {
      this.#onClosed(this);
    }
  }

  /**
   * Completion of an operation. Rejects when it failed with a code that is neither WINBIO_E_BAD_CAPTURE nor allowed.
   */
  #answer(request: OperationRequest, options: OperationOptions, allowed: readonly number[] = []): Promise<Completion> {
    const operation = request.kind;
    const signal = signalOf(options);
    return new Promise((resolve, reject) => {
      const refused = this.#handle.check(request, { people: true });
      if (FAILED(refused)) return reject(new BiometricError(refused, undefined, { operation }));
      if (signal?.aborted) return reject(abortError(signal, operation));
      const aborted = () => {
        if (signal !== undefined) reject(abortError(signal, operation));
        this.#handle.withdraw(id);
      };
      const id = this.#handle.submit(request, (completion) => {
        signal?.removeEventListener('abort', aborted);
        const { hresult, reason = hresult, unitId, message } = completion;
        const isOutcome = hresult === WINBIO_E_BAD_CAPTURE || allowed.includes(hresult);
        if (FAILED(hresult) && !isOutcome) reject(new BiometricError(reason, message, { operation, unitId }));
        else resolve(completion);
      });
      signal?.addEventListener('abort', aborted, { once: true });
    });
  }
}

function rejected(unitId: UnitId, values: OperationValues): Rejected {
  return { kind: 'rejected', detail: values.rejectDetail ?? 0, unitId, ...reportOf(values) };
}

function comparisonOf(values: OperationValues) {
  const { score, threshold } = values;
  return { ...(score !== undefined && { score }), ...(threshold !== undefined && { threshold }), ...reportOf(values) };
}

function owner(identity: Identity | undefined): OwnerIdentity {
  if (identity?.type === 'sid' || identity?.type === 'guid') return identity;
  throw new BiometricError('WHORL_E_PROTOCOL', 'an identification without an identity');
}
