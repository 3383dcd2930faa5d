/** The sources that the table of rooms governs, and their imports. Tests may import anything, so they are left out. */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ROOT } from '../packages/package-table.ts';

/** A source file. */
export interface SourceFile {
  readonly path: string;
  readonly room: string;
  readonly lines: number;
  /** Files of ours, by absolute path. */
  readonly imports: readonly string[];
  /** Packages and modules of Node. */
  readonly packages: readonly string[];
}

const TREES = ['src', 'console/src', 'bench', 'tools'];
const SPECIFIER =
  /^\s*(?:import|export)\s[^;'"=()]*?\bfrom\s+'([^']+)'|^\s*import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;
/** Styles that come with a package's code. */
const STYLE = /\.css$/;

/** Reads all of them. */
export function sourceFiles(): SourceFile[] {
  return TREES.flatMap((tree) =>
    readdirSync(join(ROOT, tree), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
      .map((name) => read(join(ROOT, tree, name), roomOf(tree, name))),
  );
}

function roomOf(tree: string, name: string): string {
  const [first = ''] = (tree === 'src' ? name : tree).split('/');
  return first;
}

function read(path: string, room: string): SourceFile {
  const text = readFileSync(path, 'utf8');
  const specifiers = [...text.matchAll(SPECIFIER)]
    .map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '')
    .filter((specifier) => !STYLE.test(specifier));
  const ours = specifiers.filter((specifier) => specifier.startsWith('.'));
  return {
    path,
    room,
    lines: text.split('\n').length - 1,
    imports: ours.map((specifier) => resolve(dirname(path), specifier)),
    packages: specifiers.filter((specifier) => !specifier.startsWith('.')),
  };
}
