/** A reader that a client of the bus has claimed for a user: one session, and what runs on it. */

import { setImmediate } from 'node:timers/promises';
import { openOnReader } from '../../composition/residents/reader-session.ts';
import { faultOf, type ResidentClient } from '../../composition/residents/resident-client.ts';
import type { Residents } from '../../composition/residents/residents.ts';
import { WINBIO_SUBTYPE_ANY } from '../../core/constants.ts';
import { FAILED } from '../../core/hresult.ts';
import type { SubFactor, UnitId } from '../../core/identifiers.ts';
import type { OwnerIdentity } from '../../core/identity.ts';
import type { OperationRequest } from '../../core/operation-request.ts';
import type { Completion } from '../../core/operation-result.ts';
import { S_OK, WINBIO_E_BAD_CAPTURE, WINBIO_E_DUPLICATE_ENROLLMENT } from '../../core/result-constants.ts';
import { StateMachine } from '../../core/state-machine.ts';
import {
  ANY_FINGER,
  ENROLL_RESULTS,
  type EnrollResult,
  type FprintFinger,
  fprintFinger,
  subFactorOfFprint,
  VERIFY_RESULTS,
  type VerifyResult,
} from '../../drivers/fprintd/fprint-interface.ts';
import type { Principal } from '../../service/access/principal.ts';
import { EnrollmentShelf } from '../../service/enrollment-shelf.ts';
import { CLAIM_TABLE, type ClaimState, type ClaimTrigger, STOPPABLE } from './claim-table.ts';
import { deleteFingers, enrolledFingers, type FingersOf } from './enrolled-fingers.ts';
import { FprintFault } from './fprint-fault.ts';
import { enrollResult, storeResult, verifyResult } from './touch-results.ts';

/** Tells the client that has claimed the reader. */
export interface ClaimSignals {
  readonly selected: (finger: FprintFinger | typeof ANY_FINGER) => void;
  readonly verify: (result: VerifyResult, done: boolean) => void;
  readonly enroll: (result: EnrollResult, done: boolean) => void;
  /** The reader begins or ceases to wait for a finger, or has seen one. */
  readonly moved: () => void;
}

/** What a claim is made of. */
export interface ClaimParts {
  /** Unique name of the client on the bus. */
  readonly sender: string;
  readonly residents: Residents;
  /** Account of the client. */
  readonly principal: Principal;
  readonly reader: string;
  readonly unitId: UnitId;
  /** Account that it is claimed for; undefined for a name that no account has. */
  readonly owner: OwnerIdentity | undefined;
  readonly signals: ClaimSignals;
}

export class FprintClaim implements AsyncDisposable {
  readonly sender: string;
  readonly #parts: ClaimParts;
  readonly #shelf = new EnrollmentShelf();
  /** The client in the service. */
  readonly #client: ResidentClient;
  readonly #machine = new StateMachine<ClaimState, ClaimTrigger>(CLAIM_TABLE, 'opening');
  #handle = 0;
  #ending = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #needed = false;
  #present = false;

  constructor(parts: ClaimParts) {
    this.#parts = parts;
    this.sender = parts.sender;
    this.#client = parts.residents.connect(parts.principal, this.#shelf);
  }

  /** Whether it is being let go. */
  get ending(): boolean {
    return this.#machine.state === 'closed';
  }

  /** Whether a sample of a finger is awaited. */
  get fingerNeeded(): boolean {
    return this.#needed;
  }

  /** Whether a finger was on the sensor when it was looked at last. */
  get fingerPresent(): boolean {
    return this.#present;
  }

