/** A scripted world whose adapters are watched, and one client in it. */

import { expect } from 'vitest';
import {
  AdapterTap,
  createHost,
  type Host,
  type HostOptions,
  type HostProcess,
} from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import type { AdapterOverrides } from '../../src/testkit/world/adapter-tap.ts';
import { openSync } from './sessions.ts';

export const INDEX = w.WINBIO_ANSI_381_POS_RH_INDEX_FINGER;
export const THUMB = w.WINBIO_ANSI_381_POS_LH_THUMB;
export const ANYBODY = w.toWinbioIdentity({ type: 'wildcard' });
export const sid = (text: string) => w.toWinbioIdentity({ type: 'sid', sid: text });

export interface WorldOptions extends HostOptions {
  readonly overrides?: AdapterOverrides;
  readonly who?: Parameters<Host['process']>[0];
  readonly flags?: number;
  /** The client's session is a private pool of these units. */
  readonly privateUnits?: readonly number[];
}

export class World implements AsyncDisposable {
  readonly host: Host;
  readonly tap: AdapterTap;
  readonly process: HostProcess;
  readonly handle: number;

  private constructor(host: Host, tap: AdapterTap, process: HostProcess, handle: number) {
    this.host = host;
    this.tap = tap;
    this.process = process;
    this.handle = handle;
  }

  static async create(options: WorldOptions = {}): Promise<World> {
    const { overrides = {}, who = {}, flags = 0, privateUnits, ...rest } = options;
    const tap = new AdapterTap(overrides);
    const host = await createHost({ ...rest, tap });
    const process = host.process(who);
    const handle = await openSync(host, process, { flags, ...(privateUnits && { privateUnits }) });
    return new World(host, tap, process, handle);
  }

  get winbio(): HostProcess['winbio'] {
    return this.process.winbio;
  }

  get self(): w.WINBIO_IDENTITY {
    return sid(this.process.user);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.host[Symbol.asyncDispose]();
  }

  /** Begins an identification without a finger. */
  identifying(handle = this.handle): Promise<number> {
    return this.winbio.WinBioIdentify(handle, w.out(), w.out(), w.out(), w.out());
  }

  async identify(finger: number, { handle = this.handle, reader = 0 } = {}) {
    const [unit, identity] = [w.out<number>(), w.out<w.WINBIO_IDENTITY>()];
    const [subFactor, detail] = [w.out<number>(), w.out<number>()];
    const call = this.winbio.WinBioIdentify(handle, unit, identity, subFactor, detail);
    await this.host.touch(finger, reader);
    const hr = await call;
    return { hr, unit: unit.value, identity: identity.value, subFactor: subFactor.value, detail: detail.value };
  }

  async verify(finger: number, identity = this.self, subFactor: number = INDEX, handle = this.handle) {
    const [match, detail] = [w.out<boolean>(), w.out<number>()];
    const call = this.winbio.WinBioVerify(handle, identity, subFactor, w.out(), match, detail);
    await this.host.touch(finger);
    return { hr: await call, match: match.value, detail: detail.value };
  }

  begin(subFactor: number = INDEX, unit = 1, handle = this.handle): Promise<number> {
    return this.winbio.WinBioEnrollBegin(handle, subFactor, unit);
  }

  async capture(finger: number, { handle = this.handle, reader = 0 } = {}) {
    const detail = w.out<number>();
    const call = this.winbio.WinBioEnrollCapture(handle, detail);
    await this.host.touch(finger, reader);
    return { hr: await call, detail: detail.value };
  }

  async captureBadly(rejectDetail: number) {
    const detail = w.out<number>();
    const call = this.winbio.WinBioEnrollCapture(this.handle, detail);
    await this.host.touchBadly(rejectDetail);
    return { hr: await call, detail: detail.value };
  }

  /** Begins an enrollment and captures until the template is complete. */
  async complete(finger: number, { subFactor = INDEX as number, unit = 1, handle = this.handle } = {}): Promise<void> {
    expect(await this.begin(subFactor, unit, handle)).toBe(w.S_OK);
    let hr: number = w.WINBIO_I_MORE_DATA;
    while (hr === w.WINBIO_I_MORE_DATA) ({ hr } = await this.capture(finger, { handle, reader: unit - 1 }));
    expect(hr).toBe(w.S_OK);
  }

  async commit(handle = this.handle) {
    const [identity, isNew] = [w.out<w.WINBIO_IDENTITY>(), w.out<boolean>()];
    const hr = await this.winbio.WinBioEnrollCommit(handle, identity, isNew);
    return { hr, identity: identity.value, isNew: isNew.value };
  }

  async enroll(finger: number, options: Parameters<World['complete']>[1] = {}) {
    await this.complete(finger, options);
    const committed = await this.commit(options.handle);
    expect([committed.hr, committed.isNew]).toEqual([w.S_OK, true]);
    return committed;
  }

  discard(handle = this.handle): Promise<number> {
    return this.winbio.WinBioEnrollDiscard(handle);
  }

  delete(identity = this.self, subFactor: number = w.WINBIO_SUBTYPE_ANY, handle = this.handle): Promise<number> {
    return this.winbio.WinBioDeleteTemplate(handle, 1, identity, subFactor);
  }

  /** Words of a unit's property. */
  async property(id: number, unit = 1) {
    const buffer = w.out<Uint8Array | null>();
    const { WINBIO_PROPERTY_TYPE_UNIT: type } = w;
    const hr = await this.winbio.WinBioGetProperty(this.handle, type, id, unit, null, 0, buffer, w.out());
    const bytes = buffer.value ?? new Uint8Array();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return { hr, words: Array.from({ length: bytes.length >> 2 }, (_, i) => view.getUint32(4 * i, true)) };
  }

  /** Writes the anti-spoof setting of an account. */
  antiSpoof(identity: w.WINBIO_IDENTITY, action: number): Promise<number> {
    const value = Uint8Array.of(action, 0, 0, 0, 0, 0, 0, 0);
    const { WINBIO_PROPERTY_TYPE_ACCOUNT: type, WINBIO_PROPERTY_ANTI_SPOOF_POLICY: id } = w;
    return this.winbio.WinBioSetProperty(this.handle, type, id, 0, identity, 0, value, 8);
  }

  /** A vendor command to a component, as WinBioControlUnit(Privileged). */
  async control(component: number, code: number, options: { privileged?: boolean; receive?: number } = {}) {
    const { privileged = false, receive = 4 } = options;
    const buffer = new Uint8Array(receive);
    const [size, status] = [w.out<number>(), w.out<number>()];
    const call = privileged ? this.winbio.WinBioControlUnitPrivileged : this.winbio.WinBioControlUnit;
    const hr = await call(this.handle, 1, component, code, Uint8Array.of(9, 8, 7), 3, buffer, receive, size, status);
    return { hr, received: [...buffer], size: size.value, status: status.value };
  }
}
