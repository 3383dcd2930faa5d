/** A reader as an object of the bus, as fprintd has it: whoever claims it first uses it alone, until it lets go or leaves. */

import type { DefinedInterface, HandlerContext, MessageBus, MethodDefinition } from 'dbus-native';
import { openOnReader } from '../../composition/residents/reader-session.ts';
import type { Residents } from '../../composition/residents/residents.ts';
import { WINBIO_FP_SENSOR_SUBTYPE_SWIPE } from '../../core/constants.ts';
import type { UnitDescription } from '../../core/operation-result.ts';
import type { FprintFinger } from '../../drivers/fprintd/fprint-interface.ts';
import { FPRINT_INTERFACES } from '../../drivers/fprintd/fprint-interface.ts';
import { SIGNAL } from '../../drivers/fprintd/system-bus.ts';
import { deleteFingers, enrolledFingers, type FingersOf } from './enrolled-fingers.ts';
import type { FprintAction, FprintCaller, FprintCallers } from './fprint-callers.ts';
import { type ClaimSignals, FprintClaim } from './fprint-claim.ts';
import { FprintFault, fprintFault } from './fprint-fault.ts';

/** What a device is made of. */
export interface FprintDeviceParts {
  readonly bus: MessageBus;
  /** `defineInterface` of `dbus-native`, which is loaded when it is needed. */
  readonly define: typeof import('dbus-native').defineInterface;
  readonly path: string;
  readonly unit: UnitDescription;
  /** How many touches an enrollment takes as a rule; -1 where nobody knows. */
  readonly stages: number;
  readonly residents: Residents;
  readonly callers: FprintCallers;
  /** The claim has ended. */
  readonly released: () => void;
}

export class FprintDevice implements AsyncDisposable {
  readonly path: string;
  readonly unit: UnitDescription;
  readonly #parts: FprintDeviceParts;
  #claim: FprintClaim | undefined;
  #ended: AbortController | undefined;

  constructor(parts: FprintDeviceParts) {
    this.#parts = parts;
    this.path = parts.path;
    this.unit = parts.unit;
  }

  /** Whether a client uses it. */
  get claimed(): boolean {
    return this.#claim !== undefined;
  }

