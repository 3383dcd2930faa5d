/**
 * Every name that a package entry exports, and every public member of it, is documented where it is declared, so that
 * an editor shows it on hover. Usage: node tools/check/hover-docs.ts [--counts]
 */

import { join, relative } from 'node:path';
import ts from 'typescript-5.9';
import { entrySources, ROOT } from '../packages/package-table.ts';
import { demandsOf } from './documented-names.ts';
import { missingDocs } from './missing-docs.ts';
import { projectOptions } from './project-options.ts';

const ENTRIES = join(ROOT, 'src/exports');
/** What one declaration lacks. */
interface Problem {
  readonly name: string;
  readonly missing: readonly string[];
}

const program = ts.createProgram(entrySources(), projectOptions());
const checker = program.getTypeChecker();
/** By declaration: several entries, and aliases, lead to the same. */
const problems = new Map<ts.Declaration, Problem>();

for (const source of entrySources()) {
  const entry = relative(ENTRIES, source).replace(/\.ts$/, '');
  const file = program.getSourceFile(source);
  const module = file && checker.getSymbolAtLocation(file);
  const names = module === undefined ? [] : checker.getExportsOfModule(module);
  const demands = names.flatMap((name) => [...demandsOf(checker, name, join(ROOT, 'src'))]);
  let bare = 0;
  for (const demand of demands) {
    const missing = missingDocs(checker, demand);
    const [declaration] = demand.declarations;
    if (missing.length === 0 || declaration === undefined) continue;
    bare += 1;
    problems.set(declaration, { name: demand.name, missing });
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
