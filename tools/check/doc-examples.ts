/**
 * The examples in doc comments compile. Each is a module of its own; what it does not declare comes from the entries of
 * the packages, or from the world of its room (`example-worlds/`). Usage: node tools/check/doc-examples.ts
 */

import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript-5.9';
import { entrySources, ROOT } from '../packages/package-table.ts';
import { projectOptions } from './project-options.ts';

interface Example {
  /** Source file and line of the comment. */
  readonly place: string;
  readonly code: string;
  readonly world: World;
  /** Exports of the source itself, which no entry may have. */
  readonly own: ReadonlyMap<string, string>;
}

const FENCED = /```ts\n([\s\S]*?)```/;
/** Without a fence an example ends with the comment or the next tag. */
const TAGGED = /^@example\n([\s\S]*?)(?=\n@|$(?![\s\S]))/m;
const FOLDER = join(ROOT, 'tools/check/example-worlds');
/** Worlds by the rooms whose examples they serve; what no other takes is the last one's. */
const WORLDS = [
  ['adapters', /src\/(?:adapters|sensors|devices|storage|testkit)\//],
  ['winbio', /winbio/],
  ['engine', /src\/(?:formats|fingerprint)\//],
  ['threads', /threaded-engine|create-engine/],
  ['whorl', /./],
] as const;
type World = (typeof WORLDS)[number][0];
/** An example may declare what it does not use, and leave types to be inferred. */
const LENIENT: ts.CompilerOptions = {
  noUnusedLocals: false,
  noUnusedParameters: false,
  verbatimModuleSyntax: false,
  isolatedModules: false,
};

const options = { ...projectOptions(), ...LENIENT };
const program = ts.createProgram([...sourceFiles(), ...WORLDS.map(([world]) => worldFile(world))], options);
const names = namesOfWorlds();
const examples = sourceFiles().flatMap(examplesOf);
const modules = new Map(examples.map((example, i) => [join(FOLDER, `example-${i}.ts`), moduleOf(example)]));
const problems = check();

if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n${problems.length} problem(s) in ${examples.length} examples\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(`examples in comments: ${examples.length} compile\n`);
}

function sourceFiles(): string[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('assembly'))
    .map((file) => join(ROOT, 'src', file));
}

/** Names by the module that has them: of the entries, and of a world, which come first. */
function namesOfWorlds(): Readonly<Record<World, ReadonlyMap<string, string>>> {
  const common = entrySources().flatMap(exportsOf);
  const from = (world: World) => new Map([...common, ...exportsOf(worldFile(world))]);
  return {
    winbio: from('winbio'),
    adapters: from('adapters'),
    engine: from('engine'),
    threads: from('threads'),
    whorl: from('whorl'),
  };
}

function worldFile(world: World): string {
  return join(FOLDER, `${world}.ts`);
}

function exportsOf(file: string): [string, string][] {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  return module === undefined ? [] : checker.getExportsOfModule(module).map((name) => [name.name, file]);
}

function examplesOf(path: string): Example[] {
  const text = ts.sys.readFile(path) ?? '';
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) => {
    const line = text.slice(0, comment.index).split('\n').length;
    const words = comment[0].slice(0, -2).replaceAll(/^[ \t]*\* ?/gm, '');
    const code = FENCED.exec(words)?.[1] ?? TAGGED.exec(words)?.[1];
    const place = `${relative(ROOT, path)}:${line}`;
    if (code === undefined) return [];
    const bound = /\bwinbio\.|WinBio[A-Z]\w+\(/.test(code);
    const world = bound ? 'winbio' : (WORLDS.find(([, rooms]) => rooms.test(path))?.[0] ?? 'whorl');
    return [{ place, code, world, own: new Map(exportsOf(path)) }];
  });
}

/** The example with the imports it needs. */
function moduleOf({ code, world, own }: Example): string {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.Latest, true);
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) (isDeclared(node) ? declared : used).add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  const missing = [...used].filter((name) => !declared.has(name));
  const imports = missing.flatMap((name) => {
    const module = names[world].get(name) ?? own.get(name);
    return module === undefined ? [] : [`import { ${name} } from '${module}';`];
  });
  const bound = missing.filter((name) => world === 'winbio' && /^WinBio[A-Z]/.test(name));
  const binding = bound.map((name) => `declare const ${name}: WinBio['${name}'];`).join(' ');
  const winbio =
    bound.length > 0 && !missing.includes('WinBio')
      ? `import type { WinBio } from '${names.winbio.get('WinBio')}';`
      : '';
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
  const checked = ts.createProgram([...modules.keys()], options, host, program);
  return [...modules.keys()].flatMap((path, i) => {
    const source = checked.getSourceFile(path);
    const found = [...checked.getSyntacticDiagnostics(source), ...checked.getSemanticDiagnostics(source)];
    return found.map((one) => `${examples[i]?.place}: ${ts.flattenDiagnosticMessageText(one.messageText, ' ')}`);
  });
}
