/**
 * The examples in doc comments compile. Each is a module of its own; what it does not declare comes from the entries of
 * the packages, or from the world of its room (`example-worlds/`). Usage: node tools/check/doc-examples.ts
 */

import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript-5.9';
import { ROOT } from '../packages/package-table.ts';

interface Example {
  /** Source file and line of the comment. */
  readonly place: string;
  readonly code: string;
  /** Functions of WinBio are bound, and holders are there. */
  readonly isWinBio: boolean;
}

const FENCED = /```ts\n([\s\S]*?)```/;
const FOLDER = join(ROOT, 'tools/check/example-worlds');
const WORLDS = { winbio: join(FOLDER, 'winbio.ts'), whorl: join(FOLDER, 'whorl.ts') };
/** An example may declare what it does not use, and leave types to be inferred. */
const LENIENT: ts.CompilerOptions = {
  noUnusedLocals: false,
  noUnusedParameters: false,
  verbatimModuleSyntax: false,
  isolatedModules: false,
};

const options = { ...projectOptions(), ...LENIENT };
const names = namesByModule();
const examples = sourceFiles().flatMap(examplesOf);
const modules = new Map(examples.map((example, i) => [join(FOLDER, `example-${i}.ts`), moduleOf(example)]));
const problems = check();

if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n${problems.length} problem(s) in ${examples.length} examples\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`examples in comments: ${examples.length} compile\n`);
}

function projectOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile) as { config: object };
  return ts.parseJsonConfigFileContent(config, ts.sys, ROOT).options;
}

function sourceFiles(folder = 'src'): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('assembly'))
    .map((file) => join(ROOT, folder, file));
}

/** Names that examples may use without an import, with the module that has each; worlds come first. */
function namesByModule(): { readonly [World in keyof typeof WORLDS]: ReadonlyMap<string, string> } {
  const entries = sourceFiles('src/exports').filter((file) => !/connect\.ts$|-worker\.ts$/.test(file));
  const program = ts.createProgram([...Object.values(WORLDS), ...entries], options);
  const checker = program.getTypeChecker();
  const exportsOf = (file: string): [string, string][] => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    return module === undefined ? [] : checker.getExportsOfModule(module).map((name) => [name.name, file]);
  };
  const common = entries.flatMap(exportsOf);
  const from = (world: string) => new Map([...common, ...exportsOf(world)]);
  return { winbio: from(WORLDS.winbio), whorl: from(WORLDS.whorl) };
}

function examplesOf(path: string): Example[] {
  const text = ts.sys.readFile(path) ?? '';
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) => {
    const line = text.slice(0, comment.index).split('\n').length;
    const [, code] = FENCED.exec(comment[0].replaceAll(/^[ \t]*\* ?/gm, '')) ?? [];
    const place = `${relative(ROOT, path)}:${line}`;
    return code === undefined
      ? []
      : [{ place, code, isWinBio: /winbio/.test(path) || /\bwinbio\.|WinBio[A-Z]\w+\(/.test(code) }];
  });
}

/** The example with the imports it needs. */
function moduleOf({ code, isWinBio }: Example): string {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true);
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) (isDeclared(node) ? declared : used).add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  const known = isWinBio ? names.winbio : names.whorl;
  const missing = [...used].filter((name) => !declared.has(name));
  const imports = missing.flatMap((name) => {
    const module = known.get(name);
    return module === undefined ? [] : [`import { ${name} } from '${module}';`];
  });
  const bound = missing.filter((name) => isWinBio && /^WinBio[A-Z]/.test(name));
  const binding = bound.map((name) => `declare const ${name}: WinBio['${name}'];`).join(' ');
  const winbio =
    bound.length > 0 && !missing.includes('WinBio') ? `import type { WinBio } from '${known.get('WinBio')}';` : '';
  return `export {}; ${imports.join(' ')} ${winbio} ${binding}\n${code}`;
}

function isDeclared(name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isNamespaceImport(parent)) return true;
  const declares = ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isBindingElement(parent);
  return (declares || ts.isFunctionDeclaration(parent) || ts.isClassDeclaration(parent)) && parent.name === name;
}

function check(): string[] {
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (path) => modules.get(path) ?? readFile.call(host, path);
  host.fileExists = (path) => modules.has(path) || fileExists.call(host, path);
  host.getSourceFile = (path, language, ...rest) => {
    const text = modules.get(path);
    return text === undefined
      ? getSourceFile.call(host, path, language, ...rest)
      : ts.createSourceFile(path, text, language);
  };
  const program = ts.createProgram([...modules.keys()], options, host);
  return [...modules.keys()].flatMap((path, i) => {
    const source = program.getSourceFile(path);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map((one) => `${examples[i]?.place}: ${ts.flattenDiagnosticMessageText(one.messageText, ' ')}`);
  });
}
