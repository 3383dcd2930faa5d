/** Accounts of services, by what people call them. */

import { expect, test } from 'vitest';
import { serviceAccount } from './service-account.ts';

test('without an account the service has one of its own', async () => {
  const own = { name: 'NT SERVICE\\Whorl', sid: expect.stringMatching(/^S-1-5-80(-\d+){5}$/) };
  expect(await serviceAccount(undefined, 'Whorl')).toEqual(own);
  expect(await serviceAccount('nt service\\whorl', 'Whorl')).toEqual(own);
});

test.each([
  ['LocalSystem', 'LocalSystem', 'S-1-5-18'],
  ['.\\LocalSystem', 'LocalSystem', 'S-1-5-18'],
  ['NT AUTHORITY\\LocalService', 'NT AUTHORITY\\LocalService', 'S-1-5-19'],
  ['networkservice', 'NT AUTHORITY\\NetworkService', 'S-1-5-20'],
])('%s is %s', async (account, name, sid) => {
  expect(await serviceAccount(account, 'Whorl')).toEqual({ name, sid });
});

test('an account with a password is refused, with those that may be', async () => {
  await expect(serviceAccount('EXAMPLE\\alice', 'Whorl')).rejects.toMatchObject({
    code: 'E_INVALIDARG',
    message: expect.stringMatching(/alice, which logs on with a password; give LocalSystem, .* EXAMPLE\\whorl\$/),
  });
});
