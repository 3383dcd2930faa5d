import { expect, test } from 'vitest';
import { ForegroundByUse, type ForegroundClient } from './foreground-by-use.ts';

const client = (sid: string): ForegroundClient => ({ principal: { sid } });

function foreground() {
  let holder: ForegroundClient | undefined;
  const byUse = new ForegroundByUse<ForegroundClient>((next) => {
    holder = next;
  });
  return { byUse, holder: () => holder };
}

test('accounts take turns, however often one of them asks', () => {
  const [greedy, honest] = [client('S-1-22-1-1'), client('S-1-22-1-2')];
  const { byUse, holder } = foreground();
  byUse.asked(greedy, 1, 'identify');
  byUse.asked(honest, 1, 'identify');
  for (let id = 2; id < 9; id++) byUse.asked(greedy, id, 'identify');
  expect(holder()).toBe(greedy);
  byUse.answered(greedy, 1);
  expect(holder()).toBe(honest);
  byUse.asked(greedy, 9, 'identify');
  expect(holder()).toBe(honest);
  byUse.answered(honest, 1);
  expect(holder()).toBe(greedy);
});

test('within an account it is who asked last, and then the one before', () => {
  const [window, dialog] = [client('S-1-22-1-1'), client('S-1-22-1-1')];
  const { byUse, holder } = foreground();
  byUse.asked(window, 1, 'identify');
  byUse.asked(dialog, 1, 'verify');
  expect(holder()).toBe(dialog);
  byUse.gone(dialog);
  expect(holder()).toBe(window);
});

test('an enrollment begins without waiting for a turn', () => {
  const [waiting, enrolling] = [client('S-1-22-1-1'), client('S-1-22-1-2')];
  const { byUse, holder } = foreground();
  byUse.asked(waiting, 1, 'identify');
  byUse.asked(enrolling, 1, 'enroll-begin');
  expect(holder()).toBe(enrolling);
  byUse.answered(enrolling, 1);
  expect(holder()).toBe(waiting);
});
