/** The PNG files of a folder in the order of their names, and the resolution that `dataset.json` states for them. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BiometricError } from '../../core/biometric-error.ts';

/** What a replay plays. */
export interface ReplayFolder {
  /** Path of the folder. */
  readonly folder: string;
  /** File names; numbers in them sort as numbers. */
  readonly files: readonly string[];
  /** `dpi` of dataset.json; absent when it states none. */
  readonly resolutionPpi?: number;
}

/**
 * Reads a folder. Rejects with WHORL_E_CONFIGURATION when it cannot be read, holds no PNG, or its dataset.json is
 * broken.
 */
export async function readReplayFolder(folder: string): Promise<ReplayFolder> {
  const names = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    throw new BiometricError('WHORL_E_CONFIGURATION', `cannot read folder ${folder} (${cause.code})`, { cause });
  });
  const files = names
    .filter((name) => name.toLowerCase().endsWith('.png'))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  if (files.length === 0) throw new BiometricError('WHORL_E_CONFIGURATION', `folder ${folder} has no PNG files`);
  const resolutionPpi = names.includes('dataset.json') ? await readDpi(join(folder, 'dataset.json')) : undefined;
  return { folder, files, ...(resolutionPpi !== undefined && { resolutionPpi }) };
}

async function readDpi(path: string): Promise<number | undefined> {
  let data: unknown;
  try {
    data = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new BiometricError('WHORL_E_CONFIGURATION', `${path} is not readable JSON`, { cause });
  }
  const dpi = typeof data === 'object' && data !== null && 'dpi' in data ? data.dpi : undefined;
  if (dpi === undefined) return undefined;
  if (typeof dpi === 'number' && dpi > 0) return dpi;
  throw new BiometricError('WHORL_E_CONFIGURATION', `${path}: dpi must be a number above zero`);
}
