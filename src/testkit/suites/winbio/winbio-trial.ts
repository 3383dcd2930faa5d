/** One test of an implementation of winbio.h: what it opens is closed at its end, and what it was given is freed. */

import assert from 'node:assert/strict';
import { CODES, type CodeName, codeName } from '../../../core/codes.ts';
import * as c from '../../../core/constants.ts';
import type { HRESULT } from '../../../core/hresult.ts';
import type { WINBIO_ASYNC_RESULT } from '../../../winbio/async-result.ts';
import type { WinBio } from '../../../winbio/bind-winbio.ts';
import { WINBIO_DB_DEFAULT } from '../../../winbio/database-id.ts';
import { toWinbioIdentity, type WINBIO_IDENTITY } from '../../../winbio/identity.ts';
import { out } from '../../../winbio/out.ts';
import type { WINBIO_UNIT_SCHEMA } from '../../../winbio/structures.ts';
import { NoticeBox } from './notice-box.ts';
import type { WinBioRig } from './winbio-rig.ts';

/** An asynchronous handle, or one that is not open, and its notices. */
export interface Notified {
  readonly handle: number;
  readonly notices: NoticeBox;
}

/** A finger that was enrolled: who owns it, and what it is called. */
export interface EnrolledFinger {
  readonly identity: WINBIO_IDENTITY;
  readonly subFactor: number;
  readonly unitId: number;
  /** The finger of the rig. */
  readonly finger: number;
}

/** Arguments of an asynchronous open that a test changes; the others open the system pool, notified by callback. */
export interface OpenChoice {
  readonly factor?: number;
  readonly pool?: number;
  readonly flags?: number;
  readonly units?: readonly number[] | null;
  readonly unitCount?: number;
  readonly database?: Parameters<WinBio['WinBioAsyncOpenSession']>[5];
  readonly method?: number;
  readonly window?: Parameters<WinBio['WinBioAsyncOpenSession']>[7];
  readonly message?: number;
  readonly callback?: Parameters<WinBio['WinBioAsyncOpenSession']>[9];
  readonly userData?: unknown;
  readonly asynchronousOpen?: boolean;
  readonly holder?: Parameters<WinBio['WinBioAsyncOpenSession']>[12];
}

const DEFAULT_PATIENCE_MS = 10_000;
/** Events that a test may wait for, each as long as can be. */
const LONGEST_TRIAL = 10;
/** A GUID that is no database, unit or template of anybody. */
export const NOBODYS_GUID = '7A5C3E91-0D2B-4F68-9B1E-52C4D86A3F07';

const STRANGER_SID = 'S-1-5-21-3141592653-589793238-462643383-2718';

/** Fingers that stay enrolled between tests, where the rig is the same. */
const ENROLLED = new WeakMap<WinBioRig, EnrolledFinger>();

export class WinBioTrial implements AsyncDisposable {
  readonly rig: WinBioRig;
  readonly winbio: WinBio;
  readonly #boxes: NoticeBox[] = [];
  /** Handles that are open, with their notices if they have any. */
  readonly #sessions = new Map<number, NoticeBox | undefined>();
  readonly #frameworks = new Map<number, NoticeBox>();
  readonly #blocks: unknown[] = [];
  readonly #liveBefore: number;
  /** Ends it when nobody comes. */
  readonly #deadline: NodeJS.Timeout;
  readonly #cancel = () => {
    for (const handle of this.#sessions.keys()) void this.winbio.WinBioCancel(handle);
  };

