import { expect, test } from 'vitest';
import { Accounts } from './accounts.ts';
import { clientLimits } from './client-limits.ts';

test('an account has its places and no other, gives them back once, and a trusted one is not counted out', () => {
  const accounts = new Accounts(clientLimits({ connectionsPerAccount: 2 }));
  const [first] = [accounts.enter('uid 1000', { trusted: false }), accounts.enter('uid 1000', { trusted: false })];
  expect(() => accounts.enter('uid 1000', { trusted: false })).toThrow(
    expect.objectContaining({ code: 'E_OUTOFMEMORY' }),
  );
  accounts.enter('uid 1001', { trusted: false });
  first?.[Symbol.dispose]();
  first?.[Symbol.dispose]();
  accounts.enter('uid 1000', { trusted: false });
  expect(() => accounts.enter('uid 1000', { trusted: false })).toThrow();
  for (let i = 0; i < 100; i++) accounts.enter('uid 0', { trusted: true });
});

test('the clients of an account share its budgets', () => {
  const accounts = new Accounts(clientLimits({ operationsPerAccount: 3 }));
  const [one, other] = [1, 2].map(() => accounts.enter('uid 1000', { trusted: false }).account);
  expect(one?.operations.take(2)).toBe(true);
  expect(other?.operations.take(2)).toBe(false);
  one?.operations.give(1);
  expect(other?.operations.take(2)).toBe(true);
});
