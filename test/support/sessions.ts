/** Opens sessions for the conformance tests. */

import { expect } from 'vitest';
import type { Host, HostProcess } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { type Notices, notices } from './notices.ts';

export interface SessionChoice {
  readonly flags?: number;
  /** A private pool of these units. */
  readonly privateUnits?: readonly number[];
}

type OpenArguments = [number, number, number, readonly number[] | null, number, w.DatabaseIdArgument];

/** Arguments 1 to 6 of an open. */
export function openArguments(host: Host, choice: SessionChoice = {}): OpenArguments {
  const { flags = 0, privateUnits } = choice;
  if (privateUnits === undefined) {
    return [w.WINBIO_TYPE_FINGERPRINT, w.WINBIO_POOL_SYSTEM, flags, null, 0, w.WINBIO_DB_DEFAULT];
  }
  const { privateDatabaseId } = host;
  return [
    w.WINBIO_TYPE_FINGERPRINT,
    w.WINBIO_POOL_PRIVATE,
    flags,
    privateUnits,
    privateUnits.length,
    privateDatabaseId,
  ];
}

/** A synchronous session. */
export async function openSync(host: Host, process: HostProcess, choice: SessionChoice = {}): Promise<number> {
  const handle = w.out<number>();
  expect(await process.winbio.WinBioOpenSession(...openArguments(host, choice), handle)).toBe(w.S_OK);
  return handle.value ?? 0;
}

export interface AsyncSession {
  readonly handle: number;
  readonly notices: Notices;
}

/** An asynchronous session, opened without waiting for a notice. */
export async function openAsync(
  host: Host,
  process: HostProcess,
  choice: SessionChoice & { readonly userData?: unknown } = {},
): Promise<AsyncSession> {
  const collected = notices();
  const handle = w.out<number>();
  const hr = await process.winbio.WinBioAsyncOpenSession(
    ...openArguments(host, choice),
    w.WINBIO_ASYNC_NOTIFY_CALLBACK,
    null,
    0,
    collected.callback,
    choice.userData,
    false,
    handle,
  );
  expect(hr).toBe(w.S_OK);
  return { handle: handle.value ?? 0, notices: collected };
}

/** A framework connection. */
export async function openFramework(process: HostProcess): Promise<AsyncSession> {
  const collected = notices();
  const handle = w.out<number>();
  const hr = await process.winbio.WinBioAsyncOpenFramework(
    w.WINBIO_ASYNC_NOTIFY_CALLBACK,
    null,
    0,
    collected.callback,
    undefined,
    false,
    handle,
  );
  expect(hr).toBe(w.S_OK);
  return { handle: handle.value ?? 0, notices: collected };
}

/** Enrolls a finger on a synchronous session and returns its owner. */
export async function enroll(
  host: Host,
  process: HostProcess,
  finger: number,
  options: { readonly subFactor?: number; readonly unit?: number; readonly handle?: number } = {},
): Promise<w.WINBIO_IDENTITY> {
  const { winbio } = process;
  const { subFactor = w.WINBIO_ANSI_381_POS_RH_INDEX_FINGER, unit = 1 } = options;
  const handle = options.handle ?? (await openSync(host, process));
  expect(await winbio.WinBioEnrollBegin(handle, subFactor, unit)).toBe(w.S_OK);
  let hr: number = w.WINBIO_I_MORE_DATA;
  while (hr === w.WINBIO_I_MORE_DATA) {
    const capture = winbio.WinBioEnrollCapture(handle, w.out<number>());
    await host.touch(finger, unit - 1);
    hr = await capture;
  }
  expect(hr).toBe(w.S_OK);
  const identity = w.out<w.WINBIO_IDENTITY>();
  expect(await winbio.WinBioEnrollCommit(handle, identity, w.out<boolean>())).toBe(w.S_OK);
  if (options.handle === undefined) await winbio.WinBioCloseSession(handle);
  return identity.value as w.WINBIO_IDENTITY;
}

/** Whether a promise is still pending after everything under way has finished. */
export async function isPending(host: Host, promise: Promise<unknown>): Promise<boolean> {
  let pending = true;
  const settled = () => {
    pending = false;
  };
  promise.then(settled, settled);
  await host.settle();
  return pending;
}
