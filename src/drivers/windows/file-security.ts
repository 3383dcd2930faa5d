/** Owners and access control lists of files and folders. */

import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { privateFolderSddl, readSecurityDescriptor, type SecurityDescriptor } from './security-descriptor.ts';
import { type Calls, loadCalls, type Pointer, requireWin32 } from './win32.ts';
import { win32Fault } from './win32-fault.ts';

const LEARN = 'https://learn.microsoft.com/windows/win32/api';

const CALLS = {
  GetFileSecurityW: [
    'advapi32',
    'bool GetFileSecurityW(str16, uint32_t, uint8_t *, uint32_t, _Out_ uint32_t *)',
    `${LEARN}/securitybaseapi`,
  ],
  CreateDirectoryW: ['kernel32', 'bool CreateDirectoryW(str16, SECURITY_ATTRIBUTES *)', `${LEARN}/fileapi`],
  ConvertStringSecurityDescriptorToSecurityDescriptorW: [
    'advapi32',
    'bool ConvertStringSecurityDescriptorToSecurityDescriptorW(str16, uint32_t, _Out_ void **, void *)',
    `${LEARN}/sddl`,
  ],
  GetSecurityDescriptorDacl: [
    'advapi32',
    'bool GetSecurityDescriptorDacl(void *, _Out_ int *, _Out_ void **, _Out_ int *)',
    `${LEARN}/securitybaseapi`,
  ],
  SetNamedSecurityInfoW: [
    'advapi32',
    'uint32_t SetNamedSecurityInfoW(str16, int, uint32_t, void *, void *, void *, void *)',
    `${LEARN}/aclapi`,
  ],
  SetFileSecurityW: ['advapi32', 'bool SetFileSecurityW(str16, uint32_t, void *)', `${LEARN}/winbase`],
  LocalFree: ['kernel32', 'void *LocalFree(void *)', `${LEARN}/winbase`],
} as const;

/** `winnt.h`, `accctrl.h`, `sddl.h` */
const OWNER_AND_LIST = 0x1 | 0x4;
/** DACL_SECURITY_INFORMATION and PROTECTED_DACL_SECURITY_INFORMATION: nothing is inherited. */
const LIST_ALONE = 0x8000_0004;
const SE_FILE_OBJECT = 1;
const SDDL_REVISION_1 = 1;
/** A descriptor has at most two SIDs and two lists of 64 kB. */
const MOST_BYTES = 0x2_0200;
const ERROR_FILE_NOT_FOUND = 2;
const ERROR_PATH_NOT_FOUND = 3;
const ERROR_ALREADY_EXISTS = 183;

let loaded: Calls<typeof CALLS> | undefined;

function fileCalls(): Calls<typeof CALLS> {
  loaded ??= loadCalls('owners of files', CALLS, (koffi) => {
    koffi.struct('SECURITY_ATTRIBUTES', { nLength: 'uint32_t', lpSecurityDescriptor: 'void *', bInheritHandle: 'int' });
  }).calls;
  return loaded;
}

/** Who owns a file or folder and who may use it; undefined when there is none. Throws the code of Windows. */
export function fileSecurity(path: string): SecurityDescriptor | undefined {
  const bytes = new Uint8Array(MOST_BYTES);
  if (fileCalls().GetFileSecurityW(path, OWNER_AND_LIST, bytes, bytes.length, [0]))
    return readSecurityDescriptor(bytes);
  const error = lastError();
  if (error === ERROR_FILE_NOT_FOUND || error === ERROR_PATH_NOT_FOUND) return undefined;
  throw win32Fault(`who may use ${path} cannot be asked`, error);
}

/**
 * Makes a folder, and those above it that are missing, each for these accounts alone from its first moment on. False for one
 * that was there, which stays as it is. Throws the code of Windows, or the error of the file system for a file in its place.
 */
export function makePrivateFolders(path: string, sids: readonly string[]): boolean {
  const missing: string[] = [];
  for (let at = resolve(path); !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.unshift(at);
  // Fails on a file that has the name of the folder.
  if (missing.length === 0 && !statSync(path).isDirectory()) mkdirSync(path);
  return withDescriptor(sids, (descriptor) => {
    let isNew = false;
    for (const folder of missing) {
      const attributes = { nLength: 24, lpSecurityDescriptor: descriptor, bInheritHandle: 0 };
      isNew = fileCalls().CreateDirectoryW(folder, attributes);
      const error = isNew ? 0 : lastError();
      // Another process may have been first.
      if (!isNew && error !== ERROR_ALREADY_EXISTS) throw win32Fault(`the folder ${folder} cannot be made`, error);
    }
    return isNew;
  });
}

/** Gives a folder, and what is in it, to these accounts alone. Throws the code of Windows. */
export function protectFolder(path: string, sids: readonly string[]): void {
  withDescriptor(sids, (descriptor) => {
    const list: [Pointer] = [null];
    const { GetSecurityDescriptorDacl, SetNamedSecurityInfoW, SetFileSecurityW } = fileCalls();
    GetSecurityDescriptorDacl(descriptor, [0], list, [0]);
    const error = SetNamedSecurityInfoW(path, SE_FILE_OBJECT, LIST_ALONE, null, null, list[0], null) as number;
    if (error !== 0) throw win32Fault(`the folder ${path} cannot be protected`, error);
    // Once more without what lies in it: Wine inherits from above all the same.
    if (!SetFileSecurityW(path, LIST_ALONE, descriptor)) {
      throw win32Fault(`the folder ${path} cannot be protected`, lastError());
    }
  });
}

function withDescriptor<T>(sids: readonly string[], use: (descriptor: Pointer) => T): T {
  const { ConvertStringSecurityDescriptorToSecurityDescriptorW: convert, LocalFree } = fileCalls();
  const descriptor: [Pointer] = [null];
  if (!convert(privateFolderSddl(sids), SDDL_REVISION_1, descriptor, null)) {
    throw win32Fault('an access control list cannot be made', lastError());
  }
  try {
    return use(descriptor[0]);
  } finally {
    LocalFree(descriptor[0]);
  }
}

function lastError(): number {
  return requireWin32('owners of files').GetLastError();
}
