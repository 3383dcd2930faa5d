/** A reader of Windows, as a device that matches inside. */

import type {
  DeviceEnrollment,
  DeviceIdentification,
  DevicePicture,
  DevicePrint,
  DeviceVerification,
  EnrollOptions,
  MatchingDeviceCapability,
  MatchingDeviceInfo,
  NewPrint,
} from '../../adapters/matching-device.ts';
import { MatchingDeviceBase } from '../../adapters/matching-device-base.ts';
import type { AdapterOptions } from '../../adapters/sensor-adapter.ts';
import { BiometricError, isBiometricError, toBiometricError } from '../../core/biometric-error.ts';
import type { SubFactor } from '../../core/identifiers.ts';
import { type Identity, identityFromBytes, identityToBytes, type OwnerIdentity } from '../../core/identity.ts';
import { isServiceGone } from '../../drivers/winbio/winbio-faults.ts';
import type { WinBioUnit } from '../../drivers/winbio/winbio-framework.ts';
import type { Notification, WinBioLibrary } from '../../drivers/winbio/winbio-library.ts';
import { type WinBioPool, WinBioSession } from '../../drivers/winbio/winbio-session.ts';
import { decodeFingerprintSample } from '../../formats/bir/fingerprint-sample.ts';

/** What a device works with. */
export interface WinBioDeviceOptions {
  /**
   * `private`: no other program reaches the reader while the service has it, and prints are in a database of its own; needs an
   * administrator and a database that is registered. `system`: the reader is shared with Windows Hello; prints are those of
   * the account that the service runs as, one a finger, and touches come to the program in the foreground. Default: private.
   */
  readonly pool?: 'system' | 'private' | undefined;
  /** GUID of the database of a private pool. */
  readonly databaseId?: string | undefined;
  /** SID of the account that the service runs as; the prints of the system's pool are its. */
  readonly account?: string | undefined;
  /** Whether the reader hands out pictures; needs an administrator. Default: false. */
  readonly picture?: boolean | undefined;
  /** How results are notified. Default: callback. */
  readonly notification?: Notification | undefined;
  /** Told why Windows refused something that the service can do without, or why an operation failed. Default: nobody is. */
  readonly onRefused?: ((error: BiometricError) => void) | undefined;
}

/** What a device is made of. */
export interface WinBioDeviceParts {
  readonly library: WinBioLibrary;
  readonly unit: WinBioUnit;
  /** Accepted touches of an enrollment; what the adapter of the reader estimates. */
  readonly enrollStages: number;
  /** Told when the Windows Biometric Service does not answer any more. */
  readonly serviceGone: () => void;
}

/** Length of a handle: a WINBIO_IDENTITY, and the finger. */
const IDENTITY_BYTES = 76;
const HANDLE_BYTES = IDENTITY_BYTES + 1;

/** Where a print is at Windows. */
interface Kept {
  readonly identity: OwnerIdentity;
  readonly subFactor: SubFactor;
}

/**
 * One unit. A print is named by whose it is and which finger: in a private pool each print has a GUID of its own, which
 * Windows gives it; in the system's, all are of one account. Windows names no identities, so only the latter can be listed.
 */
export class WinBioDevice extends MatchingDeviceBase {
  /** What the device says about itself. */
  readonly info: MatchingDeviceInfo;
  readonly #parts: WinBioDeviceParts;
  readonly #options: WinBioDeviceOptions;
  #session: WinBioSession | undefined;

  constructor(parts: WinBioDeviceParts, options: WinBioDeviceOptions) {
    super();
    this.#parts = parts;
    this.#options = options;
    this.info = infoOf(parts, options);
  }

  /** Its number at Windows. */
  get unitId(): number {
    return this.#parts.unit.unitId;
  }

  /** The unit is gone. */
  lost(): void {
    this._removed();
  }

