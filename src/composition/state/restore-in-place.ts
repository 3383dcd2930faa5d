/**
 * Puts a backup in place of the state that a directory holds, in steps that a kill at any instant leaves to be gone on with:
 * the backup lies ready beside the state, the state is moved aside, the backup is moved in. What was there stays, aside.
 */

import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivateFolder } from './private-folder.ts';
import { syncFolder, writeDurably } from './write-durably.ts';

/** Where the backup lies until it is moved in. */
export const RESTORING_FOLDER = 'restoring';
/** Where states are put aside, each under the moment of its end. */
const ASIDE_FOLDER = 'before-restore';
const [READY, MOVED] = ['restoring.ready', 'restoring.moved'];

/** What stays where it is: it belongs to the directory, not to the state. */
const STAYS: ReadonlySet<string> = new Set([
  'lock',
  'lock-journal',
  'owner.json',
  'whorl.sock',
  'whorl.config.json',
  'backups',
  RESTORING_FOLDER,
  ASIDE_FOLDER,
  READY,
  MOVED,
]);

/** How far a restoration is; undefined when none was begun. */
export function restorationOf(directory: string): 'ready' | 'moved' | undefined {
  if (existsSync(join(directory, MOVED))) return 'moved';
  return existsSync(join(directory, READY)) ? 'ready' : undefined;
}

/** The backup lies whole in {@link RESTORING_FOLDER}: at the next start it is moved in. */
export function markReady(directory: string): void {
  writeDurably(join(directory, READY), `${new Date().toISOString().replaceAll(':', '')}\n`);
}

/** Moves it in. The directory is owned by this process, and its service does not run. */
export function restoreInPlace(directory: string): void {
  if (restorationOf(directory) === 'ready') {
    const stamp = readFileSync(join(directory, READY), 'utf8').trim();
    const aside = join(directory, ASIDE_FOLDER, stamp);
    makePrivateFolder(aside);
    for (const name of readdirSync(directory)) {
      if (!STAYS.has(name)) renameSync(join(directory, name), join(aside, name));
    }
    syncFolder(join(aside, 'x'));
    writeDurably(join(directory, MOVED), `${stamp}\n`);
    rmSync(join(directory, READY), { force: true });
  }
  const restoring = join(directory, RESTORING_FOLDER);
  for (const name of existsSync(restoring) ? readdirSync(restoring) : []) {
    // Who takes the directory after a kill makes folders that are not there yet.
    rmSync(join(directory, name), { recursive: true, force: true });
    renameSync(join(restoring, name), join(directory, name));
  }
  rmSync(restoring, { recursive: true, force: true });
  rmSync(join(directory, MOVED), { force: true });
  rmSync(join(directory, READY), { force: true });
  syncFolder(join(directory, MOVED));
}
