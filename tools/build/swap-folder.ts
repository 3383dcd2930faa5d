/**
 * Brings a folder to the content of another one while programs run from it: each file is replaced whole by a rename, one that
 * stays the same is not touched, and what is left over goes last.
 */

import { mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Makes `target` what `staged` is; both are folders, and `target` need not exist. */
export function swapFolder(staged: string, target: string): void {
  const files = filesOf(staged);
  for (const file of files) copyWhenChanged(join(staged, file), join(target, file));
  const kept = new Set(files);
  for (const file of filesOf(target)) if (!kept.has(file)) rmSync(join(target, file));
  removeEmptyFolders(target);
}

/** Replaces a file by another one, unless they are the same. */
export function copyWhenChanged(from: string, to: string): void {
  const bytes = readFileSync(from);
  if (isSame(to, bytes)) return;
  mkdirSync(dirname(to), { recursive: true });
  const beside = `${to}.${process.pid}.new`;
  try {
    writeFileSync(beside, bytes, { mode: statSync(from).mode });
    renameSync(beside, to);
  } finally {
    rmSync(beside, { force: true });
  }
}

function isSame(path: string, bytes: Uint8Array): boolean {
  const { size } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return size === bytes.length && readFileSync(path).equals(bytes);
}

/** Paths of all files below a folder, relative to it; none where there is no folder. */
function filesOf(folder: string): string[] {
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return [];
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return entries.filter((entry) => statSync(join(folder, entry)).isFile());
}

function removeEmptyFolders(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const path = join(folder, entry.name);
    removeEmptyFolders(path);
    if (readdirSync(path).length === 0) rmdirSync(path);
  }
}
