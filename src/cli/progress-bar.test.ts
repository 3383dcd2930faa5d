/** Progress where there is no terminal: nothing at first, then a line now and then. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { progressBar } from './progress-bar.ts';

let written: string[];
beforeEach(() => {
  vi.useFakeTimers();
  written = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test('short work shows nothing, longer work a line every ten seconds', () => {
  using bar = progressBar('clauses');
  for (let second = 0; second <= 22; second++) {
    bar.update(second, 40);
    vi.advanceTimersByTime(1000);
  }
  bar.update(23);
  expect(written).toEqual(['10 of 40 clauses\n', '20 of 40 clauses\n']);
});
