import { expect, test } from 'vitest';
import type { EnrollmentStep } from '../../../src/exports/whorl/client/browser.ts';
import { nextWords } from './next-words.ts';

const report = { quality: 30, areaMm2: 90, clarity: 0.4, ridgeShare: 0.2, evenness: 0.5, advice: [] };
const touch = (step: EnrollmentStep, addedMm2?: number) => [{ step, number: 1, addedMm2 }];
const more = { kind: 'more-needed', percentComplete: 40 } as const;

test('each touch says what to do next', () => {
  expect(nextWords([])).toBe('Touch the sensor.');
  expect(nextWords(touch(more, 40))).toBe('Touch again.');
  expect(nextWords(touch(more, 1))).toContain('show another part');
  const dry = { ...report, advice: [{ flaw: 'too-dry', words: 'Breathe on the finger.' }] };
  expect(nextWords(touch({ ...more, report: dry }, 40))).toBe('Touch again. Breathe on the finger.');
  expect(nextWords(touch({ kind: 'rejected', percentComplete: 40, detail: 3 }))).toBe(
    'This touch was not used: too far left. Move the finger to the right.',
  );
  expect(nextWords(touch({ kind: 'sufficient', percentComplete: 100 }))).toContain('Save it');
});
