import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Door } from './door.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a crowd is let in at once, then a thousand a second, in their order', async () => {
  const entered: number[] = [];
  using door = new Door((greeting) => greeting());
  for (let i = 0; i < 1000; i++) door.enter(() => entered.push(i));
  expect(entered).toHaveLength(256);
  await vi.advanceTimersByTimeAsync(100);
  expect(entered.length).toBeGreaterThan(340);
  expect(entered.length).toBeLessThan(370);
  await vi.advanceTimersByTimeAsync(1000);
  expect(entered).toEqual(Array.from({ length: 1000 }, (_, i) => i));
});

test('nobody is let in once it is closed', async () => {
  const entered: number[] = [];
  const door = new Door((greeting) => greeting());
  for (let i = 0; i < 300; i++) door.enter(() => entered.push(i));
  door[Symbol.dispose]();
  await vi.advanceTimersByTimeAsync(1000);
  expect(entered).toHaveLength(256);
});
