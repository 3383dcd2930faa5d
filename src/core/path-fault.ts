/** What a file system says of a path, in words. */

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'access is refused',
  EEXIST: 'it exists already',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'it does not exist',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is no folder',
  EPERM: 'access is refused',
  EROFS: 'the disk is read-only',
};

/** A path and what is wrong with it. */
export interface PathFault {
  readonly path: string;
  /** English words, such as `access is refused`. */
  readonly words: string;
}

/** What went wrong with which path; undefined for anything else that was thrown. */
export function pathFaultOf(thrown: unknown): PathFault | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return undefined;
  const { code, path } = thrown as { readonly code: unknown; readonly path?: unknown };
  const words = typeof code === 'string' && Object.hasOwn(WORDS, code) ? WORDS[code] : undefined;
  return words === undefined || typeof path !== 'string' ? undefined : { path, words };
}
