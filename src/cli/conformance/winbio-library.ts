/** A library of winbio.h, and a person who touches its reader, as the rig of the suite. */

import { ownSid } from '../../composition/accounts/own-account.ts';
import { isElevated } from '../../drivers/windows/token-account.ts';
import { deleteEnrolled, type WinBioRig, type WinBioRigCapability } from '../../exports/whorl/testkit.ts';
import {
  out,
  systemWinBio,
  WINBIO_TYPE_FINGERPRINT,
  type WINBIO_UNIT_SCHEMA,
} from '../../exports/whorl/winbio/system.ts';
import { tell } from '../fingers/on-session.ts';

/** What is tested, and with what. */
export interface WinBioLibraryOptions {
  /** Path of a library of winbio.h. Default: the winbio.dll of the system. */
  readonly library?: string | undefined;
  /** A person is at the reader. */
  readonly touch?: boolean;
  /** A database that a private pool can use, a GUID. */
  readonly privateDatabase?: string;
}

/** Fingers of the rig, as a person is asked for them. */
const FINGERS = ['', 'right index', 'right middle', 'left index', 'left middle'];
/** How long a person has for a touch, milliseconds. */
const TOUCH_MS = 60_000;

/** The rig, the same for all tests: what is enrolled in one is used by the next, and deleted at the end. */
export interface WinBioLibraryRig extends AsyncDisposable {
  readonly rig: WinBioRig;
  /** What it lacks here. */
  readonly lacks: readonly WinBioRigCapability[];
}

/** Loads the library; `signal` ends the test that runs. Rejects with WHORL_E_CONFIGURATION as `systemWinBio` does. */
export async function winBioLibrary(options: WinBioLibraryOptions, signal: AbortSignal): Promise<WinBioLibraryRig> {
  const winbio = await systemWinBio({ library: options.library });
  const units = out<WINBIO_UNIT_SCHEMA[] | null>();
  await winbio.WinBioEnumBiometricUnits(WINBIO_TYPE_FINGERPRINT, units, out());
  const isThere = (units.value?.length ?? 0) > 0;
  if (units.value) winbio.WinBioFree(units.value);
  const administrator = isElevated();
  const isTouched = options.touch === true && isThere;
  const { privateDatabase } = options;
  const rig: WinBioRig = {
    winbio,
    account: ownSid(),
    administrator,
    signal,
    ...(isTouched && {
      touch: (finger: number) => tell(`touch the reader with your ${FINGERS[finger] ?? 'thumb'} finger ...`),
      patienceMs: TOUCH_MS,
    }),
    ...(privateDatabase !== undefined && { privateDatabaseId: privateDatabase }),
    // The next test has the same.
    close: async () => {},
  };
  return {
    rig,
    lacks: [
      administrator ? 'ordinary' : 'administrator',
      ...(isThere ? [] : (['reader'] as const)),
      ...(isTouched ? [] : (['touch'] as const)),
      ...(privateDatabase !== undefined && isThere ? [] : (['privateDatabaseId'] as const)),
      // No person touches badly, or pulls a plug, on demand.
      'touchBadly',
      'unplug',
    ],
    [Symbol.asyncDispose]: () => deleteEnrolled(rig),
  };
}
