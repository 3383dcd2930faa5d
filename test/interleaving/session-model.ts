/** What the model knows of one session, and what it expects of it. */

import { expect } from 'vitest';
import { codeName } from '../../src/core/codes.ts';
import type { Host, HostProcess } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { openArguments } from '../support/sessions.ts';

/** A session as the model sees it. */
export interface SessionModel {
  readonly process: HostProcess;
  readonly handle: number;
  readonly synchronous: boolean;
  readonly isPrivate: boolean;
  readonly kind: 'session' | 'camera' | 'framework';
  readonly results: w.WINBIO_ASYNC_RESULT[];
  /** Numbers of accepted operations that are notified exactly once. */
  readonly expected: Set<number>;
  /** Numbers of monitors, whose events may come any number of times. */
  readonly monitors: Set<number>;
  /** Number of each cancel, with the numbers accepted before it. */
  readonly cancels: { readonly number: number; readonly before: readonly number[] }[];
  /** Calls on a synchronous session; each must settle. */
  readonly calls: Promise<number>[];
  sequence: number;
  state: 'open' | 'closing' | 'closed';
}

const OPERATION_NAMES = new Map(
  Object.entries(w).flatMap(([name, value]) =>
    name.startsWith('WINBIO_OPERATION_') ? [[value, name.slice('WINBIO_OPERATION_'.length)] as const] : [],
  ),
);

/** Opens a session; undefined when it is refused. `choice`: 0 asynchronous, 1 synchronous, 2 private, 3 camera, 4 framework. */
export async function open(host: Host, process: HostProcess, choice: number): Promise<SessionModel | undefined> {
  const synchronous = choice === 1;
  const kind = choice === 3 ? 'camera' : choice === 4 ? 'framework' : 'session';
  const results: w.WINBIO_ASYNC_RESULT[] = [];
  const flags = w.WINBIO_FLAG_RAW | w.WINBIO_FLAG_MAINTENANCE;
  const args = openArguments(host, { flags, ...(choice === 2 && { privateUnits: [1] }) });
  if (kind === 'camera') args[0] = w.WINBIO_TYPE_FACIAL_FEATURES;
  const handle = w.out<number>();
  const notification = [
    1,
    null,
    0,
    (result: w.WINBIO_ASYNC_RESULT) => results.push(result),
    null,
    false,
    handle,
  ] as const;
  const { winbio } = process;
  const opening = synchronous
    ? winbio.WinBioOpenSession(...args, handle)
    : kind === 'framework'
      ? winbio.WinBioAsyncOpenFramework(...notification)
      : winbio.WinBioAsyncOpenSession(...args, ...notification);
  if ((await opening) !== w.S_OK) {
    expect(handle.value).toBe(0);
    return undefined;
  }
  return {
    process,
    handle: handle.value ?? 0,
    synchronous,
    isPrivate: choice === 2,
    kind,
    results,
    expected: new Set(),
    monitors: new Set(),
    cancels: [],
    calls: [],
    sequence: 1,
    state: 'open',
  };
}

/** What a call on an asynchronous handle returns; a CLOSE that was delivered makes the handle unknown. */
export function expectedReturn(model: SessionModel): number {
  if (model.state === 'open') return w.S_OK;
  const closed = model.results.some(({ Operation }) => Operation === closeOf(model));
  return closed ? w.E_HANDLE : w.WINBIO_E_SESSION_HANDLE_CLOSED;
}

function closeOf(model: SessionModel): number {
  return model.kind === 'framework' ? w.WINBIO_OPERATION_CLOSE_FRAMEWORK : w.WINBIO_OPERATION_CLOSE;
}

/** Checks the notices against what was accepted, and counts the outcomes in `seen`. */
export async function check(model: SessionModel, seen: Map<string, number>): Promise<void> {
  if (model.synchronous) {
    expect((await Promise.all(model.calls)).every((hr) => typeof hr === 'number')).toBe(true);
    return;
  }
  const numbers = model.results.map(({ SequenceNumber }) => SequenceNumber);
  const ofOperations = numbers.filter((number) => !model.monitors.has(number));
  // Exactly one notice per accepted operation.
  expect([...ofOperations].sort((a, b) => a - b)).toEqual([...model.expected].sort((a, b) => a - b));
  // CLOSE is the last notice, with the highest number (C-085).
  expect(model.results.at(-1)?.Operation).toBe(closeOf(model));
  expect(numbers.at(-1)).toBe(model.sequence);
  // A cancel's own notice comes after those of what it canceled (C-069).
  for (const { number, before } of model.cancels) {
    const at = numbers.indexOf(number);
    for (const earlier of before) expect(numbers.indexOf(earlier)).toBeLessThan(at);
  }
  // A monitor ends at most once, before the close is reported (D-03).
  for (const monitor of model.monitors) {
    const ends = model.results.filter(
      ({ SequenceNumber, ApiStatus }) => SequenceNumber === monitor && w.FAILED(ApiStatus),
    );
    expect(ends.length).toBeLessThanOrEqual(1);
  }
  for (const { Operation, ApiStatus } of model.results) {
    const outcome = `${OPERATION_NAMES.get(Operation)} ${codeName(ApiStatus)}`;
    seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
  }
  for (const result of model.results) expect(model.process.winbio.WinBioFree(result)).toBe(w.S_OK);
}
