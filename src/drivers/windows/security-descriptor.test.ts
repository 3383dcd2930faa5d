/** Security descriptors, laid out by hand as the specification has them. */

import { expect, test } from 'vitest';
import { sidToBytes } from '../../core/sid.ts';
import {
  foreignHolder,
  foreignOwner,
  mayRead,
  mayWrite,
  privateFolderSddl,
  readSecurityDescriptor,
} from './security-descriptor.ts';

const [SYSTEM, USERS] = ['S-1-5-18', 'S-1-5-32-545'];
const HAS_LIST = 0x8004;

function entry(kind: number, flags: number, rights: number, sid: string): Uint8Array {
  const name = sidToBytes(sid);
  const bytes = Buffer.alloc(8 + name.length);
  bytes.writeUInt8(kind, 0);
  bytes.writeUInt8(flags, 1);
  bytes.writeUInt16LE(bytes.length, 2);
  bytes.writeUInt32LE(rights, 4);
  bytes.set(name, 8);
  return bytes;
}

function descriptor(owner: string | undefined, entries: readonly Uint8Array[] | undefined): Uint8Array {
  const name = owner === undefined ? new Uint8Array() : sidToBytes(owner);
  const head = Buffer.alloc(20);
  head.writeUInt8(1, 0);
  head.writeUInt16LE(entries === undefined ? 0x8000 : HAS_LIST, 2);
  if (owner !== undefined) head.writeUInt32LE(20, 4);
  const body = Buffer.concat(entries ?? []);
  const list = Buffer.alloc(8);
  list.writeUInt8(2, 0);
  list.writeUInt16LE(8 + body.length, 2);
  list.writeUInt16LE(entries?.length ?? 0, 4);
  if (entries !== undefined) head.writeUInt32LE(20 + name.length, 16);
  return Buffer.concat([head, name, ...(entries === undefined ? [] : [list, body])]);
}

test('owner and what is allowed here are read; what is denied, or only for what lies below, is not', () => {
  const bytes = descriptor(SYSTEM, [
    entry(1, 0, 0x2, USERS),
    entry(0, 0x13, 0x1f_01ff, SYSTEM),
    entry(0, 0x0b, 0x1f_01ff, 'S-1-3-0'),
    entry(9, 0, 0x12_0089, USERS),
  ]);
  expect(readSecurityDescriptor(bytes)).toEqual({
    owner: SYSTEM,
    allowed: [
      { sid: SYSTEM, rights: 0x1f_01ff },
      { sid: USERS, rights: 0x12_0089 },
    ],
  });
});

test('no list is everybody, an empty one is nobody', () => {
  expect(readSecurityDescriptor(descriptor(undefined, undefined))).toEqual({ owner: undefined, allowed: undefined });
  expect(readSecurityDescriptor(descriptor(SYSTEM, []))).toEqual({ owner: SYSTEM, allowed: [] });
});

test.each([
  ['FILE_GENERIC_READ', 0x12_0089, true, false],
  ['FILE_GENERIC_WRITE', 0x12_0116, false, true],
  ['FILE_GENERIC_EXECUTE', 0x12_00a0, false, false],
  ['FILE_ALL_ACCESS', 0x1f_01ff, true, true],
  ['GENERIC_ALL', 0x1000_0000, true, true],
  ['GENERIC_READ', 0x8000_0000, true, false],
  ['WRITE_DAC', 0x4_0000, false, true],
])('%s reads or writes', (_, rights, reads, writes) => {
  expect([mayRead(rights), mayWrite(rights)]).toEqual([reads, writes]);
});

test('a private folder is for each account once, protected from what is above', () => {
  expect(privateFolderSddl([SYSTEM, USERS, SYSTEM])).toBe('D:PAI(A;OICI;FA;;;S-1-5-18)(A;OICI;FA;;;S-1-5-32-545)');
});

test('who else may change something is found, whatever the list is like', () => {
  const trusted = new Set([SYSTEM]);
  const allowed = [
    { sid: SYSTEM, rights: 0x1f_01ff },
    { sid: 'S-1-3-4', rights: 0x1f_01ff },
    { sid: USERS, rights: 0x12_0089 },
  ];
  const found = { owner: SYSTEM, allowed };
  expect([foreignOwner(found, trusted), foreignHolder(found, trusted, mayWrite)]).toEqual([undefined, undefined]);
  expect(foreignHolder(found, trusted, mayRead)).toBe(USERS);
  expect(foreignOwner({ ...found, owner: USERS }, trusted)).toBe(USERS);
  expect(foreignHolder({ ...found, allowed: undefined }, trusted, mayWrite)).toBe('S-1-1-0');
});
