/**
 * Generated pages must match the tables they come from, links and citations must resolve, and every dependency must be
 * listed. Usage: node tools/check/docs.ts [--write]
 */

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CODES, REMEDIES } from '../../src/core/codes.ts';
import { formatHresult } from '../../src/core/hresult.ts';
import { INAPPLICABLE_CLAUSES } from '../../src/testkit/adapter-clauses.ts';
import { ADAPTER_FUNCTIONS } from '../../src/testkit/adapter-functions.ts';
import { commandsPage } from '../docs/commands-page.ts';
import { configurationPage, configurationSchema, SCHEMA_FILE } from '../docs/configuration-page.ts';
import { fprintdPage } from '../docs/fprintd-page.ts';
import { limitsPage } from '../docs/limits-page.ts';
import { operationsPage } from '../docs/operations-page.ts';
import { readersPage } from '../docs/readers-page.ts';
import { winbioHeaderPage } from '../docs/winbio-header-page.ts';
import { winbioPage } from '../docs/winbio-page.ts';
import { citationProblems } from './citations.ts';
import { dependencyProblems } from './dependencies.ts';

const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));
const problems: string[] = [];

const PAGES: Record<string, () => string> = {
  'docs/adapter-functions.md': adapterFunctionsPage,
  'docs/codes.md': codesPage,
  'docs/commands.md': commandsPage,
  'docs/configuration.md': configurationPage,
  [SCHEMA_FILE]: configurationSchema,
  'docs/fprintd-checklist.md': fprintdPage,
  'docs/limits.md': limitsPage,
  'docs/operations.md': operationsPage,
  'docs/readers.md': readersPage,
  'docs/winbio-header.md': winbioHeaderPage,
  'docs/winbio.md': winbioPage,
};
for (const [page, generate] of Object.entries(PAGES)) {
  const path = join(root, page);
  const text = generate();
  if (process.argv.includes('--write')) writeFileSync(path, text);
  else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
    problems.push(`${page} is not what the tables say: run npm run -s docs`);
  }
}

for (const file of markdownFiles('.')) {
  const text = readFileSync(join(root, file), 'utf8');
  for (const [, target = ''] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
    const elsewhere = /^[a-z]+:/.test(target);
    if (!elsewhere && !existsSync(join(root, dirname(file), target))) problems.push(`${file}: ${target} is not there`);
  }
}

const architecture = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
for (const [, path = ''] of architecture.matchAll(/`([a-z-]+\/[a-z/.-]+)`/g)) {
  const isThere = ['', 'src'].some((folder) => existsSync(join(root, folder, path)));
  if (!isThere) problems.push(`ARCHITECTURE.md: ${path} is not there`);
}
problems.push(...dependencyProblems());
problems.push(...citationProblems(citingFiles()));

if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exitCode = 1;
} else {
  process.stdout.write('documents: in step with the sources\n');
}

function codesPage(): string {
  const rows = Object.entries(CODES).map(
    ([name, { hresult, kind, remedy, meaning }]) =>
      `| \`${name}\` | ${formatHresult(hresult)} | ${kind} | ${meaning} | ${REMEDIES[remedy]} |`,
  );
  return `# Result codes

Generated from \`src/core/codes.ts\`. A \`BiometricError\` carries the name as \`code\`, the number as \`hresult\` and the last column as \`remedy\`.

| Code | HRESULT | Kind | Meaning | What to do |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

function adapterFunctionsPage(): string {
  const functions = ADAPTER_FUNCTIONS.map(
    ({ adapter, version, name, here, note = '' }) =>
      `| ${adapter} | ${version} | ${name} | ${here || 'none'} | ${note} |`,
  );
  const clauses = [...INAPPLICABLE_CLAUSES]
    .sort((a, b) => a.id.localeCompare(b.id))
    .map(({ id, reason }) => `| ${id} | ${reason} |`);
  return `# The functions of the WBF adapters, and what became of them

Generated from \`src/testkit/adapter-functions.ts\` and \`src/testkit/adapter-clauses.ts\`. How to write an adapter:
[adapters.md](adapters.md).

| Interface | Version | Function | Here | |
|---|---|---|---|---|
${functions.join('\n')}

## Clauses of the adapter checklist that do not apply

All others are tests: \`npm run -s conformance\` lists them.

| Clause | Why |
|---|---|
${clauses.join('\n')}
`;
}

/** Files that may cite the specification: all but the specification. */
function citingFiles(): string[] {
  const sources = ['src', 'console/src', 'bench', 'tools', 'test', 'examples'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(folder, name)),
  );
  return [...sources, ...markdownFiles('.').filter((file) => !file.startsWith('docs/spec'))];
}

function markdownFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || ['node_modules', 'dist', 'coverage'].includes(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return markdownFiles(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}