  /** Its interface, for the bus. */
  get definition(): DefinedInterface {
    const { define, unit } = this.#parts;
    const scanType = unit.subType === WINBIO_FP_SENSOR_SUBTYPE_SWIPE ? 'swipe' : 'press';
    const swift = { access: 'read' } as const;
    const defined = define({
      name: FPRINT_INTERFACES.device,
      methods: {
        Claim: method({ username: 's' }, ({ username }, sender) => this.#claimFor(sender, username)),
        Release: method({}, (_, sender) => this.#release(sender)),
        ListEnrolledFingers: {
          ...method({ username: 's' }, ({ username }, sender) => this.#list(sender, username)),
          out: { enrolled_fingers: 'as' },
        },
        DeleteEnrolledFingers: method({ username: 's' }, ({ username }, sender) => this.#deleteAll(sender, username)),
        DeleteEnrolledFingers2: method({}, (_, sender) => this.#onClaim(sender, ['enroll'], (claim) => claim.delete())),
        DeleteEnrolledFinger: method({ finger_name: 's' }, ({ finger_name }, sender) =>
          this.#onClaim(sender, ['enroll'], (claim) => claim.delete(finger_name)),
        ),
        VerifyStart: method({ finger_name: 's' }, ({ finger_name }, sender) =>
          this.#onClaim(sender, ['verify'], (claim) => claim.verify(finger_name)),
        ),
        VerifyStop: method({}, (_, sender) => this.#claimOf(sender).stop('verify')),
        EnrollStart: method({ finger_name: 's' }, ({ finger_name }, sender) =>
          this.#onClaim(sender, ['enroll'], (claim) => claim.enroll(finger_name)),
        ),
        EnrollStop: method({}, (_, sender) => this.#claimOf(sender).stop('enroll')),
      },
      properties: {
        name: { type: 's', ...swift, value: unit.description },
        'num-enroll-stages': { type: 'i', ...swift, value: this.#parts.stages },
        'scan-type': { type: 's', ...swift, value: scanType },
        'finger-present': { type: 'b', ...swift, get: () => this.#claim?.fingerPresent ?? false },
        'finger-needed': { type: 'b', ...swift, get: () => this.#claim?.fingerNeeded ?? false },
      },
      signals: {
        VerifyFingerSelected: { args: { finger_name: 's' } },
        VerifyStatus: { args: { result: 's', done: 'b' } },
        EnrollStatus: { args: { result: 's', done: 'b' } },
      },
    });
    // What a client may call is what is declared here, and nothing that every object has.
    Object.setPrototypeOf(defined.impl, null);
    return defined;
  }

  /** Ends the claim. Idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#letGo(this.#claim);
  }

  /** Users other than the caller are for administrators. */
  async #claimFor(sender: string, userName: string): Promise<void> {
    this.#requireFree();
    const caller = await this.#parts.callers.admit(sender, userName, ['verify', 'enroll']);
    // Somebody else may have been faster while polkit asked.
    this.#requireFree();
    const claim = new FprintClaim({
      sender,
      residents: this.#parts.residents,
      principal: caller.principal,
      reader: this.unit.name,
      unitId: this.unit.unitId,
      owner: caller.owner,
      signals: this.#signalsTo(sender),
    });
    this.#claim = claim;
    const ended = new AbortController();
    this.#ended = ended;
    try {
      await claim.open();
    } catch (thrown) {
      await this.#letGo(claim);
      throw thrown;
    }
    void this.#parts.callers.untilGone(sender, ended.signal).then(() => this.#letGo(claim));
  }

  async #release(sender: string): Promise<void> {
    const claim = this.#claimOf(sender);
    if (claim.ending) throw new FprintFault('alreadyInUse', 'the reader is being let go');
    await this.#letGo(claim);
  }

  async #letGo(claim: FprintClaim | undefined): Promise<void> {
    if (claim === undefined) return;
    await claim[Symbol.asyncDispose]();
    if (this.#claim !== claim) return;
    this.#claim = undefined;
    this.#ended?.abort();
    this.#ended = undefined;
    this.#parts.released();
  }

  async #list(sender: string, userName: string): Promise<readonly FprintFinger[]> {
    const caller = await this.#parts.callers.admit(sender, userName, ['verify']);
    return await this.#briefly(caller, enrolledFingers);
  }

  /** Of any user, claimed or not. */
  async #deleteAll(sender: string, userName: string): Promise<void> {
    const claim = this.#claim === undefined ? undefined : this.#claimOf(sender);
    claim?.requireIdle();
    const caller = await this.#parts.callers.admit(sender, userName, ['enroll']);
    const work = () => this.#briefly(caller, (fingers) => deleteFingers(fingers));
    if (claim === undefined) this.#requireFree();
    await (claim === undefined ? work() : claim.whileDeleting(work));
  }

  async #onClaim(
    sender: string,
    anyOf: readonly FprintAction[],
    work: (claim: FprintClaim) => Promise<void>,
  ): Promise<void> {
    const claim = this.#claimOf(sender);
    claim.requireIdle();
    // For whom it was claimed was decided when it was.
    await this.#parts.callers.admit(sender, '', anyOf);
    await work(this.#claimOf(sender));
  }

  /** A session of its own, for the time of one question. */
  async #briefly<T>({ principal, owner }: FprintCaller, work: (fingers: FingersOf) => Promise<T>): Promise<T> {
    const { name: reader, unitId } = this.unit;
    await using client = this.#parts.residents.connect(principal);
    const handle = await openOnReader(client, { reader, unitId });
    return await work({ client, handle, unitId, owner });
  }

  #requireFree(): void {
    if (this.#claim !== undefined) throw new FprintFault('alreadyInUse', 'the reader was already claimed');
  }

  /** Throws ClaimDevice for nobody's, AlreadyInUse for somebody else's. */
  #claimOf(sender: string): FprintClaim {
    if (this.#claim === undefined) throw new FprintFault('claimDevice', 'claim the reader before using it');
    if (this.#claim.sender === sender) return this.#claim;
    throw new FprintFault('alreadyInUse', 'the reader is in use by another client');
  }

  /** Signals go to the client that has the claim: who touches a reader is nobody else's business. */
  #signalsTo(destination: string): ClaimSignals {
    const { bus, path } = this.#parts;
    const send = (member: string, signature: string, body: readonly unknown[]) =>
      bus.connection.message({
        type: SIGNAL,
        serial: bus.serial++,
        path,
        interface: FPRINT_INTERFACES.device,
        member,
        destination,
        signature,
        body: [...body],
      });
    return {
      selected: (finger) => send('VerifyFingerSelected', 's', [finger]),
      verify: (result, done) => send('VerifyStatus', 'sb', [result, done]),
      enroll: (result, done) => send('EnrollStatus', 'sb', [result, done]),
      moved: () => {
        const claim = this.#claim;
        if (claim) this.#changed({ 'finger-needed': claim.fingerNeeded, 'finger-present': claim.fingerPresent });
      },
    };
  }

  #changed(properties: Readonly<Record<string, unknown>>): void {
    this.#parts.bus.emitPropertiesChanged(this.path, FPRINT_INTERFACES.device, { ...properties });
  }
}

/** A method whose arguments are strings. */
function method(
  args: Readonly<Record<string, 's'>>,
  work: (args: Readonly<Record<string, string>>, sender: string) => Promise<unknown>,
): MethodDefinition {
  return {
    in: { ...args },
    async handler(given: Readonly<Record<string, unknown>>, { sender = '' }: HandlerContext) {
      try {
        const strings = Object.keys(args).map((name) => [name, requireString(name, given[name])]);
        return (await work(Object.fromEntries(strings), sender)) ?? null;
      } catch (thrown) {
        throw fprintFault(thrown);
      }
    },
  };
}

function requireString(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new FprintFault('internal', `${name}: give a string`);
}
