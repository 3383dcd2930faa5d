/** A program for winbio.h that says what it sees, so that two implementations can be compared. */

import { CODES, codeName } from '../../src/core/codes.ts';
import * as c from '../../src/core/constants.ts';
import type { WINBIO_ASYNC_RESULT } from '../../src/winbio/async-result.ts';
import type { WinBio } from '../../src/winbio/bind-winbio.ts';
import { WINBIO_DB_DEFAULT } from '../../src/winbio/database-id.ts';
import type { WINBIO_IDENTITY } from '../../src/winbio/identity.ts';
import { createMessageWindow } from '../../src/winbio/message-window.ts';
import { out } from '../../src/winbio/out.ts';
import type { WINBIO_UNIT_SCHEMA } from '../../src/winbio/structures.ts';

/** What the program runs on: the functions, and somebody who touches the first unit. */
export interface Either {
  readonly winbio: WinBio;
  touch(finger: number): void | Promise<void>;
}

/** Names and types of what a structure has, without its values. */
function shapeOf(value: unknown): unknown {
  if (value instanceof Uint8Array) return 'bytes';
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, shapeOf(each)]));
}

/** Enrolls, identifies, verifies, lists and deletes, on a synchronous and on an asynchronous session. */
export async function runEither({ winbio, touch }: Either): Promise<readonly unknown[]> {
  const said: unknown[] = [];
  const say = (what: string, hresult: number, ...more: readonly unknown[]) =>
    said.push([what, codeName(hresult), ...more]);

  const [units, count] = [out<WINBIO_UNIT_SCHEMA[] | null>(null), out(0)];
  say('units', await winbio.WinBioEnumBiometricUnits(c.WINBIO_TYPE_FINGERPRINT, units, count), shapeOf(units.value));
  const unitId = units.value?.[0]?.UnitId ?? 0;
  say('free', winbio.WinBioFree(units.value));
  say('free again', winbio.WinBioFree(units.value));

  const session = out(0);
  const { WINBIO_TYPE_FINGERPRINT: factor, WINBIO_POOL_SYSTEM: pool } = c;
  say('open', await winbio.WinBioOpenSession(factor, pool, 0, null, 0, WINBIO_DB_DEFAULT, session));
  const begin = await winbio.WinBioEnrollBegin(session.value, c.WINBIO_ANSI_381_POS_RH_INDEX_FINGER, unitId);
  say('begin', begin);
  for (let hresult: number = CODES.WINBIO_I_MORE_DATA.hresult; hresult === CODES.WINBIO_I_MORE_DATA.hresult; ) {
    const capturing = winbio.WinBioEnrollCapture(session.value, out(0));
    await touch(1);
    hresult = await capturing;
    if (hresult !== CODES.WINBIO_I_MORE_DATA.hresult) say('captured', hresult);
  }
  const [identity, isNew] = [out<WINBIO_IDENTITY>(), out(false)];
  say('commit', await winbio.WinBioEnrollCommit(session.value, identity, isNew), isNew.value, shapeOf(identity.value));
  const owner = identity.value ?? null;

  const [unit, subFactor, detail] = [out(0), out(0), out(9)];
  const identifying = winbio.WinBioIdentify(session.value, unit, identity, subFactor, detail);
  await touch(1);
  say('identify', await identifying, unit.value === unitId, subFactor.value, detail.value);
  const match = out(true);
  const verifying = winbio.WinBioVerify(session.value, owner, c.WINBIO_SUBTYPE_ANY, unit, match, detail);
  await touch(2);
  say('verify', await verifying, match.value);

  const notified = Promise.withResolvers<readonly unknown[]>();
  const called = await winbio.WinBioIdentifyWithCallback(
    session.value,
    (context, hresult, _unit, found, finger) => notified.resolve([context, codeName(hresult), shapeOf(found), finger]),
    'context',
  );
  say('with callback', called);
  await touch(1);
  say('called', 0, ...(await notified.promise));
  say('wait', await winbio.WinBioWait(session.value));
  const [fingers, fingerCount] = [out<Uint8Array | null>(null), out(0)];
  const listed = await winbio.WinBioEnumEnrollments(session.value, unitId, owner, fingers, fingerCount);
  say('list', listed, [...(fingers.value ?? [])], fingerCount.value);
  say('free', winbio.WinBioFree(fingers.value));

  using window = createMessageWindow();
  const { WINBIO_ASYNC_NOTIFY_MESSAGE: byMessage, WM_APP: code } = c;
  const open = winbio.WinBioAsyncOpenSession;
  say('open', await open(factor, pool, 0, null, 0, WINBIO_DB_DEFAULT, byMessage, window, code, null, said, true, null));
  const next = async (): Promise<WINBIO_ASYNC_RESULT> => {
    const message = await window.getMessage();
    if (message === undefined) throw new Error('the window is closed');
    const { lParam: result } = message;
    say('notice', result.ApiStatus, result.Operation, result.SequenceNumber, shapeOf(result.Parameters));
    say('free', winbio.WinBioFree(result), result.UserData === said);
    return result;
  };
  const { SessionHandle: handle } = await next();
  say('identify', await winbio.WinBioIdentify(handle, null, null, null, null));
  await touch(1);
  await next();
  say('delete', await winbio.WinBioDeleteTemplate(handle, unitId, owner, c.WINBIO_SUBTYPE_ANY));
  await next();
  say('list', await winbio.WinBioEnumEnrollments(handle, unitId, owner, null, null));
  await next();
  say('identify', await winbio.WinBioIdentify(handle, null, null, null, null));
  say('cancel', await winbio.WinBioCancel(handle));
  await next();
  await next();
  say('close', await winbio.WinBioCloseSession(handle));
  await next();
  say('close', await winbio.WinBioCloseSession(session.value));
  say('close again', await winbio.WinBioCloseSession(session.value));
  say('blocks', winbio.liveBlocks());
  return said;
}
