import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Heartbeat, pulseOf } from './heartbeat.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a service that stops answering is late within 3 s, stale after 10, off after 30; an answer ends that', async () => {
  let answer: () => void = () => {};
  let isSilent = false;
  const heart = new Heartbeat(() =>
    isSilent ? new Promise<void>((resolve) => (answer = resolve)) : Promise.resolve(),
  );
  await vi.advanceTimersByTimeAsync(5000);
  expect(heart.pulse.value).toBe('answers');
  isSilent = true;
  await vi.advanceTimersByTimeAsync(3000);
  expect(heart.pulse.value).toBe('late');
  await vi.advanceTimersByTimeAsync(9000);
  expect(heart.pulse.value).toBe('stale');
  await vi.advanceTimersByTimeAsync(21_000);
  expect(heart.pulse.value).toBe('off');
  isSilent = false;
  answer();
  await vi.advanceTimersByTimeAsync(1);
  expect(heart.pulse.value).toBe('answers');
  heart.stop();
});

test('a refusal is an answer', async () => {
  const heart = new Heartbeat(() => Promise.reject(new TypeError('refused')));
  await vi.advanceTimersByTimeAsync(20_000);
  expect(heart.pulse.value).toBe('answers');
  heart.stop();
});

test('time counts from the question, so that slow timers of a hidden page are no fault of the service', () => {
  expect([0, 1500, 1501, 10_001, 30_001].map(pulseOf)).toEqual(['answers', 'answers', 'late', 'stale', 'off']);
});
