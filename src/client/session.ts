/** A session for applications: promises, AbortSignal, outcomes as values. */

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
import { decodeEnrollmentStatus, decodeWord, type EnrollmentStatus } from '../core/property-values.ts';
import {
  WINBIO_E_BAD_CAPTURE,
  WINBIO_E_DATABASE_NO_SUCH_RECORD,
  WINBIO_E_NO_MATCH,
  WINBIO_E_UNKNOWN_ID,
} from '../core/result-constants.ts';
import { reportOf } from '../core/sample-report.ts';
import { FINGERS, type FingerName } from '../core/sub-factor.ts';
import { Enrollment } from './enrollment.ts';
import type { HandleClient } from './handle-client.ts';
import { type MonitorOptions, monitorStream } from './monitor-stream.ts';
import { abortError, type OperationOptions, signalOf } from './operation-options.ts';
import type { CaptureOutcome, IdentifyOutcome, Rejected, VerifyOutcome } from './outcomes.ts';

/** A finger by name, or any sub-factor by its number. */
export type Finger = FingerName | SubFactor;

/** A change among the people in front of a unit: `WINBIO_PRESENCE_CHANGE_TYPE_*` and whom it concerns. */
export interface PresenceEvent {
  readonly change: number;
  readonly people: readonly Presence[];
}

/** Sub-factor of a finger. */
export function subFactorOf(finger: Finger): SubFactor {
  return typeof finger === 'number' ? finger : FINGERS[finger];
}

export class Session implements AsyncDisposable {
  readonly #handle: HandleClient;
  readonly #defaultUnit: () => Promise<UnitId>;
  readonly #onClosed: (session: Session) => void;
  #closing: Promise<void> | undefined;

  constructor(handle: HandleClient, defaultUnit: () => Promise<UnitId>, onClosed: (session: Session) => void) {
    this.#handle = handle;
    this.#defaultUnit = defaultUnit;
    this.#onClosed = onClosed;
  }

  /** The number that names this session, as WinBio programs know it. */
  get handle(): number {
    return this.#handle.number;
  }

  /** Waits for a finger and searches it among the enrolled. Throws WINBIO_E_CANCELED, WINBIO_E_SENSOR_UNAVAILABLE, ... */
  async identify(options: OperationOptions = {}): Promise<IdentifyOutcome> {
    const { hresult, unitId, values } = await this.#answer({ kind: 'identify' }, options, [WINBIO_E_UNKNOWN_ID]);
    if (hresult === WINBIO_E_BAD_CAPTURE) return rejected(unitId, values);
    if (hresult === WINBIO_E_UNKNOWN_ID) return { kind: 'unknown-identity', unitId, ...reportOf(values) };
    const { identity, subFactor = 0 } = values;
    return { kind: 'identified', identity: owner(identity), subFactor, unitId, ...comparisonOf(values) };
  }

  /** Waits for a finger and compares it with those of one identity; any of them unless a finger is named. */
  async verify(
    claim: { readonly identity: OwnerIdentity; readonly finger?: Finger },
    options: OperationOptions = {},
  ): Promise<VerifyOutcome> {
    const subFactor = claim.finger === undefined ? WINBIO_SUBTYPE_ANY : subFactorOf(claim.finger);
    const request = { kind: 'verify', identity: claim.identity, subFactor } as const;
    const { hresult, unitId, values } = await this.#answer(request, options, [WINBIO_E_NO_MATCH]);
    if (hresult === WINBIO_E_BAD_CAPTURE) return rejected(unitId, values);
    return { kind: hresult === WINBIO_E_NO_MATCH ? 'non-match' : 'match', unitId, ...comparisonOf(values) };
  }

