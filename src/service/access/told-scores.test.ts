import { expect, test } from 'vitest';
import { DEFAULT_POLICY } from './policy.ts';
import { toldScores } from './told-scores.ts';

const ANYONE = { sid: 'S-1-22-1-1000', administrator: false, mayEnroll: true, remote: false };
const ADMINISTRATOR = { ...ANYONE, administrator: true };
const IDENTITY = { type: 'sid', sid: 'S-1-22-1-1001' } as const;
const MATCH = { match: true, score: 7.83, threshold: 5 };
const IDENTIFIED = { identity: IDENTITY, subFactor: 2, score: 7.83, threshold: 5.3 };
const NO_MATCH = { match: false, score: 4.97, threshold: 5 };

test('an administrator learns everything', () => {
  for (const values of [MATCH, IDENTIFIED, NO_MATCH]) {
    expect(toldScores(values, ADMINISTRATOR, DEFAULT_POLICY)).toEqual(values);
  }
});

test('anyone else learns the decision', () => {
  expect(toldScores(MATCH, ANYONE, DEFAULT_POLICY)).toEqual({ match: true });
  expect(toldScores(IDENTIFIED, ANYONE, DEFAULT_POLICY)).toEqual({ identity: IDENTITY, subFactor: 2 });
  expect(toldScores(NO_MATCH, ANYONE, DEFAULT_POLICY)).toEqual({ match: false });
});

test('steps say how sure a match is, and nothing of what does not match', () => {
  const policy = { ...DEFAULT_POLICY, scoreSteps: true };
  expect(toldScores(MATCH, ANYONE, policy)).toEqual({ match: true, score: 7 });
  expect(toldScores(IDENTIFIED, ANYONE, policy)).toEqual({ identity: IDENTITY, subFactor: 2, score: 7 });
  expect(toldScores(NO_MATCH, ANYONE, policy)).toEqual({ match: false });
});
