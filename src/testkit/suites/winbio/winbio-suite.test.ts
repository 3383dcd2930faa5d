import { describe, expect, test } from 'vitest';
import { WINBIO_FP_TOO_SHORT } from '../../../core/constants.ts';
import { E_FAIL, S_OK } from '../../../core/result-constants.ts';
import type { WinBio } from '../../../winbio/bind-winbio.ts';
import { createHost } from '../../world/host.ts';
import type { WinBioRig } from './winbio-rig.ts';
import { winBioSuite } from './winbio-suite.ts';

/** A service of ours with two readers, and a process of an ordinary account or an administrator. */
async function hostRig(administrator: boolean, change: (winbio: WinBio) => Partial<WinBio> = () => ({})) {
  const host = await createHost({ readers: 2 });
  const { winbio, user } = host.process({ administrator });
  const rig: WinBioRig = {
    winbio: { ...winbio, ...change(winbio) },
    account: user,
    administrator,
    async touch(finger) {
      await host.settle();
      await host.touch(finger);
    },
    async touchBadly() {
      await host.settle();
      await host.touchBadly(WINBIO_FP_TOO_SHORT);
    },
    privateDatabaseId: host.privateDatabaseId,
    async unplug() {
      await host.settle();
      host.reader(1).unplug();
    },
    async plug() {
      await host.settle();
      host.reader(1).plug();
    },
    now: () => host.clock.nowMs(),
    close: () => host[Symbol.asyncDispose](),
  };
  return rig;
}

describe.each([
  ['an ordinary account', false, 'administrator'],
  ['an administrator', true, 'ordinary'],
] as const)('a service of Whorl, for %s', (_who, administrator, lacks) => {
  for (const { title, skipped, run } of winBioSuite(() => hostRig(administrator), [lacks])) {
    test.skipIf(skipped !== undefined)(title, run);
  }
});

const WRONG: readonly [string, string, (winbio: WinBio) => Partial<WinBio>][] = [
  ['frees what is no block', 'C-101', () => ({ WinBioFree: () => S_OK })],
  ['fails to cancel', 'C-067', () => ({ WinBioCancel: async () => E_FAIL })],
  [
    'fills holders of asynchronous handles',
    'C-119',
    (winbio) => ({
      WinBioEnumEnrollments(handle, unit, identity, list, count) {
        if (count) count.value = 0;
        return winbio.WinBioEnumEnrollments(handle, unit, identity, list, count);
      },
    }),
  ],
];

test.each(WRONG)('the suite notices an implementation that %s', async (_what, id, change) => {
  const suite = winBioSuite(() => hostRig(false, change));
  await expect(suite.find((each) => each.id === id)?.run()).rejects.toThrow();
});

test('an abort ends the test that waits for a finger, and leaves nothing', async () => {
  const rig = await hostRig(false);
  const stop = new AbortController();
  const suite = winBioSuite(
    async () => ({ ...rig, signal: stop.signal, touch: () => stop.abort() }),
    ['administrator'],
  );
  await expect(suite.find((each) => each.id === 'C-158')?.run()).rejects.toThrow(/got WINBIO_E_CANCELED/);
  expect(rig.winbio.liveBlocks()).toBe(0);
});
