/** The library of ours as something that the suite for winbio.h tests. */

import { WINBIO_FP_TOO_FAST } from '../../src/core/constants.ts';
import { systemWinBio } from '../../src/native/system-winbio.ts';
import type { WinBioRig } from '../../src/testkit/suites/winbio/winbio-rig.ts';
import { FakeWinBio } from './fake-winbio.ts';

/** Two readers, and the account of `winbio-world.h`. */
export async function systemRig(administrator: boolean): Promise<WinBioRig> {
  const library = new FakeWinBio([1, 2]);
  library.settings({ administrator });
  library.captures(new Uint8Array(1000));
  return {
    winbio: await systemWinBio({ library: library.path }),
    account: 'S-1-5-21-1-2-3-1001',
    administrator,
    touch: (finger) => library.touch(finger),
    touchBadly: () => library.touchBadly(WINBIO_FP_TOO_FAST),
    privateDatabaseId: '6F3A1C52-8B0D-4E7F-9A61-2C4D5E6F7081',
    unplug: () => library.plug(2, false),
    plug: () => library.plug(2, true),
    patienceMs: 5000,
    close: async () => {},
  };
}
