import { expect, test } from 'vitest';
import { type AttemptSubject, Attempts } from './attempts.ts';

const POLICY = { perAccount: 3, perReader: 4, lockMs: 30_000, longestLockMs: 100_000 };
const ACCOUNT: AttemptSubject = { kind: 'account', name: 'S-1-22-1-1000' };
const DOOR: AttemptSubject = { kind: 'reader', name: 'front door' };

function world() {
  let nowMs = 1e12;
  const attempts = new Attempts(POLICY, { nowMs: () => nowMs, after: () => ({ [Symbol.dispose]() {} }) });
  const pass = (ms: number) => {
    nowMs += ms;
  };
  return { attempts, pass };
}

test('an account is locked after its failures, for a time that doubles up to the longest', () => {
  const { attempts, pass } = world();
  attempts.failed(ACCOUNT);
  attempts.failed(ACCOUNT);
  attempts.require(ACCOUNT, DOOR);
  expect(attempts.failed(ACCOUNT)).toMatchObject([{ ...ACCOUNT, failures: 3, remainingMs: 30_000 }]);
  const lockout = { code: 'WINBIO_E_CRED_PROV_SECURITY_LOCKOUT', message: expect.stringContaining('locked for 30 s') };
  expect(() => attempts.require(DOOR, ACCOUNT)).toThrow(expect.objectContaining(lockout));
  attempts.require(DOOR);
  pass(30_000);
  attempts.require(ACCOUNT);
  expect(attempts.failed(ACCOUNT)).toMatchObject([{ remainingMs: 60_000 }]);
  pass(60_000);
  expect(attempts.failed(ACCOUNT)).toMatchObject([{ remainingMs: 100_000 }]);
});

test('a match ends the row, and so does an hour without a failure', () => {
  const { attempts, pass } = world();
  for (let i = 0; i < 3; i++) attempts.failed(DOOR);
  attempts.succeeded(DOOR);
  for (let i = 0; i < 3; i++) expect(attempts.failed(DOOR)).toEqual([]);
  pass(3_700_000);
  expect(attempts.failed(DOOR)).toEqual([]);
});

test('an administrator opens one name, or all', () => {
  const { attempts } = world();
  for (let i = 0; i < 4; i++) attempts.failed(DOOR, ACCOUNT);
  expect(attempts.locks).toHaveLength(2);
  expect(attempts.unlock('back door')).toEqual([]);
  expect(attempts.unlock('front door')).toMatchObject([DOOR]);
  attempts.require(DOOR);
  expect(attempts.unlock()).toMatchObject([ACCOUNT]);
  attempts.require(ACCOUNT);
});

test('whoever names countless accounts fills no memory, and the reader stays locked', () => {
  const { attempts } = world();
  for (let i = 0; i < 30_000; i++) attempts.failed({ kind: 'account', name: `S-1-22-1-${i}` }, DOOR);
  expect(attempts.locks).toMatchObject([DOOR]);
});

test('without a policy nothing is locked', () => {
  const attempts = new Attempts(undefined, { nowMs: () => 0, after: () => ({ [Symbol.dispose]() {} }) });
  for (let i = 0; i < 100; i++) expect(attempts.failed(DOOR)).toEqual([]);
  attempts.require(DOOR);
});
