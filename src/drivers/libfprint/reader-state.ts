/** Whether a reader that was found can be used by this user now, and what keeps it from that. */

import { readFileSync, readlinkSync } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { type FoundReader, isDriven, isPermitted } from './found-readers.ts';
import { accessRemedy } from './udev-rules.ts';

/** How it is with a reader. */
export type ReaderState = 'works' | 'no-permission' | 'no-driver' | 'claimed';

/** A state, and what to do about it. */
export interface StatedReader {
  readonly state: ReaderState;
  /** The state in words. */
  readonly words: string;
}

const SHARE =
  'fprintd lets it go when nobody verifies or enrolls: try again, configure the reader as kind fprintd to share it, or keep fprintd off it for good with: sudo systemctl mask --now fprintd';

/** The state of a reader; opens nothing. Never rejects. */
export async function stateOf(found: FoundReader): Promise<StatedReader> {
  if (!isDriven(found)) {
    return { state: 'no-driver', words: 'known, and there is no free driver for it' };
  }
  if (!isPermitted(found)) return { state: 'no-permission', words: accessRemedy(found) };
  const owner = found.node === undefined ? undefined : await ownerOf(found.node);
  if (owner === 'fprintd') return { state: 'claimed', words: `fprintd works with it; ${SHARE}` };
  if (owner !== undefined && owner !== process.title && !owner.startsWith('node')) {
    return { state: 'claimed', words: `${owner} works with it` };
  }
  return { state: 'works', words: 'works' };
}

/** Name of another process that has the file open; undefined where none has, or it belongs to a user who may not be asked. */
async function ownerOf(node: string): Promise<string | undefined> {
  for (const pid of await entriesOf('/proc')) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue;
    for (const file of await entriesOf(`/proc/${pid}/fd`)) {
      if (linkOf(`/proc/${pid}/fd/${file}`) === node) return nameOf(pid);
    }
  }
  return undefined;
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

function nameOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return `process ${pid}`;
  }
}

async function entriesOf(folder: string): Promise<readonly string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of await opendir(folder)) names.push(name);
  } catch {
    return [];
  }
  return names;
}
