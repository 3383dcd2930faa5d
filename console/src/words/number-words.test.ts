import { expect, test } from 'vitest';
import { bytesWords, durationWords, millisecondsWords } from './number-words.ts';

test('durations have at most two units', () => {
  expect([0.2, 59, 60, 200, 3600, 187_000].map(durationWords)).toEqual([
    '0 s',
    '59 s',
    '1 min',
    '3 min 20 s',
    '1 h',
    '2 d 3 h',
  ]);
});

test('bytes and milliseconds', () => {
  expect(bytesWords(107_240_000)).toBe('107.2 MB');
  expect([0.42, 999, 3210].map(millisecondsWords)).toEqual(['0.4 ms', '999 ms', '3.2 s']);
});