  protected override async _open({ signal }: AdapterOptions): Promise<void> {
    await this.#openSession(signal);
    if (this.#isShared) await this.#takeFocus();
  }

  protected override async _enroll(
    { subFactor }: NewPrint,
    { signal, onStage }: EnrollOptions,
  ): Promise<DeviceEnrollment> {
    return await this.#asking((session) => this.#enroll(session, subFactor, { signal, onStage }));
  }

  protected override async _verify(print: DevicePrint, { signal }: AdapterOptions): Promise<DeviceVerification> {
    const { identity, subFactor } = keptOf(print);
    return await this.#asking(async (session) => {
      const outcome = await session.verify(identity, subFactor, { signal });
      if (outcome.kind !== 'no-match') return outcome;
      // Windows answers so for prints that are not there, too.
      const fingers = await session.enrollments(this.unitId, identity, { signal });
      if (fingers.includes(subFactor)) return outcome;
      throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD', 'the print is not at Windows');
    });
  }

  /** Windows searches all prints of its database; the base drops a match that was not asked for. */
  protected override async _identify(
    _prints: readonly DevicePrint[] | 'all',
    { signal }: AdapterOptions,
  ): Promise<DeviceIdentification> {
    const outcome = await this.#asking((session) => session.identify({ signal }));
    if (outcome.kind !== 'match') return outcome;
    return { kind: 'match', print: printOf(ownerOf(outcome.identity, outcome.subFactor)) };
  }

  protected override async _capturePicture({ signal }: AdapterOptions): Promise<DevicePicture> {
    const outcome = await this.#asking((session) => session.captureSample({ signal }));
    if (outcome.kind === 'rejected') return outcome;
    return { kind: 'picture', image: decodeFingerprintSample(outcome.bir) };
  }

  protected override async _list({ signal }: AdapterOptions): Promise<readonly DevicePrint[]> {
    const identity: OwnerIdentity = { type: 'sid', sid: this.#options.account ?? '' };
    const fingers = await this.#asking((session) => session.enrollments(this.unitId, identity, { signal }));
    return fingers.map((subFactor) => printOf({ identity, subFactor }));
  }

  protected override async _delete(print: DevicePrint, { signal }: AdapterOptions): Promise<void> {
    const { identity, subFactor } = keptOf(print);
    await this.#asking((session) => session.deleteTemplate(this.unitId, identity, subFactor, { signal }));
  }

  /** Another session: what the first one held is free once it is closed. */
  protected override async _reset(): Promise<void> {
    await this.#session?.close();
    await this.#openSession();
  }

  protected override async _close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    if (session === undefined) return;
    await session.close();
    if (this.#isShared) await this.#parts.library.call.WinBioReleaseFocus();
  }

  get #isShared(): boolean {
    return this.#options.pool === 'system';
  }

  async #asking<T>(ask: (session: WinBioSession) => Promise<T>): Promise<T> {
    const session = this.#session;
    if (session === undefined) throw new BiometricError('WINBIO_E_INVALID_DEVICE_STATE', 'the reader is not open');
    try {
      return await ask(session);
    } catch (thrown) {
      const error = toBiometricError(thrown);
      if (isServiceGone(error.hresult)) this.#parts.serviceGone();
      throw error;
    }
  }

  async #enroll(
    session: WinBioSession,
    subFactor: SubFactor,
    { signal, onStage }: EnrollOptions,
  ): Promise<DeviceEnrollment> {
    await session.enrollBegin(subFactor, this.unitId, { signal });
    let isOpen = true;
    try {
      await this.#touches(session, { signal, onStage });
      const { kind, identity } = await session.enrollCommit({ signal });
      if (kind === 'duplicate') return { kind, ...(await this.#printOf(session, identity)) };
      isOpen = false;
      const kept = ownerOf(identity, subFactor);
      if (!signal.aborted) return { kind: 'enrolled', print: printOf(kept) };
      // The last touch came before the abort: nobody knows of the print.
      await session.deleteTemplate(this.unitId, kept.identity, subFactor);
      throw new BiometricError('WINBIO_E_CANCELED', undefined, { cause: signal.reason });
    } finally {
      // A duplicate may have ended it already.
      if (isOpen) await session.enrollDiscard().catch(() => {});
    }
  }

  async #openSession(signal?: AbortSignal): Promise<void> {
    const { databaseId = '', picture, notification } = this.#options;
    const pool: WinBioPool = this.#isShared ? { kind: 'system' } : { kind: 'private', unitId: this.unitId, databaseId };
    this.#session = await WinBioSession.open(this.#parts.library, { pool, raw: picture, notification, signal }).catch(
      (thrown: unknown) => {
        const error = toBiometricError(thrown);
        if (error.code !== 'WINBIO_E_CANCELED') this.#options.onRefused?.(error);
        throw error;
      },
    );
  }

  /** Without the focus the system's pool brings touches only while this program has the window in front. */
  async #takeFocus(): Promise<void> {
    if ((await this.#parts.library.call.WinBioAcquireFocus()) === 0) return;
    const text =
      'touches in the pool of the system come to the program in front: run the service as Local System, or take pool private';
    this.#options.onRefused?.(new BiometricError('E_ACCESSDENIED', text, { operation: 'acquire-focus' }));
  }

  /** Touches until the template is complete. How many that takes is an estimate: the last stage is told with the last touch. */
  async #touches(session: WinBioSession, { signal, onStage }: EnrollOptions): Promise<void> {
    const last = this.info.enrollStages;
    for (let completed = 0; ; ) {
      const outcome = await session.enrollCapture({ signal });
      if (outcome.kind === 'rejected') onStage(outcome);
      else if (outcome.kind === 'more') {
        if (completed + 1 < last) onStage({ kind: 'accepted', completed: ++completed });
      } else {
        while (completed < last) onStage({ kind: 'accepted', completed: ++completed });
        return;
      }
    }
  }

  /** The print of an identity that has one; Windows does not say which finger it means of one that has several. */
  async #printOf(session: WinBioSession, identity: Identity): Promise<{ readonly print?: DevicePrint }> {
    if (identity.type !== 'guid') return {};
    await session.enrollDiscard().catch(() => {});
    const [subFactor, ...others] = await session.enrollments(this.unitId, identity);
    return subFactor === undefined || others.length > 0 ? {} : { print: printOf({ identity, subFactor }) };
  }
}

