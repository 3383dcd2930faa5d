/**
 * The compiler must notice an operation that is missing from a table: each row of each table is removed in turn, and a
 * table that still compiles is a problem. Usage: node tools/check/closed-tables.ts
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript-5.9';
import { ROOT } from '../packages/package-table.ts';
import { projectOptions } from './project-options.ts';

/** Tables, by file and variable. */
const TABLES = [
  ['src/core/operation-table.ts', 'OPERATIONS'],
  ['src/core/argument-rules.ts', 'RULES'],
  ['src/composition/connection/client-message.ts', 'OPERATION_FIELDS'],
  ['src/composition/connection/client-message.ts', 'OPEN_FIELDS'],
  ['src/composition/connection/client-message.ts', 'CALL_FIELDS'],
  ['src/service/operations/index.ts', 'SESSION_HANDLERS'],
  ['src/service/operations/index.ts', 'FRAMEWORK_HANDLERS'],
  ['src/service/access/audit.ts', 'AUDITED'],
  ['src/winbio/function-table.ts', 'PURPOSES'],
  ['src/winbio/async-parameters.ts', 'BUILD'],
  ['src/cli/operation-commands.ts', 'OPERATION_COMMANDS'],
  ['tools/docs/operations-page.ts', 'OPERATION_METHODS'],
] as const;

const options = projectOptions();
const files = [...new Set(TABLES.map(([file]) => join(ROOT, file)))];
/** Texts that replace those on disk, with a version that grows. */
const changed = new Map<string, { readonly text: string; readonly version: number }>();
const service = ts.createLanguageService(host(), ts.createDocumentRegistry());

const problems: string[] = [];
let taken = 0;
for (const [file, name] of TABLES) {
  const path = join(ROOT, file);
  const text = readFileSync(path, 'utf8');
  if (errorsOf(path) > 0) problems.push(`${file}: has errors as it is`);
  for (const { kind, from, to } of rowsOf(path, text, name)) {
    taken += 1;
    replace(path, text.slice(0, from) + text.slice(to));
    if (errorsOf(path) === 0) problems.push(`${file}: ${name} compiles without '${kind}'`);
  }
  replace(path, text);
}

if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`tables: ${taken} rows taken out in turn, none unnoticed\n`);
}

/** Rows of a table, with where each begins and ends; a table spread into it counts as one row. */
function rowsOf(path: string, text: string, name: string) {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const rows = source.statements
    .filter((statement) => ts.isVariableStatement(statement))
    .flatMap(({ declarationList }) => [...declarationList.declarations])
    .filter((declaration) => declaration.name.getText() === name)
    .flatMap(({ initializer }) => (initializer === undefined ? [] : [...tableOf(initializer).properties]));
  if (rows.length === 0) throw new TypeError(`${path} has no table ${name}`);
  return rows.map((row) => ({
    kind: row.name?.getText() ?? row.getText(),
    from: row.getStart(),
    to: text[row.end] === ',' ? row.end + 1 : row.end,
  }));
}

function tableOf(expression: ts.Expression): ts.ObjectLiteralExpression {
  if (ts.isObjectLiteralExpression(expression)) return expression;
  if (ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression)) return tableOf(expression.expression);
  throw new TypeError(`not a table: ${expression.getText().slice(0, 60)}`);
}

function errorsOf(path: string): number {
  return service.getSemanticDiagnostics(path).length + service.getSyntacticDiagnostics(path).length;
}

function replace(path: string, text: string): void {
  changed.set(path, { text, version: (changed.get(path)?.version ?? 0) + 1 });
}

function host(): ts.LanguageServiceHost {
  const read = (path: string) => changed.get(path)?.text ?? ts.sys.readFile(path);
  return {
    getCompilationSettings: () => options,
    getScriptFileNames: () => files,
    getScriptVersion: (path) => String(changed.get(path)?.version ?? 0),
    getScriptSnapshot: (path) => {
      const text = read(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => ROOT,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: read,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  };
}
