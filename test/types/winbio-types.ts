/** Misuse of the functions of winbio.h does not compile; results narrow. Checked by the compiler, never run. */

import type { BlockingWinBio } from '../../src/exports/whorl/winbio/blocking.ts';
import { systemWinBio } from '../../src/exports/whorl/winbio/system.ts';
import * as w from '../../src/exports/whorl/winbio.ts';

/** True when two types are the same. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Does not compile unless its argument is `true`. */
export function holds<_T extends true>(): void {}

export function operationNarrows(result: w.WINBIO_ASYNC_RESULT<{ name: string }>): string {
  // @ts-expect-error: the operation decides which member exists
  void result.Parameters.Identify;
  // @ts-expect-error: a result is read only
  result.ApiStatus = 0;
  switch (result.Operation) {
    case w.WINBIO_OPERATION_IDENTIFY:
      holds<Same<typeof result.Parameters.Identify.SubFactor, number>>();
      // @ts-expect-error: the member of another operation
      void result.Parameters.Verify;
      break;
    case w.WINBIO_OPERATION_VERIFY:
      holds<Same<typeof result.Parameters.Verify.Match, boolean>>();
      break;
    case w.WINBIO_OPERATION_CAPTURE_SAMPLE: {
      const { Sample } = result.Parameters.CaptureSample;
      // @ts-expect-error: there is no sample when the capture failed
      void Sample.length;
      holds<Same<typeof Sample, Uint8Array | null>>();
      break;
    }
    case w.WINBIO_OPERATION_ENUM_BIOMETRIC_UNITS:
      holds<Same<typeof result.Parameters.EnumBiometricUnits.UnitSchemaArray, w.WINBIO_UNIT_SCHEMA[] | null>>();
      break;
    case w.WINBIO_OPERATION_OPEN:
      holds<Same<typeof result.Parameters, Record<string, never>>>();
      break;
  }
  return result.UserData.name;
}

export async function misuse(winbio: w.WinBio, handle: number): Promise<void> {
  const text = w.out<string>();
  const unit = w.out<number>();
  // @ts-expect-error: a holder of text where a unit's number comes out
  await winbio.WinBioLocateSensor(handle, text);
  // @ts-expect-error: a number is not a holder
  await winbio.WinBioLocateSensor(handle, 1);
  // @ts-expect-error: a holder is undefined until it is filled
  const filled: number = unit.value;
  // @ts-expect-error: a selector is a 64-bit number
  await winbio.WinBioEnrollSelect(handle, 1);
  // @ts-expect-error: a holder is not a handle
  await winbio.WinBioCancel(unit);
  // @ts-expect-error: an argument is missing
  await winbio.WinBioEnrollBegin(handle, 2);
  // @ts-expect-error: a callback of another function
  await winbio.WinBioIdentifyWithCallback(handle, (_: unknown, _status: number, _unit: string) => {});
  const { WINBIO_TYPE_FINGERPRINT: factor, WINBIO_POOL_SYSTEM: pool, WINBIO_ASYNC_NOTIFY_MESSAGE: method } = w;
  const open = winbio.WinBioAsyncOpenSession;
  await open(factor, pool, 0, null, 0, w.WINBIO_DB_DEFAULT, method, w.createMessageWindow(), 1, null, 0, true, unit);
  // @ts-expect-error: a number is not a window
  await open(factor, pool, 0, null, 0, w.WINBIO_DB_DEFAULT, method, 42, 1, null, 0, true, unit);
  // @ts-expect-error: any other symbol selects no database
  await open(factor, pool, 0, null, 0, Symbol.iterator, method, null, 1, null, 0, true, unit);
  void filled;
  const message = w.createMessageWindow<string>().peekMessage();
  holds<Same<NonNullable<typeof message>['lParam'], w.WINBIO_ASYNC_RESULT | string>>();
  // @ts-expect-error: a window without messages of the program's own
  w.createMessageWindow().postMessage(w.WM_APP, 0, 'text');
}

/** The blocking face has the same names and parameters, and nothing to await. */
export function blocking(winbio: BlockingWinBio, handle: number): void {
  holds<Same<keyof BlockingWinBio, keyof w.WinBio>>();
  holds<Same<Parameters<BlockingWinBio['WinBioIdentify']>, Parameters<w.WinBio['WinBioIdentify']>>>();
  const hr: w.HRESULT = winbio.WinBioCancel(handle);
  // @ts-expect-error: the result is a number
  winbio.WinBioCancel(handle).then();
  void hr;
}

/** The functions on winbio.dll are those on a service. */
export async function system(): Promise<void> {
  holds<Same<Awaited<ReturnType<typeof systemWinBio>>, w.WinBio>>();
  // @ts-expect-error: a library is a path
  await systemWinBio({ library: 1 });
}
