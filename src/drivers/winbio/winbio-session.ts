/** A session of winbio.dll: one pool, one thing at a time. */

import { BiometricError } from '../../core/biometric-error.ts';
import { CODES } from '../../core/codes.ts';
import * as c from '../../core/constants.ts';
import { guidToBytes } from '../../core/guid.ts';
import type { HRESULT } from '../../core/hresult.ts';
import type { RejectDetail, SubFactor } from '../../core/identifiers.ts';
import { type Identity, identityFromBytes, identityToBytes, type OwnerIdentity } from '../../core/identity.ts';
import type { FieldName } from './layouts.ts';
import { Structure } from './structure.ts';
import { type HandleKind, WinBioHandle } from './winbio-handle.ts';
import type { Notification, WinBioLibrary, WinBioResult } from './winbio-library.ts';

/** Which units a session works with. */
export type WinBioPool =
  /** Those that Windows shares among programs; templates are of accounts. */
  | { readonly kind: 'system' }
  /** One that no other program reaches meanwhile, with a database of its own; templates are of GUIDs. */
  | { readonly kind: 'private'; readonly unitId: number; readonly databaseId: string };

/** Options of a session. */
export interface WinBioSessionOptions {
  readonly pool: WinBioPool;
  /** Whether samples may be captured; needs an administrator. Default: false. */
  readonly raw?: boolean | undefined;
  /** How results are notified; messages on Windows only. Default: callback. */
  readonly notification?: Notification | undefined;
  /** Ends the wait for it to open. */
  readonly signal?: AbortSignal | undefined;
  /** Hears of touches that nobody waited for, from {@link WinBioSession.monitorEvents} on. Default: nobody does. */
  readonly onTouch?: ((touch: UnclaimedTouch) => void) | undefined;
}

/** A touch that nobody waited for. */
export interface UnclaimedTouch {
  readonly unitId: number;
  /** Why it was of no use; 0 when it was. */
  readonly detail: RejectDetail;
}

/** Options of a call. */
export interface CallOptions {
  /** Cancels it. */
  readonly signal?: AbortSignal | undefined;
}

/** A touch that could not be used. */
export interface RejectedTouch {
  readonly kind: 'rejected';
  readonly detail: RejectDetail;
}

/** `WINBIO_DB_DEFAULT`: not an address, but the number 1 in its place. */
const DB_DEFAULT = 1n;

const BAD_CAPTURE = CODES.WINBIO_E_BAD_CAPTURE.hresult;
const NO_MATCH = CODES.WINBIO_E_NO_MATCH.hresult;
const UNKNOWN_ID = CODES.WINBIO_E_UNKNOWN_ID.hresult;
const DUPLICATE_TEMPLATE = CODES.WINBIO_E_DUPLICATE_TEMPLATE.hresult;
const MORE_DATA = CODES.WINBIO_I_MORE_DATA.hresult;

/** Codes pass through unchanged; every call rejects with that of its failure, and WINBIO_E_CANCELED once aborted. */
export class WinBioSession {
  readonly #library: WinBioLibrary;
  readonly #handle: WinBioHandle;

  private constructor(library: WinBioLibrary, handle: WinBioHandle) {
    this.#library = library;
    this.#handle = handle;
  }

  /** Opens one. Rejects with E_ACCESSDENIED, WINBIO_E_SENSOR_UNAVAILABLE, and what else winbio.dll refuses with. */
  static async open(library: WinBioLibrary, options: WinBioSessionOptions): Promise<WinBioSession> {
    const { pool, raw = false, notification = 'callback', signal, onTouch } = options;
    const handle = await WinBioHandle.open(library, sessionKind(pool, raw), {
      by: notification,
      signal,
      monitored(operation, { structure }) {
        if (operation !== c.WINBIO_OPERATION_GET_EVENT) return;
        const event = new Structure('WINBIO_EVENT', structure.bytes('Parameters.GetEvent.Event'));
        if (event.number('Type') !== c.WINBIO_EVENT_FP_UNCLAIMED) return;
        const unitId = event.number('Parameters.Unclaimed.UnitId');
        onTouch?.({ unitId, detail: event.number('Parameters.Unclaimed.RejectDetail') });
      },
    });
    return new WinBioSession(library, handle);
  }

