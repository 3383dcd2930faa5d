/**
 * Reads every import of `src/` and `console/src/` against the table of rooms, finds circles, and holds files to their size.
 * Usage: node tools/check/imports.ts
 */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const ROOMS = [
  'core',
  'adapters',
  'formats',
  'fingerprint',
  'sensors',
  'storage',
  'service',
  'protocol',
  'client',
  'winbio',
  'composition',
  'daemon',
  'evaluation',
  'cli',
  'testkit',
  'exports',
  'console',
] as const;
type Room = (typeof ROOMS)[number];

/** The law: docs/adr/0001, with what later decisions changed (0007: the command line uses the public faces). */
const MAY_IMPORT: Record<Room, readonly Room[]> = {
  core: [],
  adapters: ['core'],
  formats: ['core'],
  protocol: ['core'],
  fingerprint: ['core', 'adapters', 'formats'],
  sensors: ['core', 'adapters', 'formats'],
  storage: ['core', 'adapters'],
  service: ['core', 'adapters'],
  client: ['core', 'protocol'],
  winbio: ['core', 'client'],
  composition: ['core', 'adapters', 'formats', 'protocol', 'fingerprint', 'sensors', 'storage', 'service'],
  daemon: ['core', 'protocol', 'service', 'composition'],
  evaluation: ['core', 'formats', 'fingerprint'],
  cli: ['core', 'formats', 'fingerprint', 'evaluation', 'composition', 'daemon', 'exports'],
  testkit: ROOMS.filter((room) => !['cli', 'exports', 'daemon', 'console'].includes(room)),
  exports: ROOMS.filter((room) => room !== 'console'),
  console: ['core', 'formats', 'client'],
};

/** Rooms that run anywhere and so name no Node module and no package. */
const NEUTRAL: readonly Room[] = ['core', 'adapters', 'formats', 'fingerprint', 'protocol', 'winbio'];
const MAX_LINES = 600;
const IMPORT =
  /^\s*(?:import|export)\s[^;'"=()]*?\bfrom\s+'([^']+)'|^\s*import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;

/** What the console is made with beside our own client. */
const CONSOLE_PACKAGES = /^(?:preact(?:\/hooks)?|@preact\/signals|uplot(?:\/dist\/uPlot\.min\.css)?)$/;
/** The one entry of the package that the console uses, as any page would. */
const CLIENT_OF_PAGES = join(ROOT, 'src/exports/whorl/client/browser.ts');

const files = [...walk(join(ROOT, 'src')), ...walk(join(ROOT, 'console/src'))].filter((file) => /\.tsx?$/.test(file));
const problems: string[] = [];
const graph = new Map<string, string[]>();

for (const file of files) {
  const text = readFileSync(file, 'utf8');
  const name = relative(ROOT, file);
  const room = roomOf(file);
  const isTest = /\.test\.tsx?$/.test(file);
  const lines = text.split('\n').length - 1;
  if (lines > MAX_LINES && !isTest) problems.push(`${name}: ${lines} lines, at most ${MAX_LINES}`);
  if (room === undefined) problems.push(`${name}: belongs to no room`);
  if (room === undefined || isTest) continue;
  const targets: string[] = [];
  for (const match of text.matchAll(IMPORT)) {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    if (specifier.startsWith('.')) {
      const target = resolve(dirname(file), specifier);
      const targetRoom = roomOf(target);
      targets.push(target);
      if (room === 'console' && target === CLIENT_OF_PAGES) continue;
      if (targetRoom === undefined) problems.push(`${name}: imports ${specifier}, outside src`);
      else if (targetRoom !== room && !MAY_IMPORT[room].includes(targetRoom)) {
        problems.push(`${name}: ${room} may not import ${targetRoom} (${specifier})`);
      }
    } else if (room === 'console' && !CONSOLE_PACKAGES.test(specifier)) {
      problems.push(`${name}: the console may not import ${specifier}`);
    } else if (NEUTRAL.includes(room) && !allowedPackage(room, specifier) && !isNodeOnly(name, specifier)) {
      problems.push(`${name}: ${room} runs anywhere and may not import ${specifier}`);
    }
  }
  graph.set(file, targets);
}

for (const circle of circles(graph)) {
  problems.push(`circle: ${circle.map((file) => relative(ROOT, file)).join(' -> ')}`);
}

if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n${problems.length} problem(s)\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`imports: ${files.length} files follow the table of rooms\n`);
}

/** Packages a neutral room may use all the same; each has its reason in docs/dependencies.md. */
function allowedPackage(room: Room, specifier: string): boolean {
  const allowed: Partial<Record<Room, string>> = { formats: 'fast-png', protocol: 'msgpackr' };
  return allowed[room] === specifier;
}

/** The blocking face blocks threads, which only Node's can (docs/adr/0009). */
function isNodeOnly(name: string, specifier: string): boolean {
  return name.startsWith('src/winbio/blocking/') && specifier === 'node:worker_threads';
}

function roomOf(file: string): Room | undefined {
  if (file.startsWith(join(ROOT, 'console/src/'))) return 'console';
  const [first] = relative(join(ROOT, 'src'), file).split('/');
  return ROOMS.find((room) => room === first);
}

function walk(folder: string): string[] {
  return readdirSync(folder).flatMap((entry) => {
    const path = join(folder, entry);
    return statSync(path).isDirectory() ? walk(path) : [path];
  });
}

/** Circles of the import graph, each once, by depth-first search. */
function circles(edges: Map<string, string[]>): string[][] {
  const found: string[][] = [];
  const state = new Map<string, 'open' | 'done'>();
  const path: string[] = [];
  const visit = (file: string): void => {
    state.set(file, 'open');
    path.push(file);
    for (const next of edges.get(file) ?? []) {
      if (state.get(next) === 'open') found.push([...path.slice(path.indexOf(next)), next]);
      else if (!state.has(next) && edges.has(next)) visit(next);
    }
    path.pop();
    state.set(file, 'done');
  };
  for (const file of edges.keys()) if (!state.has(file)) visit(file);
  return found;
}
