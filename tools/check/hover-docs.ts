/**
 * Every name that a package entry exports, and each of its public members, must be documented at its declaration, so
 * that editors show it on hover. Usage: node tools/check/hover-docs.ts [--counts]
 */

import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript-5.9';
import { demandsOf } from './documented-names.ts';
import { missingDocs } from './missing-docs.ts';

const ROOT = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const ENTRIES = join(ROOT, 'src/exports');
/** Entries, by path without `.ts`, whose functions and methods must each carry an example. */
const WITH_EXAMPLES: readonly string[] = [
  'whorl/index',
  'whorl/winbio',
  'whorl/winbio/blocking',
  'whorl/client/browser',
  'whorl/testkit',
];

/** What one declaration lacks. */
interface Problem {
  readonly name: string;
  readonly missing: readonly string[];
}

/** Absolute paths of the package entries. Files that an entry loads and no package names are left out. */
function entrySources(): readonly string[] {
  return readdirSync(ENTRIES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/(?:^|\/)connect\.ts$|-worker\.ts$|\.test\.ts$/.test(file))
    .map((file) => join(ENTRIES, file))
    .sort();
}

const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
const program = ts.createProgram(entrySources(), options);
const checker = program.getTypeChecker();
/** By declaration, because several entries and aliases lead to the same one. */
const problems = new Map<ts.Declaration, Problem>();

for (const source of entrySources()) {
  const entry = relative(ENTRIES, source).replace(/\.ts$/, '');
  const file = program.getSourceFile(source);
  const module = file && checker.getSymbolAtLocation(file);
  const names = module === undefined ? [] : checker.getExportsOfModule(module);
  const demands = names.flatMap((name) => [...demandsOf(checker, name, join(ROOT, 'src'))]);
  let bare = 0;
  for (const demand of demands) {
    const missing = missingDocs(checker, demand, WITH_EXAMPLES.includes(entry));
    const [declaration] = demand.declarations;
    if (missing.length === 0 || declaration === undefined) continue;
    bare += 1;
    // An entry that wants examples may ask for more than the one before it.
    const known = problems.get(declaration)?.missing.length ?? 0;
    if (missing.length > known) problems.set(declaration, { name: demand.name, missing });
  }
  if (process.argv.includes('--counts')) {
    process.stdout.write(`${entry}: ${names.length} names, ${demands.length} with members, ${bare} bare\n`);
  }
}

if (problems.size > 0) {
  const lines = [...problems].map(([declaration, problem]) => lineOf(declaration, problem)).sort(byPlace);
  process.stderr.write(`${lines.join('\n')}\n${lines.length} bare\n`);
  process.exitCode = 1;
} else {
  process.stdout.write('hover documentation: complete\n');
}

function lineOf(declaration: ts.Declaration, { name, missing }: Problem): string {
  const source = declaration.getSourceFile();
  const { line } = source.getLineAndCharacterOfPosition(declaration.getStart());
  return `${relative(ROOT, source.fileName)}:${line + 1} ${name}: no ${missing.join(', no ')}`;
}

function byPlace(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