  /** Opens the session. Rejects with what the service refuses it with. */
  async open(): Promise<void> {
    this.#handle = await openOnReader(this.#client, this.#parts);
    if (!this.#machine.take('opened')) throw new FprintFault('internal', 'the client has left');
  }

  /** Throws AlreadyInUse while a call or an operation is under way. */
  requireIdle(): void {
    if (this.#machine.state !== 'idle') throw busy();
  }

  /** Begins to verify: a finger by its name, any other word means any. Rejects with AlreadyInUse, NoEnrolledPrints. */
  async verify(name: string): Promise<void> {
    const signal = this.#begin('verify');
    try {
      const fingers = await enrolledFingers(this.#fingers);
      const subFactor = subFactorOfFprint(name) ?? WINBIO_SUBTYPE_ANY;
      const finger = fprintFinger(subFactor) ?? ANY_FINGER;
      if (finger !== ANY_FINGER && !fingers.includes(finger)) {
        throw new FprintFault('noEnrolledPrints', `the user has not enrolled the finger ${finger}`);
      }
      this.#run(async () => {
        if (signal.aborted) return;
        this.#parts.signals.selected(finger);
        await this.#verify(subFactor, signal);
      });
    } catch (thrown) {
      if (!signal.aborted) this.#machine.take('refused');
      throw thrown;
    }
  }

  /** Begins to enroll a finger. Rejects with AlreadyInUse, InvalidFingername, and with what the service refuses it with. */
  async enroll(name: string): Promise<void> {
    const signal = this.#begin('enroll');
    try {
      const subFactor = requireFinger(name);
      const { unitId, owner } = this.#parts;
      if (owner === undefined) throw new FprintFault('internal', 'there is no user of this name');
      const begun = await this.#submit({ kind: 'enroll-begin', subFactor, unitId }, signal);
      if (FAILED(begun.hresult)) throw faultOf(begun);
      if (signal.aborted) {
        await this.#discard();
        throw new FprintFault('internal', 'the enrollment was stopped');
      }
      this.#run(() => this.#enroll(owner, subFactor, signal));
    } catch (thrown) {
      if (!signal.aborted) this.#machine.take('refused');
      throw thrown;
    }
  }

  /** Ends what was begun. Rejects with NoActionInProgress for nothing, AlreadyInUse for something else. */
  async stop(kind: 'verify' | 'enroll'): Promise<void> {
    const { state } = this.#machine;
    if (state === 'idle') throw new FprintFault('noActionInProgress', `nothing was begun that ${kind} would end`);
    if (!STOPPABLE[kind].includes(state)) throw busy();
    this.#machine.take('stop');
    this.#ending.abort();
    await this.#running;
    this.#machine.take('done');
  }

  /** Deletes a finger, or all. Rejects with AlreadyInUse, InvalidFingername, NoEnrolledPrints, PrintsNotDeleted. */
  async delete(name?: string): Promise<void> {
    const subFactor = name === undefined ? undefined : requireFinger(name);
    await this.whileDeleting(() => deleteFingers(this.#fingers, subFactor));
  }

  /** Whatever is asked meanwhile finds the claim in use. Throws AlreadyInUse. */
  async whileDeleting(work: () => Promise<void>): Promise<void> {
    if (!this.#machine.take('delete')) throw busy();
    this.#running = work().finally(() => this.#machine.take('done'));
    await this.#running;
  }

  /** Ends what runs, waits for a deletion, and lets the reader go. Idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#machine.take('close');
    this.#ending.abort();
    await this.#running.catch(() => undefined);
    await this.#client[Symbol.asyncDispose]();
    this.#shelf[Symbol.dispose]();
  }

  get #fingers(): FingersOf {
    return { ...this.#parts, client: this.#client, handle: this.#handle };
  }

  /** What is begun ends with the signal. Throws AlreadyInUse. */
  #begin(kind: 'verify' | 'enroll'): AbortSignal {
    if (!this.#machine.take(kind)) throw busy();
    this.#ending = new AbortController();
    return this.#ending.signal;
  }

  /** Runs once the call that began it has been answered, so that the client hears of its results after that. */
  #run(work: () => Promise<void>): void {
    this.#running = setImmediate()
      .then(work)
      // It ends so when the client has left, who need not be told.
      .catch(() => undefined);
  }

  async #verify(subFactor: SubFactor, signal: AbortSignal): Promise<void> {
    const { owner, signals } = this.#parts;
    if (owner === undefined) return;
    for (;;) {
      const completion = await this.#touch({ kind: 'verify', identity: owner, subFactor }, signal);
      if (signal.aborted) return;
      const result = verifyResult(completion);
      const done = VERIFY_RESULTS[result];
      if (done) this.#over();
      signals.verify(result, done);
      if (done) return;
    }
  }

  async #enroll(owner: OwnerIdentity, subFactor: SubFactor, signal: AbortSignal): Promise<void> {
    for (;;) {
      const completion = await this.#touch({ kind: 'enroll-capture' }, signal);
      if (signal.aborted) return await this.#discard();
      const { hresult } = completion;
      if (hresult === S_OK) {
        const stored = this.#commit(owner, subFactor).catch((): EnrollResult => 'enroll-failed');
        return this.#tell(await stored);
      }
      if (FAILED(hresult) && hresult !== WINBIO_E_BAD_CAPTURE) return this.#tell(enrollResult(completion));
      this.#tell(hresult === WINBIO_E_BAD_CAPTURE ? enrollResult(completion) : 'enroll-stage-passed');
    }
  }

  /** Stores the template; another finger that the user had under this name gives way to it. */
  async #commit(owner: OwnerIdentity, subFactor: SubFactor): Promise<EnrollResult> {
    let completion = await this.#submit({ kind: 'enroll-commit', owner });
    if (completion.hresult === WINBIO_E_DUPLICATE_ENROLLMENT) completion = await this.#replace(owner, subFactor);
    const result = storeResult(completion);
    if (result !== 'enroll-completed') await this.#discard();
    return result;
  }

