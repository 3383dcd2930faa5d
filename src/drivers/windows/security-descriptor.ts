/**
 * Who owns something of Windows and who may do what with it: security descriptors, as bytes and as text (SDDL).
 * https://learn.microsoft.com/openspecs/windows_protocols/ms-dtyp/7d4dac05-9cef-4563-a058-f108abecce1d
 */

import { sidFromBytes } from '../../core/sid.ts';

/** An entry of the access control list that allows something. */
export interface AccessEntry {
  readonly sid: string;
  /** Access mask. */
  readonly rights: number;
}

/** What is asked of a security descriptor. */
export interface SecurityDescriptor {
  /** SID; undefined when it has none. */
  readonly owner: string | undefined;
  /** What is allowed here, and not only below; undefined when everybody may do everything, because there is no list. */
  readonly allowed: readonly AccessEntry[] | undefined;
}

/** Rights of files and folders that change them or what is in them, and those that read. `winnt.h` */
const DELETE_CHILD = 0x40;
const [WRITE_DATA, APPEND_DATA, DELETE, WRITE_DAC, WRITE_OWNER] = [0x2, 0x4, 0x1_0000, 0x4_0000, 0x8_0000];
const [GENERIC_READ, GENERIC_WRITE, GENERIC_ALL] = [0x8000_0000, 0x4000_0000, 0x1000_0000];
const WRITES = WRITE_DATA | APPEND_DATA | DELETE_CHILD | DELETE | WRITE_DAC | WRITE_OWNER | GENERIC_WRITE | GENERIC_ALL;
const READS = 0x1 | GENERIC_READ | GENERIC_ALL;

/** True for rights that change a file or folder, or what is in it. */
export const mayWrite = (rights: number): boolean => (rights & WRITES) !== 0;
/** True for rights that read a file, or list a folder. */
export const mayRead = (rights: number): boolean => (rights & READS) !== 0;

/** SECURITY_DESCRIPTOR_RELATIVE: offsets of the control word, the owner and the list; SE_DACL_PRESENT. */
const AT = { control: 2, owner: 4, list: 16 } as const;
const HAS_LIST = 0x0004;
/** ACL: offset of the count, and of the first entry. ACE: offsets of flags, size, mask and SID. */
const COUNT_AT = 4;
const FIRST_ENTRY = 8;
const ENTRY = { flags: 1, bytes: 2, rights: 4, sid: 8 } as const;
/** ACCESS_ALLOWED_ACE, and the same with a condition, which counts as met; INHERIT_ONLY_ACE. */
const ALLOWS = new Set([0x00, 0x09]);
const INHERIT_ONLY = 0x08;

/** Reads a self-relative descriptor. Entries that deny are left out: what is allowed is no less. Throws E_INVALIDARG. */
export function readSecurityDescriptor(bytes: Uint8Array): SecurityDescriptor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const ownerAt = view.getUint32(AT.owner, true);
  const listAt = view.getUint32(AT.list, true);
  const hasList = (view.getUint16(AT.control, true) & HAS_LIST) !== 0 && listAt !== 0;
  return {
    owner: ownerAt === 0 ? undefined : sidFromBytes(bytes.subarray(ownerAt)),
    allowed: hasList ? entriesOf(bytes.subarray(listAt)) : undefined,
  };
}

function entriesOf(list: Uint8Array): readonly AccessEntry[] {
  const view = new DataView(list.buffer, list.byteOffset, list.byteLength);
  const entries: AccessEntry[] = [];
  let at = FIRST_ENTRY;
  for (let left = view.getUint16(COUNT_AT, true); left > 0; left--) {
    const flags = view.getUint8(at + ENTRY.flags);
    if (ALLOWS.has(view.getUint8(at)) && (flags & INHERIT_ONLY) === 0) {
      entries.push({
        sid: sidFromBytes(list.subarray(at + ENTRY.sid)),
        rights: view.getUint32(at + ENTRY.rights, true),
      });
    }
    at += view.getUint16(at + ENTRY.bytes, true);
  }
  return entries;
}

/**
 * SDDL of a folder in which these accounts may do everything, what is made in it included, and nobody else anything. Nothing is
 * inherited from above.
 */
export function privateFolderSddl(sids: readonly string[]): string {
  return `D:PAI${[...new Set(sids)].map((sid) => `(A;OICI;FA;;;${sid})`).join('')}`;
}

/** Stand for the owner, who is asked after by itself: OWNER RIGHTS, CREATOR OWNER. */
const OWNERS = new Set(['S-1-3-4', 'S-1-3-0']);
const EVERYBODY = 'S-1-1-0';

/** SID of an owner who is not among the trusted; undefined when there is none. */
export function foreignOwner({ owner }: SecurityDescriptor, trusted: ReadonlySet<string>): string | undefined {
  return owner === undefined || trusted.has(owner) ? undefined : owner;
}

/** SID of somebody not among the trusted who has such rights; undefined when there is none. */
export function foreignHolder(
  { allowed }: SecurityDescriptor,
  trusted: ReadonlySet<string>,
  isMeant: (rights: number) => boolean,
): string | undefined {
  if (allowed === undefined) return EVERYBODY;
  return allowed.find(({ sid, rights }) => isMeant(rights) && !trusted.has(sid) && !OWNERS.has(sid))?.sid;
}
