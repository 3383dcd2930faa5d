import { expect, test } from 'vitest';
import { falseMatchWords } from './false-match-words.ts';

test.each([
  [-1, 'one in one comparisons of different fingers'],
  [0.5, 'one in 3.2 comparisons of different fingers'],
  [2, 'one in 100 comparisons of different fingers'],
  [4.5, 'one in 32,000 comparisons of different fingers'],
  [6, 'one in 1 million comparisons of different fingers'],
  [6.4, 'one in 2.5 million comparisons of different fingers'],
  [9, 'one in a billion comparisons of different fingers'],
  [11.2, 'fewer than one in a billion comparisons of different fingers'],
])('a score of %d', (score, words) => {
  expect(falseMatchWords(score)).toBe(words);
});
