/** Where the program of a service may lie. */

import { expect, test } from 'vitest';
import { LOCAL_SYSTEM_SID } from '../../core/sid.ts';
import { programFault } from './require-service-program.ts';

const OWN = 'S-1-5-21-1-2-3-1001';
const ADMINISTRATORS = 'S-1-5-32-544';
const USERS = 'S-1-5-32-545';
const [ALL, READ] = [0x1f_01ff, 0x12_00a9];
const PROGRAM_FILES = {
  owner: ADMINISTRATORS,
  allowed: [
    { sid: ADMINISTRATORS, rights: ALL },
    { sid: USERS, rights: READ },
  ],
};
const PROFILE = {
  owner: OWN,
  allowed: [LOCAL_SYSTEM_SID, ADMINISTRATORS, OWN].map((sid) => ({ sid, rights: ALL })),
};
const faultOf = (security: typeof PROFILE, account: string) => programFault('C:\\x', security, { account, own: OWN });

test('a program among the programs can be any service', () => {
  expect([faultOf(PROGRAM_FILES, 'S-1-5-80-1'), faultOf(PROGRAM_FILES, LOCAL_SYSTEM_SID)]).toEqual([
    undefined,
    undefined,
  ]);
});

test('a program in a home directory can be none', () => {
  expect(faultOf(PROFILE, 'S-1-5-80-1')).toBe('C:\\x cannot be read by the account of the service');
  expect(faultOf(PROFILE, LOCAL_SYSTEM_SID)).toBe(`C:\\x can be changed by ${OWN}, who would be the service`);
});

test('a program that every user may change can be none', () => {
  const open = { owner: ADMINISTRATORS, allowed: [{ sid: 'S-1-5-11', rights: ALL }] };
  expect(faultOf(open, 'S-1-5-80-1')).toBe('C:\\x can be changed by S-1-5-11, who would be the service');
});
