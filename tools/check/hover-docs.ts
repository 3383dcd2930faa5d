/**
 * Every name that a package entry exports, and every public member of it, is documented where it is declared, so that
 * an editor shows it on hover. Usage: node tools/check/hover-docs.ts [--counts]
 */

import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript-5.9';
import { type Demand, demandsOf } from './documented-names.ts';
import { missingDocs } from './missing-docs.ts';

const ROOT = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const ENTRIES = join(ROOT, 'src/exports');
/** Entries, by path without `.ts`, whose functions and methods each carry an example. */
const WITH_EXAMPLES: readonly string[] = [
  'whorl/index',
  'whorl/winbio',
  'whorl/winbio/blocking',
  'whorl/client/browser',
];

/** Sources of the package entries, absolute. What is left out is loaded by an entry, not named by a package. */
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
const problems = new Set<string>();

for (const source of entrySources()) {
  const entry = relative(ENTRIES, source).replace(/\.ts$/, '');
  const file = program.getSourceFile(source);
  const module = file && checker.getSymbolAtLocation(file);
  const names = module === undefined ? [] : checker.getExportsOfModule(module);
  const demands = names.flatMap((name) => [...demandsOf(checker, name, join(ROOT, 'src'))]);
  const bare = demands.flatMap((demand) => problemsOf(demand, WITH_EXAMPLES.includes(entry)));
  for (const problem of bare) problems.add(problem);
  if (process.argv.includes('--counts')) {
    process.stdout.write(
      `${entry}: ${names.length} names, ${demands.length} with members, ${new Set(bare).size} bare\n`,
    );
  }
}

if (problems.size > 0) {
  process.stderr.write(`${[...problems].sort(byPlace).join('\n')}\n${problems.size} bare\n`);
  process.exitCode = 1;
} else {
  process.stdout.write('hover documentation: complete\n');
}

function problemsOf(demand: Demand, withExample: boolean): readonly string[] {
  const missing = missingDocs(checker, demand, withExample);
  const [declaration] = demand.declarations;
  if (missing.length === 0 || declaration === undefined) return [];
  const source = declaration.getSourceFile();
  const { line } = source.getLineAndCharacterOfPosition(declaration.getStart());
  return [`${relative(ROOT, source.fileName)}:${line + 1} ${demand.name}: no ${missing.join(', no ')}`];
}

function byPlace(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
