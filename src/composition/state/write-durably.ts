/** Writes that are on the disk when they return, and that a power cut leaves either done or not done. */

import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

const PRIVATE_MODE = 0o600;

/** Replaces a file by one with this content. */
export function writeDurably(path: string, content: string): void {
  const beside = `${path}.new`;
  // What another attempt, or another user, left there is not written through.
  rmSync(beside, { force: true });
  const file = openSync(beside, 'wx', PRIVATE_MODE);
  try {
    writeSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
  syncFolder(path);
}

/** Appends to an open file: all of it, or nothing where a full disk takes only a part. */
export function appendDurably(file: number, content: string): void {
  const { size } = fstatSync(file);
  try {
    const bytes = Buffer.from(content);
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fdatasyncSync(file);
  } catch (thrown) {
    ftruncateSync(file, size);
    throw thrown;
  }
}

/** Makes the name of a new file durable; not every system has folders that can be opened. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
