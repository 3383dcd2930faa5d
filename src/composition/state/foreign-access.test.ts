/** Access control lists that are refused, with the command that mends them. */

import { expect, test } from 'vitest';
import { foreignAccess } from './foreign-access.ts';

const OWN = 'S-1-5-21-1-2-3-1001';
const [SYSTEM, ADMINISTRATORS, USERS] = ['S-1-5-18', 'S-1-5-32-544', 'S-1-5-32-545'];
const ALL = 0x1f_01ff;
const FOLDER = { own: OWN, isFolder: true };
const allowed = [SYSTEM, ADMINISTRATORS, OWN].map((sid) => ({ sid, rights: ALL }));

test('what belongs to the account, SYSTEM or administrators alone is private', () => {
  for (const owner of [SYSTEM, ADMINISTRATORS, OWN]) {
    expect(foreignAccess('C:\\state', { owner, allowed }, FOLDER)).toBeUndefined();
  }
});

test.each([
  [
    'another owner',
    { owner: USERS, allowed },
    'belongs to another account (S-1-5-32-545): icacls "C:\\my state" /setowner "*S-1-5-21-1-2-3-1001"',
  ],
  [
    'another writer',
    { owner: OWN, allowed: [...allowed, { sid: USERS, rights: 0x2 }] },
    'written by other accounts (S-1-5-32-545): icacls "C:\\my state" /inheritance:r /remove:g "*S-1-5-32-545" /grant:r "*S-1-5-18:(OI)(CI)F" "*S-1-5-32-544:(OI)(CI)F" "*S-1-5-21-1-2-3-1001:(OI)(CI)F"',
  ],
  [
    'a folder that others list',
    { owner: OWN, allowed: [...allowed, { sid: USERS, rights: 0x1 }] },
    'listed by other accounts',
  ],
  ['no list', { owner: OWN, allowed: undefined }, 'written by other accounts (S-1-1-0)'],
])('%s is refused', (_, security, says) => {
  expect(foreignAccess('C:\\my state', security, FOLDER)).toContain(says);
});

test('a file that others read is as private as the folder it was put into', () => {
  const security = { owner: OWN, allowed: [...allowed, { sid: USERS, rights: 0x12_0089 }] };
  expect(foreignAccess('C:\\state\\file', security, { own: OWN, isFolder: false })).toBeUndefined();
});