  /** Nothing is deleted on a reader that enrolls: the template waits on the shelf meanwhile. */
  async #replace(owner: OwnerIdentity, subFactor: SubFactor): Promise<Completion> {
    const { unitId } = this.#parts;
    await this.#submit({ kind: 'close' });
    this.#handle = await openOnReader(this.#client, this.#parts);
    await deleteFingers(this.#fingers, subFactor);
    const begun = await this.#submit({ kind: 'enroll-begin', subFactor, unitId });
    return FAILED(begun.hresult) ? begun : await this.#submit({ kind: 'enroll-commit', owner });
  }

  /** It may have ended by itself. */
  async #discard(): Promise<void> {
    await this.#submit({ kind: 'enroll-discard' });
  }

  #tell(result: EnrollResult): void {
    const done = ENROLL_RESULTS[result];
    if (done) this.#over();
    this.#parts.signals.enroll(result, done);
  }

  #over(): void {
    this.#machine.take('over');
    this.#see({ needed: false, present: false });
  }

  /** Waits for a finger, and says so. */
  async #touch(request: OperationRequest, signal: AbortSignal): Promise<Completion> {
    this.#see({ needed: true, present: false });
    const completion = await this.#submit(request, signal);
    if (signal.aborted) this.#see({ needed: false, present: false });
    else if (!FAILED(completion.hresult) || completion.hresult === WINBIO_E_BAD_CAPTURE)
      this.#see({ needed: true, present: true });
    return completion;
  }

  #see({ needed, present }: { readonly needed: boolean; readonly present: boolean }): void {
    if (needed === this.#needed && present === this.#present) return;
    this.#needed = needed;
    this.#present = present;
    this.#parts.signals.moved();
  }

  async #submit(request: OperationRequest, signal?: AbortSignal): Promise<Completion> {
    return await this.#client.submit(this.#handle, request, signal);
  }
}

function requireFinger(name: string): SubFactor {
  const subFactor = subFactorOfFprint(name);
  if (subFactor !== undefined) return subFactor;
  throw new FprintFault('invalidFingername', 'give one of the ten fingers, such as right-index-finger');
}

function busy(): FprintFault {
  return new FprintFault('alreadyInUse', 'the reader is in use: stop what was begun first');
}