  /** Waits for a sample and exports it. Needs a session opened with `access: ['raw']`, else throws E_ACCESSDENIED. */
  async capture(options: OperationOptions & { readonly purpose?: number } = {}): Promise<CaptureOutcome> {
    const request = { kind: 'capture-sample', purpose: options.purpose ?? 0, flags: WINBIO_DATA_FLAG_RAW } as const;
    const { hresult, unitId, values } = await this.#answer(request, options);
    if (hresult === WINBIO_E_BAD_CAPTURE) return rejected(unitId, values);
    return { kind: 'captured', sample: values.sample ?? new Uint8Array(), unitId };
  }

  /** Waits until a sensor is touched and names it. */
  async locate(options: OperationOptions = {}): Promise<UnitId> {
    return (await this.#answer({ kind: 'locate-sensor' }, options)).unitId;
  }

  /** Begins a template on a unit, by default the first of the pool. Disposal discards it unless it was committed. */
  async beginEnrollment(
    enrollment: { readonly finger: Finger; readonly unitId?: UnitId },
    options: OperationOptions = {},
  ): Promise<Enrollment> {
    const unitId = enrollment.unitId ?? (await this.#defaultUnit());
    const subFactor = subFactorOf(enrollment.finger);
    await this.#answer({ kind: 'enroll-begin', subFactor, unitId }, options);
    return new Enrollment((request, allowed, more = {}) => this.#answer(request, more, allowed));
  }

  /** Sub-factors an identity has templates of, ascending; empty when it has none. */
  async enrollments(identity: OwnerIdentity, options: OperationOptions & { readonly unitId?: UnitId } = {}) {
    const unitId = options.unitId ?? (await this.#defaultUnit());
    const request = { kind: 'enum-enrollments', unitId, identity } as const;
    return (await this.#answer(request, options, [WINBIO_E_UNKNOWN_ID])).values.subFactors ?? [];
  }

  /** Deletes templates of an identity, all of them unless a finger is named; says whether there were any. */
  async deleteTemplate(
    target: { readonly identity: Identity; readonly finger?: Finger; readonly unitId?: UnitId },
    options: OperationOptions = {},
  ): Promise<boolean> {
    const unitId = target.unitId ?? (await this.#defaultUnit());
    const subFactor = target.finger === undefined ? WINBIO_SUBTYPE_ANY : subFactorOf(target.finger);
    const request = { kind: 'delete-template', unitId, identity: target.identity, subFactor } as const;
    const { hresult } = await this.#answer(request, options, [WINBIO_E_DATABASE_NO_SUCH_RECORD]);
    return !FAILED(hresult);
  }

  /** Takes exclusive use of a unit, waiting for it if need be; disposal gives it back. Throws WINBIO_E_LOCK_VIOLATION, ... */
  async lockUnit(unitId: UnitId, options: OperationOptions = {}): Promise<AsyncDisposable> {
    await this.#answer({ kind: 'lock-unit', unitId }, options);
    let held = true;
    return {
      [Symbol.asyncDispose]: async () => {
        if (!held) return;
        held = false;
        // The session may have been closed, or the unit removed, before.
        if (this.#handle.state === 'open')
          await this.#answer({ kind: 'unlock-unit', unitId }, {}).catch(() => undefined);
      },
    };
  }

  /** State of the enrollment on a unit. */
  async enrollmentStatus(unitId: UnitId, options: OperationOptions = {}): Promise<EnrollmentStatus> {
    return decodeEnrollmentStatus(await this.#property(WINBIO_PROPERTY_EXTENDED_ENROLLMENT_STATUS, unitId, options));
  }

  /** Estimate of the most good samples an enrollment needs on a unit. Throws WINBIO_E_UNSUPPORTED_PROPERTY. */
  async sampleHint(unitId: UnitId, options: OperationOptions = {}): Promise<number> {
    return decodeWord(await this.#property(WINBIO_PROPERTY_SAMPLE_HINT, unitId, options));
  }

  /** Samples nobody asked for, as they come; with `identify`, whose they are. Leaving the loop ends the monitor. */
  unclaimedSamples(options: MonitorOptions & { readonly identify?: boolean } = {}): AsyncIterable<UnclaimedEvent> {
    const eventMask = options.identify === true ? WINBIO_EVENT_FP_UNCLAIMED_IDENTIFY : WINBIO_EVENT_FP_UNCLAIMED;
    const request = { kind: 'register-event-monitor', eventMask } as const;
    return monitorStream(this.#handle, request, options, (event) =>
      event.kind === 'unclaimed' ? event.event : undefined,
    );
  }

  /** People in front of a unit, as they come, are recognised and go. Leaving the loop ends the monitor. */
  presence(unitId: UnitId, options: MonitorOptions = {}): AsyncIterable<PresenceEvent> {
    const request = { kind: 'monitor-presence', unitId } as const;
    return monitorStream(this.#handle, request, options, (event) =>
      event.kind === 'presence' ? { change: event.change, people: event.people } : undefined,
    );
  }

  /**
   * Samples that operations of others use on the units of the pool, for people to look at; all the same who else gets
   * them. Needs a session opened with `access: ['raw']`, else throws E_ACCESSDENIED; each sample shown is audited.
   * Leaving the loop ends it.
   */
  watchSamples(options: MonitorOptions = {}): AsyncIterable<WatchedSample> {
    return monitorStream(this.#handle, { kind: 'watch-samples' }, options, (event) =>
      event.kind === 'sample' ? event.sample : undefined,
    );
  }

  /** Cancels everything that is pending on this session; resolves when all of it has ended. */
  async cancelAll(): Promise<void> {
    await this.#answer({ kind: 'cancel' }, {});
  }

  /** Ends the session: what is pending is canceled, an enrollment discarded, private units go back. Idempotent. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #property(propertyId: number, unitId: UnitId, options: OperationOptions): Promise<Uint8Array> {
    const propertyType = WINBIO_PROPERTY_TYPE_UNIT;
    const request = { kind: 'get-property', propertyType, propertyId, unitId, identity: null, subFactor: 0 } as const;
    return (await this.#answer(request, options)).values.property ?? new Uint8Array(4);
  }

  async #close(): Promise<void> {
    // A connection that was lost has closed its sessions already.
    try {
      if (this.#handle.state === 'open') await this.#answer({ kind: 'close' }, {});
    } catch (thrown) {
      if (!isBiometricError(thrown) || thrown.code !== 'WHORL_E_CONNECTION_LOST') throw thrown;
    } finally {
      this.#onClosed(this);
    }
  }

  /** Completion of an operation; throws what failed and is not an allowed outcome. */
  #answer(request: OperationRequest, options: OperationOptions, allowed: readonly number[] = []): Promise<Completion> {
    const operation = request.kind;
    const signal = signalOf(options);
    return new Promise((resolve, reject) => {
      const refused = this.#handle.check(request);
      if (FAILED(refused)) return reject(new BiometricError(refused, undefined, { operation }));
      if (signal?.aborted) return reject(abortError(signal, operation));
      const aborted = () => {
        if (signal !== undefined) reject(abortError(signal, operation));
        this.#handle.withdraw(id);
      };
      const id = this.#handle.submit(request, (completion) => {
        signal?.removeEventListener('abort', aborted);
        const { hresult, unitId } = completion;
        const isOutcome = hresult === WINBIO_E_BAD_CAPTURE || allowed.includes(hresult);
        if (FAILED(hresult) && !isOutcome) reject(new BiometricError(hresult, undefined, { operation, unitId }));
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
  const { score = 0, threshold } = values;
  return { score, ...(threshold !== undefined && { threshold }), ...reportOf(values) };
}

function owner(identity: Identity | undefined): OwnerIdentity {
  if (identity?.type === 'sid' || identity?.type === 'guid') return identity;
  throw new BiometricError('WHORL_E_PROTOCOL', 'an identification without an identity');
}
