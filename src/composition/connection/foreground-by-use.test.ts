import { expect, test } from 'vitest';
import { ForegroundByUse, type ForegroundClient } from './foreground-by-use.ts';

const client = (sid: string): ForegroundClient => ({ principal: { sid } });

test('accounts take turns, however often one of them asks', () => {
  const [greedy, honest] = [client('S-1-22-1-1'), client('S-1-22-1-2')];
  const byUse = new ForegroundByUse<ForegroundClient>();
  const turn = () => byUse.among([greedy, honest]);
  byUse.asked(greedy, 1, 'identify');
  byUse.asked(honest, 1, 'identify');
  for (let id = 2; id < 9; id++) byUse.asked(greedy, id, 'identify');
  expect(turn()).toBe(greedy);
  byUse.answered(greedy, 1);
  expect(turn()).toBe(honest);
  byUse.asked(greedy, 9, 'identify');
  expect(turn()).toBe(honest);
  byUse.answered(honest, 1);
  expect(turn()).toBe(greedy);
});

test('within an account it is who asked last, and then the one before', () => {
  const [window, dialog] = [client('S-1-22-1-1'), client('S-1-22-1-1')];
  const byUse = new ForegroundByUse<ForegroundClient>();
  byUse.asked(window, 1, 'identify');
  byUse.asked(dialog, 1, 'verify');
  expect(byUse.among([window, dialog])).toBe(dialog);
  byUse.gone(dialog);
  expect(byUse.among([window])).toBe(window);
});

test('whoever waits elsewhere takes no turn here', () => {
  const [door, desk, gate] = [client('S-1-22-1-1'), client('S-1-22-1-2'), client('S-1-22-1-1')];
  const byUse = new ForegroundByUse<ForegroundClient>();
  byUse.asked(desk, 1, 'identify');
  byUse.asked(door, 1, 'identify');
  byUse.asked(gate, 1, 'identify');
  expect(byUse.among([door])).toBe(door);
  expect(byUse.among([gate, door])).toBe(gate);
  expect(byUse.among([])).toBeUndefined();
});