  /** Waits for a touch and looks whose it is. */
  async identify({
    signal,
  }: CallOptions = {}): Promise<
    { kind: 'match'; identity: Identity; subFactor: SubFactor } | { kind: 'no-match' } | RejectedTouch
  > {
    const { status, value } = await this.#handle.call(
      {
        name: 'identify',
        operation: c.WINBIO_OPERATION_IDENTIFY,
        start: (handle) => this.#library.call.WinBioIdentify(handle, null, null, null, null),
        read: ({ structure }) => ({
          identity: identityFromBytes(structure.bytes('Parameters.Identify.Identity')),
          subFactor: structure.number('Parameters.Identify.SubFactor'),
          detail: structure.number('Parameters.Identify.RejectDetail'),
        }),
        answers: [BAD_CAPTURE, UNKNOWN_ID],
      },
      signal,
    );
    if (status === BAD_CAPTURE) return { kind: 'rejected', detail: value.detail };
    if (status === UNKNOWN_ID) return { kind: 'no-match' };
    return { kind: 'match', identity: value.identity, subFactor: value.subFactor };
  }

  /** Waits for a touch and compares it with a finger of an identity. An identity without one is `no-match`. */
  async verify(
    identity: OwnerIdentity,
    subFactor: SubFactor,
    { signal }: CallOptions = {},
  ): Promise<{ kind: 'match' | 'no-match' } | RejectedTouch> {
    const bytes = identityToBytes(identity);
    const { status, value } = await this.#handle.call(
      {
        name: 'verify',
        operation: c.WINBIO_OPERATION_VERIFY,
        start: (handle) => this.#library.call.WinBioVerify(handle, bytes, subFactor, null, null, null),
        read: ({ structure }) => ({
          isMatch: structure.number('Parameters.Verify.Match') !== 0,
          detail: structure.number('Parameters.Verify.RejectDetail'),
        }),
        answers: [BAD_CAPTURE, NO_MATCH],
      },
      signal,
    );
    if (status === BAD_CAPTURE) return { kind: 'rejected', detail: value.detail };
    return { kind: status !== NO_MATCH && value.isMatch ? 'match' : 'no-match' };
  }

  /** Begins an enrollment at a unit. */
  async enrollBegin(subFactor: SubFactor, unitId: number, { signal }: CallOptions = {}): Promise<void> {
    await this.#done('enroll-begin', c.WINBIO_OPERATION_ENROLL_BEGIN, signal, (handle) =>
      this.#library.call.WinBioEnrollBegin(handle, subFactor, unitId),
    );
  }

  /** Waits for a touch and adds it; an enrollment that is complete can be committed. */
  async enrollCapture({ signal }: CallOptions = {}): Promise<{ kind: 'complete' | 'more' } | RejectedTouch> {
    const { status, value } = await this.#handle.call(
      {
        name: 'enroll-capture',
        operation: c.WINBIO_OPERATION_ENROLL_CAPTURE,
        start: (handle) => this.#library.call.WinBioEnrollCapture(handle, null),
        read: ({ structure }) => structure.number('Parameters.EnrollCapture.RejectDetail'),
        answers: [BAD_CAPTURE],
      },
      signal,
    );
    if (status === BAD_CAPTURE) return { kind: 'rejected', detail: value };
    return { kind: status === MORE_DATA ? 'more' : 'complete' };
  }

  /** Stores what was enrolled. A duplicate is of the identity that has the finger; the enrollment may then still be open. */
  async enrollCommit({ signal }: CallOptions = {}): Promise<{ kind: 'stored' | 'duplicate'; identity: Identity }> {
    const { status, value } = await this.#handle.call(
      {
        name: 'enroll-commit',
        operation: c.WINBIO_OPERATION_ENROLL_COMMIT,
        start: (handle) => this.#library.call.WinBioEnrollCommit(handle, null, null),
        read: ({ structure }) => ({
          identity: identityFromBytes(structure.bytes('Parameters.EnrollCommit.Identity')),
          isNew: structure.number('Parameters.EnrollCommit.IsNewTemplate') !== 0,
        }),
        answers: [DUPLICATE_TEMPLATE],
      },
      signal,
    );
    const isStored = status !== DUPLICATE_TEMPLATE && value.isNew;
    return { kind: isStored ? 'stored' : 'duplicate', identity: value.identity };
  }

  /** Ends an enrollment without storing. */
  async enrollDiscard(): Promise<void> {
    await this.#done('enroll-discard', c.WINBIO_OPERATION_ENROLL_DISCARD, undefined, (handle) =>
      this.#library.call.WinBioEnrollDiscard(handle),
    );
  }

  /** Fingers of an identity at a unit; none for an identity that is not known there. */
  async enrollments(
    unitId: number,
    identity: OwnerIdentity,
    { signal }: CallOptions = {},
  ): Promise<readonly SubFactor[]> {
    const bytes = identityToBytes(identity);
    const { value } = await this.#handle.call(
      {
        name: 'enum-enrollments',
        operation: c.WINBIO_OPERATION_ENUM_ENROLLMENTS,
        start: (handle) => this.#library.call.WinBioEnumEnrollments(handle, unitId, bytes, null, null),
        read: (result) => [
          ...pointed(
            result,
            'Parameters.EnumEnrollments.SubFactorArray',
            result.structure.number('Parameters.EnumEnrollments.SubFactorCount'),
          ),
        ],
        answers: [UNKNOWN_ID],
      },
      signal,
    );
    return value;
  }

  /** Forgets a finger of an identity at a unit. Rejects with WINBIO_E_DATABASE_NO_SUCH_RECORD where there is none. */
  async deleteTemplate(
    unitId: number,
    identity: OwnerIdentity,
    subFactor: SubFactor,
    { signal }: CallOptions = {},
  ): Promise<void> {
    const bytes = identityToBytes(identity);
    await this.#done('delete-template', c.WINBIO_OPERATION_DELETE_TEMPLATE, signal, (handle) =>
      this.#library.call.WinBioDeleteTemplate(handle, unitId, bytes, subFactor),
    );
  }

  /** Waits for a touch and hands out the sample, a BIR. Needs a session that was opened `raw`. */
  async captureSample({ signal }: CallOptions = {}): Promise<{ kind: 'sample'; bir: Uint8Array } | RejectedTouch> {
    const { WINBIO_NO_PURPOSE_AVAILABLE: purpose, WINBIO_DATA_FLAG_RAW: flags } = c;
    const { status, value } = await this.#handle.call(
      {
        name: 'capture-sample',
        operation: c.WINBIO_OPERATION_CAPTURE_SAMPLE,
        start: (handle) => this.#library.call.WinBioCaptureSample(handle, purpose, flags, null, null, null, null),
        read: (result, ended) => ({
          detail: result.structure.number('Parameters.CaptureSample.RejectDetail'),
          bir:
            ended === BAD_CAPTURE
              ? new Uint8Array()
              : pointed(
                  result,
                  'Parameters.CaptureSample.Sample',
                  result.structure.number('Parameters.CaptureSample.SampleSize'),
                ),
        }),
        answers: [BAD_CAPTURE],
      },
      signal,
    );
    if (status === BAD_CAPTURE) return { kind: 'rejected', detail: value.detail };
    return { kind: 'sample', bir: value.bir };
  }

  /** Touches that an enrollment at a unit takes at most, as its adapter estimates; undefined where it does not say. */
  async sampleHint(unitId: number, { signal }: CallOptions = {}): Promise<number | undefined> {
    const { WINBIO_PROPERTY_TYPE_UNIT: type, WINBIO_PROPERTY_SAMPLE_HINT: property } = c;
    const { value } = await this.#handle.call(
      {
        name: 'get-property',
        operation: c.WINBIO_OPERATION_GET_PROPERTY,
        start: (handle) => this.#library.call.WinBioGetProperty(handle, type, property, unitId, null, 0, null, null),
        read: (result, ended) => {
          const size = result.structure.number('Parameters.GetProperty.PropertyBufferSize');
          if (ended !== 0 || size < 4) return undefined;
          const bytes = pointed(result, 'Parameters.GetProperty.PropertyBuffer', 4);
          return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
        },
        answers: [CODES.WINBIO_E_UNSUPPORTED_PROPERTY.hresult, CODES.WINBIO_E_PROPERTY_UNAVAILABLE.hresult],
      },
      signal,
    );
    return value;
  }

  /** Tells `onTouch` of touches that nobody waits for; until {@link ignoreEvents} the session does nothing else. */
  async monitorEvents(): Promise<void> {
    await this.#handle.request('register-event-monitor', (handle) =>
      this.#library.call.WinBioRegisterEventMonitor(handle, c.WINBIO_EVENT_FP_UNCLAIMED, null, 0n),
    );
  }

  /** Ends that. */
  async ignoreEvents(): Promise<void> {
    await this.#handle.request('unregister-event-monitor', (handle) =>
      this.#library.call.WinBioUnregisterEventMonitor(handle),
    );
  }

  /** Cancels all that is out. */
  async cancel(): Promise<void> {
    await this.#handle.cancel();
  }

  /** Ends the session, and all that is out with WINBIO_E_CANCELED; idempotent. Never rejects. */
  async close(): Promise<void> {
    await this.#handle.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** A call whose result says no more than that it is done. */
  async #done(
    name: string,
    operation: number,
    signal: AbortSignal | undefined,
    start: (handle: number) => Promise<HRESULT>,
  ): Promise<void> {
    await this.#handle.call({ name, operation, start, read: () => undefined }, signal);
  }
}

