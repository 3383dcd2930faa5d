import { expect, test } from 'vitest';
import { FINGER_PATTERN, fingerOfWords } from './finger-words.ts';
import { FINGERS } from './sub-factor.ts';

test('a name is the finger it names', () => {
  for (const [name, position] of Object.entries(FINGERS)) expect(fingerOfWords(name)).toBe(position);
});

test.each([
  ['2', 2],
  [10, 10],
  ['0x0A', 10],
  ['0xF5', 0xf5],
  ['11', 1],
  ['12', 6],
  ['Left IndexFinger', 7],
  ['RIGHT_INDEX_FINGER', 2],
  ['right fore finger', 2],
  ['Left hand ring finger', 9],
  ['LH pinky', 10],
  ['rt', 1],
  ['RL', 5],
  ['ll', 10],
])('%s is finger %i', (given, position) => {
  expect(fingerOfWords(given)).toBe(position);
  expect(String(given)).toMatch(new RegExp(`^(?:${FINGER_PATTERN}|0x..)$`, 'i'));
});

test.each(['', '0', '255', '99', 'index', 'right', 'right toe', '-1', '2.5', 'x'])('%s is no finger', (given) => {
  expect(fingerOfWords(given)).toBeUndefined();
});
