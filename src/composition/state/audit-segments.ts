/** The files of an audit log that are full: `audit.<number of their last line>.log`, in the order of their names. */

import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Digits of a number, so that names sort as numbers do. */
const DIGITS = 12;

/** Paths of the full files beside the log, oldest first. */
export function auditSegments(path: string): readonly string[] {
  const [stem, ending] = partsOf(path);
  const folder = dirname(path);
  const names = readdirSync(folder).filter(
    (name) =>
      name.startsWith(stem) &&
      name.endsWith(ending) &&
      /^\.\d{12}$/.test(name.slice(stem.length, name.length - ending.length)),
  );
  return names.sort().map((name) => join(folder, name));
}

/** Name that the log gets once it is full. */
export function auditSegmentPath(path: string, lastNumber: number): string {
  const [stem, ending] = partsOf(path);
  return join(dirname(path), `${stem}.${String(lastNumber).padStart(DIGITS, '0')}${ending}`);
}

function partsOf(path: string): readonly [string, string] {
  const name = basename(path);
  const dot = name.lastIndexOf('.');
  return [name.slice(0, dot), name.slice(dot)];
}
