import { expect, test } from 'vitest';
import { SYSTEM_CLOCK } from '../../core/clock.ts';
import { WaitingTime } from './waiting-time.ts';

test('waits add up until the reader has cooled', () => {
  let nowMs = 0;
  const time = new WaitingTime({ ...SYSTEM_CLOCK, nowMs: () => nowMs });
  const wait = (ms: number) => {
    using _ = time.begin();
    nowMs += ms;
  };
  wait(100_000);
  expect(time.isLong).toBe(false);
  nowMs += 60_000;
  wait(50_000);
  expect(time.isLong).toBe(true);
  nowMs += 11 * 60_000;
  expect(time.isLong).toBe(false);
});
