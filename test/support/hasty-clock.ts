/** A clock whose pauses and deadlines are a tenth, for waits that are not the subject. */

import { type Clock, SYSTEM_CLOCK } from '../../src/core/clock.ts';

export const HASTY_CLOCK: Clock = {
  nowMs: () => SYSTEM_CLOCK.nowMs(),
  after: (delayMs, action) => SYSTEM_CLOCK.after(delayMs / 10, action),
};