function sessionKind(pool: WinBioPool, raw: boolean): HandleKind {
  const flags = c.WINBIO_FLAG_DEFAULT | (raw ? c.WINBIO_FLAG_RAW : 0);
  return {
    open: c.WINBIO_OPERATION_OPEN,
    close: c.WINBIO_OPERATION_CLOSE,
    begin({ call }, { key, target }) {
      const isPrivate = pool.kind === 'private';
      return call.WinBioAsyncOpenSession(
        c.WINBIO_TYPE_FINGERPRINT,
        isPrivate ? c.WINBIO_POOL_PRIVATE : c.WINBIO_POOL_SYSTEM,
        flags,
        isPrivate ? new Uint8Array(Uint32Array.of(pool.unitId).buffer) : null,
        isPrivate ? 1 : 0,
        isPrivate ? guidToBytes(pool.databaseId) : DB_DEFAULT,
        target.method,
        target.window,
        target.message,
        target.callback,
        key,
        1,
        null,
      );
    },
    end: ({ call }, handle) => call.WinBioCloseSession(handle),
  };
}

/** What a pointer in a result points to. Throws WHORL_E_MALFORMED when it points nowhere although there is a length. */
function pointed({ structure, bytesAt }: WinBioResult, field: FieldName<'WINBIO_ASYNC_RESULT'>, length: number) {
  const address = structure.wide(field);
  if (address === 0n && length > 0) throw new BiometricError('WHORL_E_MALFORMED', `${field} is null`);
  return bytesAt(address, length);
}
