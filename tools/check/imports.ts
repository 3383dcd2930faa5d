/**
 * Checks every import of `src/`, `console/`, `bench/` and `tools/` against the table of rooms, finds circles of files
 * and of folders, and limits the size of files. Usage: node tools/check/imports.ts [--counts]
 */

import { relative } from 'node:path';
import { ROOT } from '../packages/package-table.ts';
import { circlesOf, folderGraphs } from './circles.ts';
import { NODE_ONLY, ROOM_TABLE } from './room-table.ts';
import { type SourceFile, sourceFiles } from './source-files.ts';

const MAX_LINES = 600;

const files = sourceFiles();
const graph = new Map(files.map(({ path, imports }) => [path, imports]));
const circles = {
  files: circlesOf(graph),
  folders: [...folderGraphs(graph)].flatMap(([folder, edges]) =>
    circlesOf(edges).map((circle) => [`in ${relative(ROOT, folder) || '.'}`, ...circle]),
  ),
};
const problems = [
  ...files.flatMap(sizeProblems),
  ...files.flatMap(roomProblems),
  ...files.flatMap(packageProblems),
  ...unusedProblems(),
  ...[...circles.files, ...circles.folders].map((circle) => `circle: ${circle.map(short).join(' -> ')}`),
];

if (process.argv.includes('--counts')) {
  const lines = files.map((file) => file.lines).sort((a, b) => a - b);
  const at = (share: number) => lines[Math.min(lines.length - 1, Math.floor(share * lines.length))];
  const sizes = { files: lines.length, median: at(0.5), p90: at(0.9), longest: lines.at(-1) };
  const found = { circlesOfFiles: circles.files.length, circlesOfFolders: circles.folders.length };
  process.stdout.write(`${JSON.stringify({ ...sizes, ...found, againstTheTable: problems.length }, null, 2)}\n`);
}
if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n${problems.length} problem(s)\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`imports: ${files.length} files follow the table of rooms\n`);
}

function short(path: string): string {
  return path.startsWith(ROOT) ? relative(ROOT, path) : path;
}

function sizeProblems({ path, lines }: SourceFile): string[] {
  return lines > MAX_LINES ? [`${short(path)}: ${lines} lines, at most ${MAX_LINES}`] : [];
}

function roomProblems({ path, room, imports }: SourceFile): string[] {
  const rule = ROOM_TABLE[room];
  if (rule === undefined) return [`${short(path)}: belongs to no room of the table`];
  return imports
    .map((target) => ({ target, to: roomAt(target) }))
    .filter(({ to }) => to !== room && !rule.may.includes(to))
    .map(({ target, to }) => `${short(path)}: ${room} may not import ${to} (${short(target)})`);
}

function packageProblems({ path, room, packages }: SourceFile): string[] {
  const allowed = ROOM_TABLE[room]?.packages;
  if (allowed === undefined) return [];
  const here = Object.entries(NODE_ONLY).find(([prefix]) => short(path).startsWith(prefix))?.[1] ?? [];
  return packages
    .filter((name) => !allowed.includes(name) && !here.includes(name))
    .map((name) => `${short(path)}: ${room} may not import ${name}`);
}

/** Permissions of the table that no file uses: an unused permission is a door left open. */
function unusedProblems(): string[] {
  const used = new Set(files.flatMap(({ room, imports }) => imports.map((target) => `${room} ${roomAt(target)}`)));
  return Object.entries(ROOM_TABLE).flatMap(([room, { may }]) =>
    may.filter((to) => !used.has(`${room} ${to}`)).map((to) => `table: ${room} may import ${to}, and does not`),
  );
}

function roomAt(path: string): string {
  const [first = '', second = ''] = short(path).split('/');
  return first === 'src' ? second : first;
}