  constructor(rig: WinBioRig) {
    this.rig = rig;
    this.winbio = rig.winbio;
    this.#liveBefore = rig.winbio.liveBlocks();
    this.#deadline = setTimeout(this.#cancel, LONGEST_TRIAL * this.patienceMs);
    rig.signal?.addEventListener('abort', this.#cancel, { once: true });
  }

  /** How long an event may take, milliseconds. */
  get patienceMs(): number {
    return this.rig.patienceMs ?? DEFAULT_PATIENCE_MS;
  }

  /** The account of this process. */
  get account(): WINBIO_IDENTITY {
    return toWinbioIdentity({ type: 'sid', sid: this.rig.account });
  }

  /** An account that there is not. */
  get stranger(): WINBIO_IDENTITY {
    return toWinbioIdentity({ type: 'sid', sid: STRANGER_SID });
  }

  /** Collects the notices of a handle. */
  box(): NoticeBox {
    const box = new NoticeBox(this.patienceMs);
    this.#boxes.push(box);
    return box;
  }

  /** A block to free at the end. */
  keep<T>(block: T): T {
    if (block !== null && block !== undefined) this.#blocks.push(block);
    return block;
  }

  /** Calls `WinBioAsyncOpenSession`, with what was chosen in place of what works. */
  async asyncOpen(choice: OpenChoice = {}): Promise<Notified & { readonly hresult: HRESULT }> {
    const notices = this.box();
    const holder = out<number>();
    const { asynchronousOpen = false, method = c.WINBIO_ASYNC_NOTIFY_CALLBACK } = choice;
    const hresult = await this.winbio.WinBioAsyncOpenSession(
      ...poolOf(choice),
      method,
      choice.window ?? null,
      choice.message ?? 0,
      choice.callback === undefined ? notices.callback : choice.callback,
      choice.userData,
      asynchronousOpen,
      choice.holder === undefined ? holder : choice.holder,
    );
    return { hresult, handle: this.#opened(hresult, holder.value, notices), notices };
  }

  /** An asynchronous session, opened without waiting for a notice. */
  async session(choice: OpenChoice = {}): Promise<Notified> {
    const opened = await this.asyncOpen(choice);
    codeIs(opened.hresult, 'S_OK');
    return opened;
  }

  /** Calls `WinBioOpenSession`. */
  async syncOpen(choice: OpenChoice = {}): Promise<{ readonly hresult: HRESULT; readonly handle: number }> {
    const holder = out<number>();
    const given = choice.holder === undefined ? holder : choice.holder;
    const hresult = await this.winbio.WinBioOpenSession(...poolOf(choice), given);
    return { hresult, handle: this.#opened(hresult, holder.value) };
  }

  /** A synchronous session. */
  async syncSession(choice: OpenChoice = {}): Promise<number> {
    const { hresult, handle } = await this.syncOpen(choice);
    codeIs(hresult, 'S_OK');
    return handle;
  }

  /** A framework connection, opened without waiting for a notice. */
  async framework(): Promise<Notified> {
    const notices = this.box();
    const holder = out<number>();
    codeIs(
      await this.winbio.WinBioAsyncOpenFramework(
        c.WINBIO_ASYNC_NOTIFY_CALLBACK,
        null,
        0,
        notices.callback,
        undefined,
        false,
        holder,
      ),
      'S_OK',
    );
    const handle = holder.value ?? 0;
    this.#frameworks.set(handle, notices);
    return { handle, notices };
  }

  /** The end of the test closes a session that a notice told of. */
  adopt({ SessionHandle }: WINBIO_ASYNC_RESULT, notices: NoticeBox): number {
    if (SessionHandle !== 0) this.#sessions.set(SessionHandle, notices);
    return SessionHandle;
  }

  /** Units that are there. */
  async units(): Promise<readonly WINBIO_UNIT_SCHEMA[]> {
    const [units, count] = [out<WINBIO_UNIT_SCHEMA[] | null>(), out<number>()];
    codeIs(await this.winbio.WinBioEnumBiometricUnits(c.WINBIO_TYPE_FINGERPRINT, units, count), 'S_OK');
    return this.keep(units.value) ?? [];
  }

  /** Number of the first unit. */
  async unit(): Promise<number> {
    const [first] = await this.units();
    assert.ok(first, 'no reader is attached');
    return first.UnitId;
  }

  /** A finger touches the reader. */
  async touch(finger: number): Promise<void> {
    assert.ok(this.rig.touch);
    await this.rig.touch(finger);
  }

  /** The finger 1, enrolled in the system pool under a name that was free. */
  async enrolled(): Promise<EnrolledFinger> {
    const known = ENROLLED.get(this.rig);
    if (known !== undefined) return known;
    const [handle, unitId] = [await this.syncSession(), await this.unit()];
    const enrolled = await this.enroll(handle, {
      unitId,
      subFactor: await this.freeSubFactor(handle, unitId),
      finger: 1,
    });
    ENROLLED.set(this.rig, enrolled);
    await this.close(handle);
    return enrolled;
  }

  /** Deletes what {@link enrolled} has left. */
  async forget(): Promise<void> {
    const enrolled = ENROLLED.get(this.rig);
    if (enrolled === undefined) return;
    ENROLLED.delete(this.rig);
    const handle = await this.syncSession();
    await this.winbio.WinBioDeleteTemplate(handle, enrolled.unitId, enrolled.identity, enrolled.subFactor);
  }

  /** Enrolls on a synchronous session. */
  async enroll(handle: number, wanted: Omit<EnrolledFinger, 'identity'>): Promise<EnrolledFinger> {
    codeIs(await this.winbio.WinBioEnrollBegin(handle, wanted.subFactor, wanted.unitId), 'S_OK');
    await this.collect(handle, wanted.finger);
    const identity = out<WINBIO_IDENTITY>();
    codeIs(await this.winbio.WinBioEnrollCommit(handle, identity, out<boolean>()), 'S_OK');
    assert.ok(identity.value);
    return { ...wanted, identity: identity.value };
  }

  /** Captures until the template is complete; answers what each capture but the last said. */
  async collect(handle: number, finger: number): Promise<readonly HRESULT[]> {
    const said: HRESULT[] = [];
    for (;;) {
      const capturing = this.winbio.WinBioEnrollCapture(handle, out<number>());
      await this.touch(finger);
      const hresult = await capturing;
      if (hresult === CODES.S_OK.hresult) return said;
      said.push(hresult);
      // A finger that lay badly is asked for again.
      if (hresult !== CODES.WINBIO_E_BAD_CAPTURE.hresult) codeIs(hresult, 'WINBIO_I_MORE_DATA');
    }
  }

  /** A finger that the account has not enrolled at a unit. */
  async freeSubFactor(handle: number, unitId: number): Promise<number> {
    const [taken, count] = [out<Uint8Array | null>(), out<number>()];
    await this.winbio.WinBioEnumEnrollments(handle, unitId, this.account, taken, count);
    const all = this.keep(taken.value) ?? new Uint8Array();
    const free = SUB_FACTORS.find((each) => !all.includes(each));
    assert.ok(free, 'all fingers are enrolled');
    return free;
  }

  /** Closes a session, and waits until it is closed. */
  async close(handle: number): Promise<void> {
    const notices = this.#sessions.get(handle);
    this.#sessions.delete(handle);
    codeIs(await this.winbio.WinBioCloseSession(handle), 'S_OK');
    await notices?.last(c.WINBIO_OPERATION_CLOSE);
  }

  /** As {@link close}, a framework connection. */
  async closeFramework(handle: number): Promise<void> {
    const notices = this.#frameworks.get(handle);
    this.#frameworks.delete(handle);
    codeIs(await this.winbio.WinBioCloseFramework(handle), 'S_OK');
    await notices?.last(c.WINBIO_OPERATION_CLOSE_FRAMEWORK);
  }

  #opened(hresult: HRESULT, handle: number | undefined, notices?: NoticeBox): number {
    if (hresult === CODES.S_OK.hresult && handle) this.#sessions.set(handle, notices);
    return handle ?? 0;
  }

  /** Closes what is open, and frees what it was given; rejects when a block is left. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#deadline);
    this.rig.signal?.removeEventListener('abort', this.#cancel);
    for (const handle of [...this.#sessions.keys()]) await this.close(handle);
    for (const handle of [...this.#frameworks.keys()]) await this.closeFramework(handle);
    for (const { results } of this.#boxes) for (const each of results) this.winbio.WinBioFree(each);
    for (const block of this.#blocks) this.winbio.WinBioFree(block);
    assert.equal(this.winbio.liveBlocks(), this.#liveBefore, 'blocks are left');
  }
}

/** The first six arguments of an open. */
function poolOf({ factor, pool, flags, units = null, unitCount, database }: OpenChoice) {
  return [
    factor ?? c.WINBIO_TYPE_FINGERPRINT,
    pool ?? c.WINBIO_POOL_SYSTEM,
    flags ?? c.WINBIO_FLAG_DEFAULT,
    units,
    unitCount ?? units?.length ?? 0,
    database === undefined ? WINBIO_DB_DEFAULT : database,
  ] as const;
}

/** Fingers of both hands, those that are used least first. */
const SUB_FACTORS = [
  c.WINBIO_ANSI_381_POS_LH_LITTLE_FINGER,
  c.WINBIO_ANSI_381_POS_RH_LITTLE_FINGER,
  c.WINBIO_ANSI_381_POS_LH_RING_FINGER,
  c.WINBIO_ANSI_381_POS_RH_RING_FINGER,
  c.WINBIO_ANSI_381_POS_LH_MIDDLE_FINGER,
  c.WINBIO_ANSI_381_POS_RH_MIDDLE_FINGER,
];

/** Asserts a code, and names both where they differ. */
export function codeIs(hresult: HRESULT, ...wanted: readonly CodeName[]): void {
  const name = codeName(hresult);
  assert.ok(wanted.includes(name as CodeName), `expected ${wanted.join(' or ')}, got ${name}`);
}
