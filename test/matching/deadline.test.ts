/** A search ends by its deadline, also where a timer is early by the clock. */

import { expect, test } from 'vitest';
import { SYSTEM_CLOCK } from '../../src/core/clock.ts';
import { Cluster } from './cluster.ts';
import { plainTemplate } from './plain-engine.ts';

test('a search ends with its timer, whatever the clock says', async () => {
  await using cluster = await Cluster.open(2);
  const stopped = SYSTEM_CLOCK.nowMs();
  const clock = { nowMs: () => stopped, after: SYSTEM_CLOCK.after };
  const coordinator = cluster.coordinator({ deadlineMs: 20, clock });
  await expect(cluster.search(coordinator, plainTemplate(1))).rejects.toMatchObject({ code: 'WHORL_E_OFFLINE' });
});
