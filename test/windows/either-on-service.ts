/** What the program for either says on a service of ours. */

import { createHost } from '../../src/exports/whorl/testkit.ts';
import { runEither } from './either.ts';

export async function runOnService(): Promise<readonly unknown[]> {
  await using host = await createHost();
  const { winbio } = host.process();
  return await runEither({
    winbio,
    async touch(finger) {
      await host.settle();
      await host.touch(finger);
    },
  });
}