function infoOf({ unit, enrollStages }: WinBioDeviceParts, options: WinBioDeviceOptions): MatchingDeviceInfo {
  const able: readonly MatchingDeviceCapability[] = [
    'identify',
    'verify',
    'delete',
    'duplicates',
    ...(options.pool === 'system' && options.account !== undefined ? (['list'] as const) : []),
    ...(options.picture === true ? (['picture'] as const) : []),
  ];
  return Object.freeze({
    deviceInstanceId: unit.deviceInstanceId,
    description: unit.description || 'fingerprint reader of Windows',
    manufacturer: unit.manufacturer || 'unknown',
    model: unit.model || unit.description || 'unknown',
    serialNumber: unit.serialNumber,
    driver: 'winbio',
    firmwareVersion: unit.firmwareVersion,
    subType: unit.subType,
    enrollStages,
    capabilities: Object.freeze(able),
  });
}

/** Whose a print is. Throws WINBIO_E_DEVICE_FAILURE for an identity that can own none. */
function ownerOf(identity: Identity, subFactor: SubFactor): Kept {
  if (identity.type === 'sid' || identity.type === 'guid') return { identity, subFactor };
  throw new BiometricError('WINBIO_E_DEVICE_FAILURE', `Windows names nobody as the owner of a print: ${identity.type}`);
}

function printOf({ identity, subFactor }: Kept): DevicePrint {
  const handle = new Uint8Array(HANDLE_BYTES);
  handle.set(identityToBytes(identity));
  handle[IDENTITY_BYTES] = subFactor;
  return { id: `${identity.type === 'sid' ? identity.sid : identity.guid}/${subFactor}`, handle };
}

/** Where a print is. Throws WINBIO_E_DATABASE_NO_SUCH_RECORD for one of another device. */
function keptOf({ handle }: DevicePrint): Kept {
  const subFactor = handle[IDENTITY_BYTES];
  try {
    if (handle.length === HANDLE_BYTES && subFactor !== undefined) {
      return ownerOf(identityFromBytes(handle.subarray(0, IDENTITY_BYTES)), subFactor);
    }
  } catch (thrown) {
    if (!isBiometricError(thrown)) throw thrown;
  }
  throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD', 'the print is not one of Windows');
}
