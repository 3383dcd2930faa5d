/** Whom a client of a pipe trusts. */

import { expect, test } from 'vitest';
import { pipeDistrust } from './pipe-server.ts';

const OWN = 'S-1-5-21-1-2-3-1001';
const OTHER = 'S-1-5-21-1-2-3-1002';
const SERVICE = 'S-1-5-80-1-2-3-4-5';
const known = { own: OWN, servicePid: 77 };
const of = (sid: string, ...groups: string[]) => ({ pid: 5, account: { sid, groups }, owner: OTHER });

test.each([
  ['the process of the service, whoever it runs as', { pid: 77, account: undefined, owner: SERVICE }],
  ['the own account', of(OWN)],
  ['SYSTEM', of('S-1-5-18')],
  ['an elevated administrator', of(OTHER, 'S-1-5-32-544')],
  [
    'a process that may not be asked, of a pipe of administrators',
    { pid: 5, account: undefined, owner: 'S-1-5-32-544' },
  ],
])('%s is trusted', (_, server) => {
  expect(pipeDistrust(server, known)).toBeUndefined();
});

test.each([
  ['another account', of(OTHER), `it is served by the account ${OTHER}`],
  ['another account at a pipe of the own one', { ...of(OTHER), owner: OWN }, `it is served by the account ${OTHER}`],
  ['another service', { pid: 5, account: undefined, owner: SERVICE }, `it is served by the account ${SERVICE}`],
  [
    'one of whom Windows says nothing',
    { pid: undefined, account: undefined, owner: undefined },
    'Windows does not say who serves it',
  ],
])('%s is not', (_, server, says) => {
  expect(pipeDistrust(server, known)).toBe(says);
  expect(pipeDistrust(server, { own: OWN, servicePid: undefined })).toBe(says);
});
